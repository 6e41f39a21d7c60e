/** Errors tell the truth: each way out that a message names leads out. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let now = new Date("2026-12-01T09:00:00Z");
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer({ deps: { clock: { now: () => now } } });
  acme = await test.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

/** What a mutation is refused with: its code and its words. */
async function refused(person: Person, mutation: string): Promise<{ code: string; message: string }> {
  const { errors } = await person.client.ask(`mutation { ${mutation} }`);
  return { code: errors[0]?.extensions.code ?? "", message: errors[0]?.message ?? "" };
}
const done = (person: Person, mutation: string) => person.client.get(`mutation { ${mutation} }`);
const says = (code: string, ...words: string[]) => ({
  code,
  message: expect.stringMatching(
    new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"), "s"),
  ),
});
const contact = async (input = 'name: "C", phone: "030 1"') =>
  (await done(admin, `contactCreate(input: { ${input} }) { contact { id } }`)).contactCreate.contact.id;
const company = async (input = "") =>
  (await done(admin, `companyCreate(input: { name: "Co" ${input} }) { company { id } }`)).companyCreate.company.id;

describe("the advice of an error is followed", () => {
  it("a deactivated colleague is brought back by memberUpdate, as inviting and adding them say", async () => {
    const { email, id } = await acme.member("Agent");
    await done(admin, `memberUpdate(member: { id: "${id}" }, input: { isActive: false }) { cursor }`);
    const back = says("ALREADY_EXISTS", "deactivated", "memberUpdate and isActive: true");
    expect(
      await refused(admin, `memberInvite(input: { email: "${email}", role: { name: "Agent" } }) { cursor }`),
    ).toEqual(back);
    expect(
      await refused(
        admin,
        `memberAdd(input: { name: "X", email: "${email}", password: "correct horse battery", role: { name: "Agent" } }) { cursor }`,
      ),
    ).toEqual(back);
    await done(admin, `memberUpdate(member: { id: "${id}" }, input: { isActive: true }) { cursor }`);
    const active = says("ALREADY_EXISTS", "is already a member", "memberUpdate");
    expect(
      await refused(admin, `memberInvite(input: { email: "${email}", role: { name: "Agent" } }) { cursor }`),
    ).toEqual(active);
    await done(admin, `memberUpdate(member: { id: "${id}" }, input: { role: { name: "Manager" } }) { cursor }`);
  });

  it("a member who left is invited by the address; a login elsewhere is invited; a waiting invitation is resent or revoked", async () => {
    const gone = await acme.member("Agent");
    await done(admin, `memberRemove(member: { id: "${gone.id}" }) { cursor }`);
    expect(
      await refused(admin, `memberUpdate(member: { id: "${gone.id}" }, input: { isActive: true }) { cursor }`),
    ).toEqual(says("NOT_FOUND", "invite their address"));
    expect(
      await refused(
        admin,
        `memberAdd(input: { name: "X", email: "${gone.email}", password: "correct horse battery", role: { name: "Agent" } }) { cursor }`,
      ),
    ).toEqual(says("ALREADY_EXISTS", "invite the address with memberInvite"));
    const { memberInvite } = await done(
      admin,
      `memberInvite(input: { email: "${gone.email}", role: { name: "Agent" } }) { invitation { id } }`,
    );
    expect(
      await refused(admin, `memberInvite(input: { email: "${gone.email}", role: { name: "Agent" } }) { cursor }`),
    ).toEqual(says("ALREADY_EXISTS", "invitationResend", "revoke"));
    await done(admin, `invitationResend(id: "${memberInvite.invitation.id}") { cursor }`);
    await done(admin, `invitationRevoke(id: "${memberInvite.invitation.id}") { cursor }`);
    expect(await refused(admin, `invitationResend(id: "${memberInvite.invitation.id}") { cursor }`)).toEqual(
      says("VALIDATION", "create a new one with memberInvite"),
    );
    await done(admin, `memberInvite(input: { email: "${gone.email}", role: { name: "Agent" } }) { cursor }`);
  });

  it("a contact with tickets is merged or made anonymous; an address that is taken belongs to the named contact", async () => {
    const id = await contact('name: "T", email: "t@advice.test"');
    await done(admin, `ticketCreate(input: { subject: "x", contact: { id: "${id}" } }) { cursor }`);
    expect(await refused(admin, `contactDelete(contact: { id: "${id}" }) { cursor }`)).toEqual(
      says("CONTACT_HAS_TICKETS", "contactMerge", "contactAnonymize"),
    );
    expect(await refused(admin, `contactCreate(input: { name: "U", email: "T@advice.test" }) { cursor }`)).toEqual(
      says("ALREADY_EXISTS", 'Contact "T"', "Use that contact"),
    );
    const other = await contact();
    await done(admin, `contactMerge(contact: { id: "${id}" }, into: { id: "${other}" }) { cursor }`);
    await done(admin, `contactAnonymize(contact: { id: "${other}" }) { cursor }`);
    expect(await refused(admin, `contactUpdate(contact: { id: "${other}" }, input: { name: "V" }) { cursor }`)).toEqual(
      says("CONFLICT", "create a new contact instead"),
    );
    await contact('name: "T", email: "t@advice.test"');
  });

  it("a nightly upsert of two contacts goes through after merging the two", async () => {
    const one = await contact('name: "A", externalId: "n-1", email: "n1@advice.test"');
    const two = await contact('name: "B", externalId: "n-2", email: "n2@advice.test"');
    const upsert = 'contactUpsert(input: { externalId: "n-1", email: "n2@advice.test" })';
    expect(await refused(admin, `${upsert} { cursor }`)).toEqual(says("ALREADY_EXISTS", "merge the two"));
    await done(admin, `contactMerge(contact: { id: "${two}" }, into: { id: "${one}" }) { cursor }`);
    expect((await done(admin, `${upsert} { results { contact { id } } }`)).contactUpsert.results).toEqual([
      { contact: { id: one } },
    ]);
  });

  it("a company with tickets or time is archived or merged; a taken domain is removed there or the two are merged", async () => {
    const id = await company(', domains: ["advice-co.test"]');
    await done(
      admin,
      `ticketCreate(input: { subject: "x", contact: { person: { email: "a@advice-co.test" } } }) { cursor }`,
    );
    expect(await refused(admin, `companyDelete(company: { id: "${id}" }) { cursor }`)).toEqual(
      says("COMPANY_HAS_TICKETS", "archive it, or merge it"),
    );
    await done(admin, `companyArchive(company: { id: "${id}" }) { cursor }`);
    const other = await company();
    const add = `companyUpdate(company: { id: "${other}" }, input: { addDomains: ["advice-co.test"] }) { cursor }`;
    expect(await refused(admin, add)).toEqual(says("DOMAIN_TAKEN", "remove the domain there first", "merge them"));
    await done(
      admin,
      `companyUpdate(company: { id: "${id}" }, input: { removeDomains: ["advice-co.test"] }) { cursor }`,
    );
    await done(admin, add);
    expect(await refused(admin, `companyMerge(company: { id: "${other}" }, into: { id: "${id}" }) { cursor }`)).toEqual(
      says("VALIDATION", "restore it first"),
    );
    await done(admin, `companyArchive(company: { id: "${id}" }, isArchived: false) { cursor }`);
    await done(admin, `companyMerge(company: { id: "${other}" }, into: { id: "${id}" }) { cursor }`);
    expect(await refused(admin, `companyCreate(input: { name: "G", domains: ["gmail.com"] }) { cursor }`)).toEqual(
      says("PUBLIC_DOMAIN", "link the contacts by hand"),
    );
    const linked = await contact(`name: "L", email: "l@gmail.com", company: { id: "${id}" }`);
    expect(linked).toMatch(/^contact_/);
  });

  it("a built-in role is copied, a held one is deleted with reassignTo", async () => {
    expect(await refused(admin, 'roleUpdate(role: { name: "Agent" }, input: { name: "A" }) { cursor }')).toEqual(
      says("BUILT_IN_ROLE", "roleCreate"),
    );
    await done(admin, 'roleCreate(input: { name: "Mine", grants: [{ permission: CONTACT_VIEW }] }) { cursor }');
    const { id } = await acme.member("Agent");
    await done(admin, `memberUpdate(member: { id: "${id}" }, input: { role: { name: "Mine" } }) { cursor }`);
    expect(await refused(admin, 'roleDelete(role: { name: "mine" }) { cursor }')).toEqual(
      says("VALIDATION", "reassignTo"),
    );
    await done(admin, 'roleDelete(role: { name: "mine" }, input: { reassignTo: { name: "Viewer" } }) { cursor }');
  });

  it("a colleague's ticket is taken first; a merged one is found by its code", async () => {
    const [ada, ben] = [await acme.member("Agent"), await acme.member("Agent")];
    const { code } = await acme.ticket({ assignee: ben });
    const reply = `ticketReply(ticket: { code: "${code}" }, input: { bodyText: "x", status: OPEN }) { cursor }`;
    now = new Date(now.getTime() + 3_600_000);
    expect(await refused(ada, reply)).toEqual(says("FORBIDDEN", "assigned to a colleague", "ticketAssign to yourself"));
    await done(ada, `ticketAssign(ticket: { code: "${code}" }, input: { assignee: { isMe: true } }) { cursor }`);
    await done(ada, reply);
    const kept = await acme.ticket({});
    const other = await acme.ticket({});
    await done(admin, `ticketMerge(ticket: { id: "${other.id}" }, into: { id: "${kept.id}" }) { cursor }`);
    expect(
      await refused(admin, `ticketNoteAdd(ticket: { id: "${other.id}" }, input: { bodyText: "x" }) { cursor }`),
    ).toEqual(says("CONFLICT", "use its code"));
    await done(admin, `ticketNoteAdd(ticket: { code: "${other.code}" }, input: { bodyText: "x" }) { cursor }`);
  });

  it("a stale timer is stopped with a duration or discarded; an invoiced entry changes after the invoice is taken back", async () => {
    const { code } = await acme.ticket({});
    await done(admin, `timerStart(ticket: { code: "${code}" }) { cursor }`);
    now = new Date(now.getTime() + 11 * 3_600_000);
    expect(await refused(admin, "timerStop { cursor }")).toEqual(says("TIMER_TOO_LONG", "timerStop", "timerDiscard"));
    await done(admin, 'timerStop(input: { duration: "3h" }) { cursor }');
    expect(
      await refused(
        admin,
        `timerStart(ticket: { code: "${code}" }, input: { startedAt: "2026-11-20T09:00:00Z" }) { cursor }`,
      ),
    ).toEqual(says("VALIDATION", "12 hours", "timeEntryCreate"));
    const made = await done(
      admin,
      `timeEntryCreate(ticket: { code: "${code}" }, input: { duration: "1h", rate: "10", workedOn: "2026-11-20" }) { timeEntry { id } }`,
    );
    const { id } = made.timeEntryCreate.timeEntry;
    await done(
      admin,
      `timeEntriesInvoice(input: { ids: ["${id}"], reference: "A1", expected: { count: 1, amounts: [{ amount: "10", currency: "EUR" }] } }) { cursor }`,
    );
    const change = `timeEntryUpdate(id: "${id}", input: { description: "y" }) { cursor }`;
    expect(await refused(admin, change)).toEqual(says("ENTRY_INVOICED", "timeEntriesUninvoice"));
    await done(admin, `timeEntriesUninvoice(input: { reference: "A1", reason: "wrong" }) { cursor }`);
    await done(admin, change);
  });

  it("a currency that was withdrawn is given in its successor", async () => {
    expect(await refused(admin, 'companyCreate(input: { name: "HR", currency: "HRK" }) { cursor }')).toEqual(
      says("VALIDATION", "HRK was withdrawn; use EUR"),
    );
    await company(', currency: "EUR"');
  });
});

