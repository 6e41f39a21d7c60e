/** What an attacker and a newcomer found in a review of teams, customers and the desk; each stays found. */
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

describe("a property with a right of its own", () => {
  it("is checked by it in every input, whatever else the operation lets through", async () => {
    const id = acme.globalId("Company", await acme.company("Target", ["target.test"]));
    const money = await acme.member({ "ticket.view": "ALL", "contact.view": true, "time.manage": "ALL" });
    for (const input of [
      'name: "x"',
      'addDomains: ["evil.test"]',
      'removeDomains: ["target.test"]',
      'notes: "x"',
      'externalId: "x"',
    ])
      expect(await code(money.client, `companyUpdate(company: { id: $id }, input: { ${input} })`, { id }), input).toBe(
        "FORBIDDEN",
      );
    expect(
      await code(money.client, 'companyUpdate(company: { id: $id }, input: { hourlyRate: "9" })', { id }),
    ).toBeNull();
  });

  it("doesn't move by a merge either", async () => {
    const agent = await acme.member("Agent");
    const [rich, bare] = [
      acme.globalId("Company", await acme.company()),
      acme.globalId("Company", await acme.company()),
    ];
    await code(ada.client, 'companyUpdate(company: { id: $id }, input: { hourlyRate: "500", currency: "USD" })', {
      id: rich,
    });
    const merge = "companyMerge(company: { id: $a }, into: { id: $b })";
    expect(await code(agent.client, merge, { a: rich, b: bare })).toBe("FORBIDDEN");
    expect(await code(agent.client, merge, { a: bare, b: rich })).toBeNull();
  });
});

describe("rights that go", () => {
  it("take the invitations with them that only they could give", async () => {
    const boss = await acme.member("Admin");
    const { memberInvite } = await boss.client.get(
      'mutation { memberInvite(input: { email: "heir@mail.test", role: { name: "Admin" } }) { token } }',
    );
    await code(ada.client, "memberRemove(member: { id: $id })", { id: boss.id });
    const accept =
      'mutation ($t: String!) { invitationAccept(input: { token: $t, name: "H", password: "a long enough one" }) { memberId } }';
    expect(await test.anonymous.code(accept, { t: memberInvite.token })).toBe("INVITATION_EXPIRED");
  });

  it("don't come to a key by another role in the place of a deleted one", async () => {
    const roleId = acme.globalId("Role", await acme.role({ "ticket.view": "ASSIGNED" }, "Narrow key"));
    const { apiKeyCreate } = await ada.client.get(
      'mutation ($r: ID!) { apiKeyCreate(input: { name: "narrow", role: { id: $r } }) { secret } }',
      { r: roleId },
    );
    await ada.client.get(
      'mutation { roleDelete(role: { name: "Narrow key" }, input: { reassignTo: { name: "Admin" } }) { deletedRoleId } }',
    );
    const { viewer } = await test.anonymous.get(
      "{ viewer { roleName } }",
      {},
      { authorization: `Bearer ${apiKeyCreate.secret}` },
    );
    expect(viewer.roleName).toBe("Viewer");
  });

  it("don't let a lesser team manager change or end those who may do more", async () => {
    const lesser = await acme.member({ "ticket.view": "ASSIGNED", "team.manage": true });
    const agent = await acme.member("Agent");
    for (const mutation of [
      "memberUpdate(member: { id: $id }, input: { isActive: false, reassignTicketsTo: { isMe: true } })",
      "memberRemove(member: { id: $id })",
    ])
      expect(await code(lesser.client, mutation, { id: agent.id }), mutation).toBe("FORBIDDEN");
  });
});

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

