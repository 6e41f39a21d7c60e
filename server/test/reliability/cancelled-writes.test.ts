/** F13: writes that are cancelled, or end at their deadline, at any moment. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let test: TestServer;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  admin = await (await test.world.organization("acme")).member("Admin");
});
afterAll(() => test.close());

it("F13: a write that is cancelled at any moment of its way is done or UNAVAILABLE", async () => {
  const codes = new Map<string, number>();
  for (let step = 0; step < 30; step++) {
    // From 1 ms to about 650.
    const requestMs = Math.ceil(1.25 ** step);
    const server = await startTestServer({ database: test.database, deps: { requestMs } });
    const client = new Client(server.url, admin.client.headers);
    const writes = Array.from({ length: 4 }, (_, index) =>
      client.code(
        `mutation { ticketCreate(input: { subject: "x", description: "y", contact: { person: { email: "c${requestMs}.${index}@cancel.test" } } }) { ticket { code contact { name } messages { nodes { bodyText } } } } }`,
      ),
    );
    for (const code of await Promise.all(writes)) codes.set(String(code), (codes.get(String(code)) ?? 0) + 1);
    await server.close();
  }
  console.log(Object.fromEntries(codes));
  expect([...codes.keys()].filter((code) => !["null", "UNAVAILABLE"].includes(code))).toEqual([]);
  expect(codes.get("UNAVAILABLE")).toBeGreaterThan(10);
});

it("F13: a write whose deadline comes while any of its statements waits is UNAVAILABLE, 503 and retryable, and done once when it is repeated", async () => {
  const acme = await test.world.organization("statements");
  const person = await acme.member("Admin");
  const label = await acme.label();
  const tables: string[] = (
    await test.database.query(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like '\\_%' order by 1",
    )
  ).map(({ name }) => name);
  const server = await startTestServer({ database: test.database, deps: { requestMs: 400 } });
  const client = new Client(server.url, person.client.headers);
  const waited: string[] = [];
  const create = `mutation ($email: EmailAddress!, $label: ID!) { ticketCreate(input: { subject: "x", description: "y", labels: [{ id: $label }],
    contact: { person: { email: $email } } }) { ticket { code contact { name } labels { name } messages { nodes { from bodyText } } } } }`;
  for (const [index, table] of tables.entries()) {
    const variables = { email: `c${index}@statements.test`, label: acme.globalId("Label", label) };
    const headers = { "idempotency-key": `${table}-${index}` };
    const release = await test.database.hold(table);
    const answer = await client.ask(create, variables, headers);
    await release();
    const code = answer.errors[0]?.extensions.code;
    if (code !== undefined) {
      waited.push(table);
      expect([table, code, answer.status, answer.errors[0]?.extensions.isRetryable]).toEqual([
        table,
        "UNAVAILABLE",
        503,
        true,
      ]);
    }
    // By a server that has time.
    expect(await person.client.code(create, variables, headers), table).toBeNull();
    const { tickets } = await person.client.get(
      "query ($e: String!) { tickets(filter: { contact: { email: { eq: $e } } }) { totalCount } }",
      { e: variables.email },
    );
    expect([table, tickets.totalCount]).toEqual([table, 1]);
  }
  await server.close();
  // From the first statement, which looks at the credentials, to the last ones, which number the change and keep the key.
  for (const table of [
    "sessions",
    "members",
    "contacts",
    "contact_addresses",
    "ticket_counters",
    "tickets",
    "labels",
    "ticket_labels",
    "messages",
    "message_addresses",
    "change_heads",
    "changes",
    "idempotency_keys",
  ])
    expect(waited).toContain(table);
});
