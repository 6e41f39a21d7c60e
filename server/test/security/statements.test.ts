import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

const row =
  "id code subject status priority waitingSince assignee { name } contact { name email } company { name } labels { name color } lastMessage { preview } viewerCan { reply note update assign delete merge logTime }";
const list = `query ($first: Int) { tickets(first: $first) { nodes { ${row} } pageInfo { endCursor hasNextPage } } }`;
const aliased = `query ($first: Int) { tickets(first: $first) { nodes { ${row} newest: messages(last: 1) { nodes { bodyText } } notes: messages(visibility: INTERNAL, first: 5) { nodes { bodyText } } all: messages(first: 10) { nodes { bodyText } } } } }`;
const thread =
  "query ($code: String!, $first: Int) { ticket(by: { code: $code }) { code contact { name ticketCount company { name } tickets(first: 5) { nodes { code } } } messages(first: $first) { totalCount nodes { author { __typename name } bodyText visibility viewerCan { delete } } } } }";
const contacts =
  "query ($first: Int) { contacts(first: $first) { totalCount nodes { name email otherEmails ticketCount company { name } tickets(first: 3) { totalCount nodes { code } } } } }";

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
  const label = await acme.label();
  const company = await acme.company();
  for (let index = 0; index < 40; index++)
    await acme.ticket({
      assignee: index % 2 ? ada : null,
      companyId: company,
      labelIds: [label],
      messages: ["one", "two", "note:three"],
    });
});
afterAll(() => test.close());

/** Statements of one request, sign-in check included, once its connections know the organization. */
async function count(query: string, variables: Record<string, unknown>): Promise<number> {
  for (let warm = 0; warm < 3; warm++) await ada.client.get(query, variables);
  await ada.client.get(query, variables);
  return test.lastStatements();
}

describe("statements of a screen", () => {
  it("25 tickets with assignee, contact, company, labels, last message and viewerCan take at most 6, and not more with more rows", async () => {
    const few = await count(list, { first: 5 });
    const many = await count(list, { first: 25 });
    console.log(`list: ${many} statements`);
    expect(many).toBeLessThanOrEqual(6);
    expect(many).toBe(few);
  });

  it("the same with three aliases of messages take at most 8, and not more with more rows", async () => {
    const few = await count(aliased, { first: 5 });
    const many = await count(aliased, { first: 25 });
    console.log(`list with three aliases: ${many} statements`);
    expect(many).toBeLessThanOrEqual(8);
    expect(many).toBe(few);
  });

  it("a thread and a page of contacts take as many with many rows as with few", async () => {
    const code = (
      await acme.ticket({
        messages: Array.from({ length: 30 }, (_, index) => (index % 3 ? `m${index}` : `note:n${index}`)),
      })
    ).code;
    expect(await count(thread, { code, first: 30 })).toBe(await count(thread, { code, first: 3 }));
    expect(await count(contacts, { first: 30 })).toBe(await count(contacts, { first: 3 }));
    console.log(
      `thread: ${await count(thread, { code, first: 30 })}, contacts: ${await count(contacts, { first: 30 })} statements`,
    );
  });
});

describe("the plans of the main lists as the app's role", () => {
  /** The statements that the server itself sends for a query, with their values. */
  async function sent(run: () => Promise<unknown>): Promise<{ text: string; values: unknown[] }[]> {
    const statements: { text: string; values: unknown[] }[] = [];
    const { query } = pg.Client.prototype;
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const [config] = args as [{ text?: string; values?: unknown[] }];
      if (config?.text?.startsWith("SELECT")) statements.push({ text: config.text, values: config.values ?? [] });
      return (query as (...all: unknown[]) => unknown).apply(this, args);
    } as typeof query;
    try {
      await run();
    } finally {
      pg.Client.prototype.query = query;
    }
    return statements;
  }

  it("walk an index of the organization, and never scan its tickets", async () => {
    const big = await test.world.organization("Big");
    const contact = await big.contact();
    await test.database.query(
      `insert into tickets (organization_id, id, prefix, number, subject, status, priority, channel, contact_id, created_at, updated_at, last_activity_at, waiting_since, closed_at, resolved_at)
       select $1, gen_random_uuid(), 'BIG', n, 'x', s, n % 4, 'API', $2, now() - n * interval '1 minute', now(), now() - n * interval '1 second', case when n % 2 = 0 then now() end,
              case when s = 'CLOSED' then now() end, case when s = 'RESOLVED' then now() end
       from generate_series(1, 20000) n, lateral (select (array['OPEN','PENDING','RESOLVED','CLOSED'])[1 + n % 4] as s) x`,
      [big.organizationId, contact],
    );
    await test.database.query("analyze");
    const { client } = await big.member("Agent");
    const page = `query ($filter: TicketFilter, $orderBy: TicketOrder, $after: Cursor) { tickets(filter: $filter, orderBy: $orderBy, first: 25, after: $after) { nodes { ${row} } pageInfo { endCursor } } }`;
    const orders = ["CREATED_AT", "LAST_ACTIVITY_AT", "WAITING_SINCE", "PRIORITY", "STATUS", "CODE"];
    const app = new pg.Client({ connectionString: test.database.appUrl, options: "-c random_page_cost=1.1" });
    await app.connect();
    await app.query("select set_config('tiketti.organization_id', $1, false)", [big.organizationId]);
    let explained = 0;
    const explain = async (name: string, variables: Record<string, unknown>) => {
      for (const { text, values } of await sent(() => client.get(page, variables))) {
        const { rows } = await app.query(`explain (format json) ${text}`, values);
        const plan = JSON.stringify(rows[0]["QUERY PLAN"]);
        expect(plan, `${name}: ${text}\n${JSON.stringify(rows[0]["QUERY PLAN"], null, 1)}`).not.toMatch(
          /"Node Type":"Seq Scan"[^}]*"Relation Name":"tickets"/,
        );
        expect(plan, name).toMatch(/"Index Name":"tickets_/);
        explained++;
      }
    };
    for (const field of orders)
      for (const direction of ["ASC", "DESC"])
        await explain(`${field} ${direction}`, { orderBy: { field, direction } });
    await explain("open", { filter: { status: { eq: "OPEN" } } });
    await explain("mine", { filter: { assignee: { isMe: true }, status: { in: ["OPEN", "PENDING"] } } });
    const { tickets } = await client.get(page, {});
    await explain("past a cursor", { after: tickets.pageInfo.endCursor });
    expect(explained).toBe(15);
    await app.end();
  });
});