describe("answers", () => {
  it("don't name what the viewer can't see", async () => {
    await acme.company("Hidden GmbH", ["hidden-gmbh.test"]);
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "contact.manage": true });
    const { errors } = await narrow.client.ask(
      'mutation { companyCreate(input: { name: "x", domains: ["hidden-gmbh.test"] }) { cursor } }',
    );
    expect(errors[0]?.extensions.code).toBe("DOMAIN_TAKEN");
    expect(JSON.stringify(errors)).not.toMatch(/Hidden GmbH|company_/);
  });

  it("of a repetition keep their places when something is gone since", async () => {
    const headers = { "idempotency-key": "places" };
    const upsert =
      'mutation { contactsUpsert(input: [{ email: "place0@mail.test" }, { email: "place1@mail.test" }]) { results { outcome contact { email } } } }';
    await ada.client.get(upsert, {}, headers);
    await ada.client.get('mutation { contactDelete(contact: { email: "place0@mail.test" }) { cursor } }');
    const { results } = (await ada.client.get(upsert, {}, headers)).contactsUpsert;
    expect(results).toEqual([
      { outcome: "CREATED", contact: null },
      { outcome: "CREATED", contact: { email: "place1@mail.test" } },
    ]);
    const roleHeaders = { "idempotency-key": "role-gone" };
    const create = 'mutation { roleCreate(input: { name: "Short-lived", grants: [] }) { role { name } } }';
    await ada.client.get(create, {}, roleHeaders);
    await ada.client.get('mutation { roleDelete(role: { name: "Short-lived" }) { cursor } }');
    expect((await ada.client.get(create, {}, roleHeaders)).roleCreate.role).toBeNull();
  });

  it("tell a ticket named twice the same, and what stands in the way of a merged one", async () => {
    const [closed, kept] = [await acme.ticket({ status: "CLOSED" }), await acme.ticket()];
    const { results } = (
      await ada.client.get(
        "mutation ($id: ID!, $c: String!) { ticketsBulkUpdate(tickets: [{ id: $id }, { code: $c }], input: { mode: PER_TICKET, status: PENDING }) { results { error { code } } } }",
        { id: closed.id, c: closed.code },
      )
    ).ticketsBulkUpdate;
    expect(results).toEqual([
      { error: { code: "INVALID_STATUS_TRANSITION" } },
      { error: { code: "INVALID_STATUS_TRANSITION" } },
    ]);
    const gone = await acme.ticket();
    await code(ada.client, "ticketMerge(ticket: { id: $a }, into: { id: $b })", { a: gone.id, b: kept.id });
    expect(
      await code(ada.client, "ticketStatusSet(ticket: { id: $id }, input: { status: OPEN })", { id: gone.id }),
    ).toBe("CONFLICT");
    const { ticket } = await ada.client.get(
      "query ($id: ID!) { ticket(by: { id: $id }) { allowedStatuses viewerCan { reply update merge delete } } }",
      { id: gone.id },
    );
    expect(ticket).toEqual({
      allowedStatuses: [],
      viewerCan: { reply: false, update: false, merge: false, delete: true },
    });
  });

  it("say what to do where nothing was given, cleared or reachable", async () => {
    const { code: ticketCode } = await acme.ticket();
    const faults: [string, RegExp][] = [
      [
        `ticketUpdate(ticket: { code: "${ticketCode}" }, input: { subject: null })`,
        /subject: can't be cleared; leave it out/,
      ],
      [`ticketAssign(ticket: { code: "${ticketCode}" }, input: {})`, /assignee: must be given/],
      ['contactUpsert(input: { externalId: "new-9" })', /a new one needs an e-mail address or a phone number/],
      [
        `ticketLabelsUpdate(ticket: { code: "${ticketCode}" }, input: { addLabels: [{ name: "Both" }], removeLabels: [{ name: "Both" }] })`,
        /can't be both put on and taken off/,
      ],
    ];
    await acme.label("Both");
    for (const [mutation, text] of faults) {
      const { errors } = await ada.client.ask(`mutation { ${mutation} { cursor } }`);
      expect([errors[0]?.extensions.code, errors[0]?.message], mutation).toEqual([
        "VALIDATION",
        expect.stringMatching(text),
      ]);
    }
    await ada.client.get(
      'mutation { contactCreate(input: { name: "Phone only", phone: "+49 30 1", externalId: "phone-only" }) { cursor } }',
    );
    const { errors } = await ada.client.ask(
      'mutation { ticketCreate(input: { subject: "x", contact: { externalId: "phone-only" }, outbound: { bodyText: "Hi" } }) { cursor } }',
    );
    expect(errors[0]?.message).toMatch(/has no e-mail address; give it one, give cc, or say sendEmail: false/);
  });

  it("refuse another organization's prefix for a company too, and a company that is archived as the kept one", async () => {
    const globex = await test.world.organization("Globex");
    expect(await code(ada.client, `companyCreate(input: { name: "x", ticketPrefix: "${globex.prefix}" })`)).toBe(
      "ALREADY_EXISTS",
    );
    const [live, old] = [
      acme.globalId("Company", await acme.company()),
      acme.globalId("Company", await acme.company()),
    ];
    await code(ada.client, "companyArchive(company: { id: $id })", { id: old });
    expect(await code(ada.client, "companyMerge(company: { id: $a }, into: { id: $b })", { a: live, b: old })).toBe(
      "VALIDATION",
    );
  });
});