it("of two agents who reply to an unassigned ticket at once, the second is told who took it, and nothing of theirs is written", async () => {
  const [ada, ben] = [await acme.member("Agent"), await acme.member("Agent")];
  for (let round = 0; round < 10; round++) {
    const { code } = await acme.ticket({});
    const reply = (text: string) =>
      `mutation { ticketReply(ticket: { code: "${code}" }, input: { bodyText: "${text}" }) { ticket { assignee { name } } } }`;
    const answers = await Promise.all([ada.client.ask(reply("a")), ben.client.ask(reply("b"))]);
    const won = answers.filter(({ errors }) => errors.length === 0);
    const [lost] = answers.flatMap(({ errors }) => errors);
    expect(won).toHaveLength(1);
    const { name } = won[0]?.data.ticketReply.ticket.assignee ?? {};
    expect(lost).toMatchObject({
      extensions: { code: "CONFLICT", details: { assignee: { name, memberId: expect.stringMatching(/^member_/) } } },
    });
    expect(lost?.message).toContain(`Ticket ${code} was assigned to ${name} a moment ago`);
    const { ticket } = await admin.client.get(`{ ticket(by: { code: "${code}" }) { messages { totalCount } } }`);
    expect(ticket.messages.totalCount).toBe(2);
  }
});

