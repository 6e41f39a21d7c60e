/** contactAnonymize, before and after a merge. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const code = (client: Client, mutation: string, variables: Record<string, unknown> = {}) => {
  const names = Object.keys(variables).map((name) => `$${name}: ID!`);
  return client.code(
    `mutation ${names.length > 0 ? `(${names.join(", ")})` : ""} { ${mutation} { cursor } }`,
    variables,
  );
};

describe("an anonymous contact", () => {
  it("stays one: it can be neither changed nor merged, and a merge before left nothing of either", async () => {
    const first = await acme.contact("trace.one@mail.test", "Trace One");
    const second = await acme.contact("trace.two@mail.test", "Trace Two");
    const ticket = await acme.ticket({ contact: first });
    await ada.client.get(
      'mutation ($c: String!) { ticketReply(ticket: { code: $c }, input: { bodyText: "x", cc: ["TRACE.two@Mail.test"] }) { cursor } }',
      { c: ticket.code },
    );
    await ada.client.get(
      'mutation { contactMerge(contact: { email: "trace.one@mail.test" }, into: { email: "trace.two@mail.test" }) { cursor } }',
    );
    const id = acme.globalId("Contact", second);
    await code(ada.client, 'contactUpdate(contact: { id: $id }, input: { removeEmails: ["trace.one@mail.test"] })', {
      id,
    });
    await code(ada.client, "ticketUpdate(ticket: { id: $t }, input: { contact: { id: $other } })", {
      t: ticket.id,
      other: acme.globalId("Contact", await acme.contact()),
    });
    expect(await code(ada.client, "contactAnonymize(contact: { id: $id })", { id })).toBeNull();
    expect(await code(ada.client, 'contactUpdate(contact: { id: $id }, input: { name: "Back" })', { id })).toBe(
      "CONFLICT",
    );
    expect(
      await code(ada.client, "contactMerge(contact: { id: $id }, into: { id: $other })", {
        id,
        other: acme.globalId("Contact", await acme.contact()),
      }),
    ).toBe("CONFLICT");
    const tables = await test.database.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    );
    for (const { name } of tables)
      expect(
        await test.database.query(`select t::text as row from ${name} t where t::text ilike '%trace%'`),
        name,
      ).toEqual([]);
  });
});
