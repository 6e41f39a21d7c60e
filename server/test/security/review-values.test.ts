/** What two reviews of values, identities and money found: each fault with its kind. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LiveClient } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const done = (mutation: string, variables = {}, person = admin) => person.client.get(mutation, variables);
let counter = 0;
const contact = async (input: Record<string, unknown> = {}) =>
  (
    await done("mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id } } }", {
      input: { name: `C${++counter}`, phone: "030 1", ...input },
    })
  ).contactCreate.contact.id as string;
const mergeContacts =
  "mutation ($a: ID!, $b: ID!) { contactMerge(contact: { id: $a }, into: { id: $b }) { isChanged contact { id notes } kept { field from isOtherDropped } } }";
const anonymize = "mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { isChanged contact { name } } }";

describe("races", () => {
  it("of opposite merges: one is done, the other is told that both are one, and nothing loops or breaks", async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [await contact(), await contact()];
      const codes = await Promise.all([
        admin.client.code(mergeContacts, { a, b }),
        admin.client.code(mergeContacts, { a: b, b: a }),
      ]);
      expect(codes.sort()).toEqual([null, "VALIDATION"].sort());
    }
    const company = async () => acme.globalId("Company", await acme.company(`Co ${++counter}`, []));
    const merge = "mutation ($a: ID!, $b: ID!) { companyMerge(company: { id: $a }, into: { id: $b }) { cursor } }";
    for (let round = 0; round < 4; round++) {
      const [a, b] = [await company(), await company()];
      const codes = await Promise.all([admin.client.code(merge, { a, b }), admin.client.code(merge, { a: b, b: a })]);
      expect(codes.sort()).toEqual([null, "VALIDATION"].sort());
    }
  });

  it("of an upsert and an anonymize: nothing of who was erased comes back, and what came meanwhile is erased by the next", async () => {
    for (let round = 0; round < 15; round++) {
      const [externalId, email] = [`race-${round}`, `race${round}@values.test`];
      const id = await contact({ externalId, email });
      const upsert =
        "mutation ($input: ContactUpsertInput!) { contactUpsert(input: $input) { results { contact { id } } } }";
      await Promise.all([
        admin.client.ask(anonymize, { id }),
        admin.client.ask(upsert, { input: { externalId, email, name: "Wombat", phone: "030 99999", notes: "secret" } }),
      ]);
      const [row] = await test.database.query(
        "select name, phone, notes, external_id, email from contacts where anonymized_at is not null and id in (select id from contacts where organization_id = $1) order by anonymized_at desc limit 1",
        [acme.organizationId],
      );
      expect(row).toEqual({ name: "Anonymous", phone: null, notes: null, external_id: null, email: null });
    }
  });

  it("of an upsert and a merge: the kept one keeps its externalId and address, and both externalIds find it", async () => {
    for (let round = 0; round < 8; round++) {
      const [x, y] = [
        await contact({ externalId: `x-${round}`, email: `x${round}@merge.test` }),
        await contact({ externalId: `y-${round}`, email: `y${round}@merge.test` }),
      ];
      const [merged, upserted] = await Promise.all([
        admin.client.code(mergeContacts, { a: x, b: y }),
        admin.client.code("mutation ($input: ContactUpsertInput!) { contactUpsert(input: $input) { cursor } }", {
          input: { externalId: `x-${round}`, email: `x${round}@merge.test` },
        }),
      ]);
      expect([merged, upserted]).toEqual([null, null]);
      for (const externalId of [`x-${round}`, `y-${round}`]) {
        const { contact: found } = await admin.client.get(
          "query ($e: String) { contact(by: { externalId: $e }) { id externalId email } }",
          { e: externalId },
        );
        expect(found).toEqual({ id: y, externalId: `y-${round}`, email: `y${round}@merge.test` });
      }
    }
  });

  it("of who names a contact by its address and an anonymize leave no typed name behind", async () => {
    const typing = await acme.member({ "ticket.view": "ALL", "ticket.create": true });
    for (let round = 0; round < 10; round++) {
      const email = `okapi${round}@values.test`;
      const id = await contact({ email });
      await Promise.all([
        admin.client.ask(anonymize, { id }),
        typing.client.ask(
          'mutation ($email: EmailAddress!) { ticketCreate(input: { subject: "x", contact: { person: { name: "Okapi", email: $email } } }) { cursor } }',
          { email },
        ),
      ]);
    }
    const rows = await test.database.query(
      "select x.name from typed_contacts x join contacts c on c.id = x.contact_id where c.anonymized_at is not null",
    );
    expect(rows).toEqual([]);
  });
});

describe("a repeated merge", () => {
  it("changes nothing and says so, and merging a thing into itself is a slip", async () => {
    const [a, b] = [await contact(), await contact()];
    expect((await done(mergeContacts, { a, b })).contactMerge.isChanged).toBe(true);
    expect((await done(mergeContacts, { a, b })).contactMerge).toMatchObject({
      isChanged: false,
      contact: { id: b },
      kept: [],
    });
    expect(await admin.client.code(mergeContacts, { a: b, b })).toBe("VALIDATION");
  });

  it("loses no notes that stand inside of others, and adds none twice", async () => {
    const kept = await contact({ notes: "not VIP: pays late" });
    const done1 = (await done(mergeContacts, { a: await contact({ notes: "VIP" }), b: kept })).contactMerge;
    expect(done1.contact.notes).toMatch(/^not VIP: pays late\n\n--- From "C\d+", merged on .* ---\nVIP$/);
    for (const notes of ["VIP", "not VIP: pays late"]) {
      const again = (await done(mergeContacts, { a: await contact({ notes }), b: kept })).contactMerge;
      expect(again.contact.notes).toBe(done1.contact.notes);
    }
    const long = await contact({ notes: "x".repeat(60_000) });
    const both = await admin.client.ask(mergeContacts, { a: await contact({ notes: "y".repeat(60_000) }), b: long });
    expect(both.errors[0]?.message).toMatch(/Together the notes have .* shorten them first/);
  });

  it("tells nobody of a rate who doesn't see rates", async () => {
    const agent = await acme.member("Agent");
    const rich = acme.globalId("Company", await acme.company("Rich", []));
    await done(`mutation { companyUpdate(company: { id: "${rich}" }, input: { hourlyRate: "99" }) { cursor } }`);
    const poor = acme.globalId("Company", await acme.company("Poor", []));
    const merge =
      "mutation ($a: ID!, $b: ID!) { companyMerge(company: { id: $a }, into: { id: $b }) { kept { field } } }";
    const { companyMerge } = await agent.client.get(merge, { a: poor, b: rich });
    expect(companyMerge.kept.map(({ field }: { field: string }) => field)).toEqual(["name"]);
  });

  it("of labels takes over a description that the kept one lacks", async () => {
    const label = async (description: string | null) =>
      (
        await done(
          'mutation ($name: String!, $d: String) { labelCreate(input: { name: $name, color: "#3b82f6", description: $d }) { label { id } } }',
          { name: `L${++counter}`, d: description },
        )
      ).labelCreate.label.id;
    const merge =
      "mutation ($a: ID!, $b: ID!) { labelMerge(label: { id: $a }, into: { id: $b }) { label { description } kept { field from } } }";
    const { labelMerge } = await done(merge, { a: await label("why"), b: await label(null) });
    expect(labelMerge.label.description).toBe("why");
    expect(labelMerge.kept).toContainEqual({ field: "description", from: "OTHER" });
  });
});

describe("what is large or odd", () => {
  it("a text in a filter has at most 1,000 characters, which is asked before it is normalized", async () => {
    const marks = `a${"\u0301\u0327".repeat(200_000)}`;
    for (const filter of [
      "contacts(filter: { name: { eq: $s } })",
      "contacts(filter: { email: { contains: $s } })",
      "contacts(filter: { name: { in: [$s] } })",
      "tickets(filter: { code: { eq: $s } })",
    ]) {
      const begun = performance.now();
      expect(await admin.client.code(`query ($s: String!) { ${filter} { nodes { id } } }`, { s: marks })).toBe(
        "VALIDATION",
      );
      expect(performance.now() - begun).toBeLessThan(3_000);
    }
    const domain = `a${"\u0301\u0327".repeat(40_000)}.test`;
    const begun = performance.now();
    expect(
      await admin.client.code(
        'mutation ($d: String!) { companyCreate(input: { name: "x", domains: [$d] }) { cursor } }',
        { d: domain },
      ),
    ).toBe("VALIDATION");
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it("a ping with a payload of null is answered, also before connection_init", async () => {
    const client = new LiveClient(test.url);
    await client.open();
    client.send({ type: "ping", payload: null });
    await client.messages.until((list) => list.some(({ type }) => type === "pong"));
    await client.close();
  });

  it.each(["---", "12", "( ) ."])("a phone number has digits: %j", async (phone) => {
    expect(
      await admin.client.code('mutation ($p: String!) { contactCreate(input: { name: "x", phone: $p }) { cursor } }', {
        p: phone,
      }),
    ).toBe("VALIDATION");
  });

  it("two ways to write a country's code are one number, on one line", async () => {
    const id = await contact({ phone: "0049 30\n999" });
    const { contactUpdate } = await done(
      `mutation { contactUpdate(contact: { id: "${id}" }, input: { addPhones: ["+49 30 999", "+4930999"] }) { contact { phone otherPhones } } }`,
    );
    expect(contactUpdate.contact).toEqual({ phone: "0049 30 999", otherPhones: [] });
  });
});

describe("money and rights", () => {
  it("a row that needs a right which the viewer lacks fails alone with PER_ROW", async () => {
    const agent = await acme.member("Agent");
    const upsert =
      "mutation ($rows: [CompanyUpsertInput!]!) { companiesUpsert(mode: PER_ROW, input: $rows) { results { outcome error { code } } } }";
    const rows = [
      { externalId: "right-1", name: "A", hourlyRate: "10" },
      { externalId: "right-2", name: "B" },
    ];
    expect((await agent.client.get(upsert, { rows })).companiesUpsert.results).toEqual([
      { outcome: "FAILED", error: { code: "FORBIDDEN" } },
      { outcome: "CREATED", error: null },
    ]);
    // Also of one that is there already.
    await done(
      `mutation { companyUpdate(company: { externalId: "right-2" }, input: { hourlyRate: "10" }) { cursor } }`,
    );
    const same = [
      { externalId: "right-2", hourlyRate: "10" },
      { externalId: "right-3", name: "C" },
    ];
    expect(
      (await agent.client.get(upsert, { rows: same })).companiesUpsert.results.map(
        ({ outcome }: { outcome: string }) => outcome,
      ),
    ).toEqual(["FAILED", "CREATED"]);
  });

  it("an upsert by a domain never takes over a company with another externalId", async () => {
    await done(
      'mutation { companyUpsert(input: { externalId: "own-a", name: "Alpha", domains: ["alpha.test"] }) { cursor } }',
    );
    const taken = await admin.client.ask(
      'mutation { companyUpsert(input: { externalId: "own-b", name: "Beta", domains: ["alpha.test"] }) { cursor } }',
    );
    expect(taken.errors[0]?.extensions.code).toBe("ALREADY_EXISTS");
    expect(taken.errors[0]?.message).toContain('"Alpha", which has the externalId "own-a"');
    expect((await admin.client.get('{ company(by: { externalId: "own-a" }) { name } }')).company.name).toBe("Alpha");
  });

  it("time in a currency that was withdrawn since can be invoiced", async () => {
    const { code } = await acme.ticket({});
    const made = await done(
      `mutation { timeEntryCreate(ticket: { code: "${code}" }, input: { duration: 60, rate: "10" }) { timeEntry { id } } }`,
    );
    const { id } = made.timeEntryCreate.timeEntry;
    await test.database.query("update time_entries set currency = 'HRK' where ticket_code = $1", [code]);
    const invoice =
      "mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) { summary { amounts { amount currency } } } }";
    const expected = { count: 1, amounts: [{ amount: "10.00", currency: "HRK" }] };
    expect(
      (await done(invoice, { input: { ids: [id], reference: "K1", expected } })).timeEntriesInvoice.summary.amounts,
    ).toEqual([{ amount: "10.00", currency: "HRK" }]);
  });

  it("a timer that was said to have begun hours ago, or says what it is for, is never dropped as a slip", async () => {
    const agent = await acme.member("Agent");
    const [a, b, c] = [await acme.ticket({}), await acme.ticket({}), await acme.ticket({})];
    const start =
      "mutation ($code: String!, $input: TimerStartInput) { timerStart(ticket: { code: $code }, input: $input) { stoppedTimeEntry { durationMinutes } droppedTimeEntryId } }";
    const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
    await agent.client.get(start, { code: a.code, input: { startedAt: ago(3 * 3_600_000) } });
    const next = (await agent.client.get(start, { code: b.code, input: { description: "really" } })).timerStart;
    expect(next).toMatchObject({ stoppedTimeEntry: { durationMinutes: expect.any(Number) }, droppedTimeEntryId: null });
    expect((await agent.client.get(start, { code: c.code })).timerStart).toMatchObject({
      stoppedTimeEntry: { durationMinutes: 1 },
      droppedTimeEntryId: null,
    });
  });

  it("deleting a contact takes its address out of copies of messages", async () => {
    const id = await contact({ email: "copied@values.test" });
    const { code } = await acme.ticket({});
    await done(
      'mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", cc: ["copied@values.test"] }) { cursor } }',
      { code },
    );
    await done("mutation ($id: ID!) { contactDelete(contact: { id: $id }) { cursor } }", { id });
    expect(await test.database.query("select 1 from message_addresses where address = 'copied@values.test'")).toEqual(
      [],
    );
  });
});
