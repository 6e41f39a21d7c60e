/** T10: SQL in texts. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("T10: SQL in texts", () => {
  it("is text: 300 vectors in filters, names, references and orders change and show nothing", async () => {
    const bits = [
      "'",
      "';--",
      "' or '1'='1",
      "\\'; drop table tickets;--",
      "') union select * from users--",
      "%' or 1=1--",
      "$1",
      "$$;select pg_sleep(5);$$",
      "{}",
      "null",
      '"; delete from members;--',
      "1; select pg_sleep(5)",
      "\\",
      "_%_",
      "'||pg_sleep(5)||'",
    ];
    const before = await counts();
    let vectors = 0;
    for (const bit of bits) {
      for (const [query, variables] of [
        ["query ($v: String!) { tickets(filter: { code: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { externalId: { contains: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { contact: { name: { startsWith: $v } } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { labels: { some: { name: { in: [$v] } } } }) { totalCount } }", {}],
        [
          "query ($v: String!) { tickets(filter: { company: { domains: { none: { domain: { eq: $v } } } } }) { totalCount } }",
          {},
        ],
        ["query ($v: String!) { contacts(filter: { externalId: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { companies(filter: { name: { contains: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { members(filter: { name: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { invitations(filter: { email: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { ticket(by: { code: $v }) { id } }", {}],
        ["query ($v: EmailAddress!) { contact(by: { email: $v }) { id } }", {}],
        ["query ($v: String!) { company(by: { domain: $v }) { id } }", {}],
        ["query ($v: String!) { label(by: { name: $v }) { id } }", {}],
        ["query ($v: String!) { role(by: { name: $v }) { id } }", {}],
        ["query ($v: String!) { invitation(token: $v) { email } }", {}],
        ["query ($v: Cursor!) { tickets(after: $v) { totalCount } }", {}],
        ["query ($v: DateFilterValue!) { tickets(filter: { createdAt: { gte: $v } }) { totalCount } }", {}],
        ['mutation ($v: String!) { labelUpdate(label: { name: $v }, input: { name: "x" }) { cursor } }', {}],
        ["mutation ($v: String!) { ticketDelete(ticket: { externalId: $v }) { cursor } }", {}],
        ["mutation ($v: String!) { companyArchive(company: { domain: $v }) { cursor } }", {}],
      ] as const) {
        const started = performance.now();
        const { errors } = await ada.client.ask(query, { v: bit, ...variables });
        expect(performance.now() - started).toBeLessThan(4_000);
        for (const { extensions, message } of errors) {
          expect(["VALIDATION", "NOT_FOUND"], `${query} ${bit}: ${message}`).toContain(extensions.code);
          expect(message).not.toMatch(/syntax error|unterminated|SQLSTATE/);
        }
        vectors++;
      }
    }
    expect(vectors).toBe(300);
    expect(await counts()).toEqual(before);
  });
  const counts = () =>
    test.database.query(
      "select (select count(*) from tickets) t, (select count(*) from members) m, (select count(*) from labels) l, (select count(*) from users) u, (select count(*) from companies where archived_at is null) c",
    );
});