describe("an upsert of many with the mode PER_ROW", () => {
  const upsert = (input: object[], headers = {}) =>
    admin.client.ask(
      "mutation ($input: [ContactUpsertInput!]!) { contactsUpsert(input: $input, mode: PER_ROW) { isChanged results { outcome contact { name } error { code message } } } }",
      { input },
      headers,
    );

  it("does what can be done, says of each row what became of it, and writes nothing of those that fail", async () => {
    await contact('name: "Old", externalId: "p-1", email: "p1@row.test"');
    await contact('name: "Else", externalId: "p-9", email: "p9@row.test"');
    const rows = [
      { externalId: "p-1", name: "New" },
      { externalId: "p-2", email: "not an address" },
      { externalId: "p-3", email: "p3@row.test", name: "Three" },
      { externalId: "p-4" },
      { externalId: "p-1", email: "p9@row.test" },
      { externalId: "p-5", email: "p5@row.test", company: { externalId: "nobody" } },
      { externalId: "p-3", email: "p3@row.test", name: "Three" },
      {},
    ];
    const before = (await admin.client.get("{ contacts { totalCount } }")).contacts.totalCount;
    const { results, isChanged } = (await upsert(rows)).data.contactsUpsert;
    expect(isChanged).toBe(true);
    expect(
      results.map((one: { outcome: string; error: { code: string } | null }) => [one.outcome, one.error?.code ?? null]),
    ).toEqual([
      ["UPDATED", null],
      ["FAILED", "VALIDATION"],
      ["CREATED", null],
      ["FAILED", "VALIDATION"],
      ["FAILED", "ALREADY_EXISTS"],
      ["FAILED", "NOT_FOUND"],
      ["UNCHANGED", null],
      ["FAILED", "VALIDATION"],
    ]);
    expect(results[1].error.message).toContain("email: must be one e-mail address");
    expect((await admin.client.get("{ contacts { totalCount } }")).contacts.totalCount).toBe(before + 1);
    const kinds = await test.database.query(
      "select count(*)::int as count from changes where organization_id = $1 and after->>'externalId' in ('p-2', 'p-4', 'p-5')",
      [acme.organizationId],
    );
    expect(kinds).toEqual([{ count: 0 }]);
    // All or nothing is the default.
    const whole = await admin.client.ask(
      "mutation ($input: [ContactUpsertInput!]!) { contactsUpsert(input: $input) { cursor } }",
      { input: rows },
    );
    expect(whole.errors[0]?.extensions.issues?.[0]?.path).toEqual(["input", 1, "email"]);
  });

  it("answers a repeated key with the same outcomes, and without words about people", async () => {
    const key = { "idempotency-key": "rows-1" };
    const rows = [
      { externalId: "q-1", email: "q1@row.test" },
      { externalId: "q-2", email: "q1@row.test" },
    ];
    const first = (await upsert(rows, key)).data.contactsUpsert;
    const again = (await upsert(rows, key)).data.contactsUpsert;
    expect(first.results[1].error.message).toContain("q1@row.test");
    expect(again.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["CREATED", "FAILED"]);
    expect(again.results[1].error).toEqual({
      code: "ALREADY_EXISTS",
      message: expect.stringContaining("Idempotency-Key"),
    });
    const kept = await test.database.query(
      "select result::text as text from idempotency_keys where organization_id = $1",
      [acme.organizationId],
    );
    expect(kept.filter(({ text }) => text.includes("row.test"))).toEqual([]);
  });

  it("goes for companies too", async () => {
    await company(', externalId: "r-1", domains: ["r1.test"]');
    const { companiesUpsert } = await done(
      admin,
      'companiesUpsert(mode: PER_ROW, input: [{ externalId: "r-1", domains: ["r1.test"], notes: "n" }, { externalId: "r-2", domains: ["r1.test"] }, { externalId: "r-3", name: "Three", domains: ["gmail.com"] }, { externalId: "r-4", name: "Four" }]) { results { outcome error { code } company { name } } }',
    );
    expect(companiesUpsert.results).toEqual([
      { outcome: "UPDATED", error: null, company: { name: "Co" } },
      { outcome: "FAILED", error: { code: "ALREADY_EXISTS" }, company: null },
      { outcome: "FAILED", error: { code: "PUBLIC_DOMAIN" }, company: null },
      { outcome: "CREATED", error: null, company: { name: "Four" } },
    ]);
  });
});
