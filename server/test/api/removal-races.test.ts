/** Two operations at once, of which one removes what the other points to. */
import pg from "pg";
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

describe("two at once, of which one removes what the other points to", () => {
  /** Both run into the organization's change counter at the same time, and so into each other. */
  async function together(
    first: Promise<string | null>[] | (() => Promise<string | null>)[],
  ): Promise<(string | null)[]> {
    const holder = new pg.Client({ connectionString: test.database.superuserUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select 1 from change_heads where organization_id = $1 for update", [acme.organizationId]);
    const running = (first as (() => Promise<string | null>)[]).map((start) => start());
    const waiting =
      "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%change_heads%'";
    for (let tries = 0; tries < 200; tries++) {
      const [row] = await test.database.query(waiting);
      if (row?.count >= 1) break;
    }
    await holder.query("rollback");
    await holder.end();
    return Promise.all(running);
  }
  const fine = [null, "NOT_FOUND", "CONTACT_HAS_TICKETS", "COMPANY_HAS_TICKETS", "CONFLICT", "VALIDATION"];

  it.each(Array.from({ length: 4 }, (_, round) => round))("is told so, and never a bug (round %i)", async () => {
    const contact = acme.globalId("Contact", await acme.contact());
    const company = acme.globalId("Company", await acme.company());
    const other = acme.globalId("Company", await acme.company());
    const role = acme.globalId("Role", await acme.role({}));
    const [a, b] = [acme.globalId("Label", await acme.label()), acme.globalId("Label", await acme.label())];
    const ticket = await acme.ticket({ labelIds: [] });
    const member = await acme.member("Viewer");
    const pairs: [string, string, Record<string, unknown>, Record<string, unknown>][] = [
      [
        "contactDelete(contact: { id: $x })",
        'ticketCreate(input: { subject: "x", contact: { id: $x } })',
        { x: contact },
        { x: contact },
      ],
      [
        "companyDelete(company: { id: $x })",
        'ticketCreate(input: { subject: "x", contact: { person: { email: "race@mail.test" } }, company: { id: $x } })',
        { x: company },
        { x: company },
      ],
      [
        "companyMerge(company: { id: $x }, into: { id: $y })",
        "ticketUpdate(ticket: { id: $t }, input: { company: { id: $x } })",
        { x: other, y: acme.globalId("Company", await acme.company()) },
        { t: ticket.id, x: other },
      ],
      [
        "roleDelete(role: { id: $x })",
        "memberUpdate(member: { id: $m }, input: { role: { id: $x } })",
        { x: role },
        { m: member.id, x: role },
      ],
      [
        "labelMerge(label: { id: $a }, into: { id: $b })",
        "ticketLabelsUpdate(ticket: { id: $t }, input: { addLabels: [{ id: $a }] })",
        { a, b },
        { t: ticket.id, a },
      ],
    ];
    for (const [one, two, v, w] of pairs) {
      const codes = await together([() => code(ada.client, one, v), () => code(ada.client, two, w)]);
      for (const got of codes) expect(fine, `${one} with ${two}: ${codes}`).toContain(got);
    }
    const dead = await test.database.query(
      "select 1 from ticket_labels l join labels d on d.organization_id = l.organization_id and d.id = l.label_id where d.deleted_at is not null",
    );
    expect(dead).toEqual([]);
  });

  it("links a contact that comes while its company's domain does", async () => {
    for (let round = 0; round < 6; round++) {
      const domain = `race${round}.test`;
      await Promise.all([
        code(ada.client, `companyCreate(input: { name: "Race", domains: ["${domain}"] })`),
        code(ada.client, `contactCreate(input: { name: "Racer", email: "r@${domain}" })`),
      ]);
      const { contact } = await ada.client.get(
        "query ($e: EmailAddress!) { contact(by: { email: $e }) { company { name } } }",
        { e: `r@${domain}` },
      );
      expect(contact.company, domain).toEqual({ name: "Race" });
    }
  });
});
