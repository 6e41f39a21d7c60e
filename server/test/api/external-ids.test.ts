/** Ids of other systems: each is one thing's, and a clash names it to whoever may see it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const receive = `mutation ($code: String!, $id: String) { messageReceive(ticket: { code: $code }, input: { bodyText: "Hello", externalId: $id }) {
  message { id externalId } ticket { messages { totalCount } } } }`;

describe("a message's externalId", () => {
  it("takes a redelivered message once, and names the first to the sender, also without an Idempotency-Key", async () => {
    const { code, id } = await acme.ticket({});
    const first = (await admin.client.get(receive, { code, id: "form 1" })).messageReceive;
    const again = await admin.client.ask(receive, { code, id: "form 1" });
    expect(again.errors[0]?.extensions).toMatchObject({
      code: "ALREADY_EXISTS",
      details: { messageId: first.message.id, ticketId: id, code },
    });
    expect(again.errors[0]?.message).toContain(`A message of ticket ${code}`);
    const { ticket, message } = await admin.client.get(
      '{ message(by: { externalId: "form 1" }) { id externalId ticket { code } } ticket(by: { code: "CODE" }) { messages { totalCount } } }'.replace(
        "CODE",
        code,
      ),
    );
    expect(message).toEqual({ id: first.message.id, externalId: "form 1", ticket: { code } });
    expect(ticket.messages.totalCount).toBe(first.ticket.messages.totalCount);
  });

  it("is one of 50 that arrive at once", async () => {
    const { code } = await acme.ticket({});
    const codes = await Promise.all(
      Array.from({ length: 50 }, () => admin.client.code(receive, { code, id: "form 2" })),
    );
    expect(codes.filter((one) => one === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, "ALREADY_EXISTS"]));
  });

  it("is taken by replies and notes too, and a note's is nobody's who can't see notes", async () => {
    const { code } = await acme.ticket({});
    for (const field of ["ticketReply", "ticketNoteAdd"])
      await admin.client.get(
        `mutation ($code: String!) { ${field}(ticket: { code: $code }, input: { bodyText: "x", externalId: "${field}" }) { message { externalId } } }`,
        { code },
      );
    const outsider = await acme.member({ "ticket.view": "ALL", "ticket.create": true });
    const find = (externalId: string) =>
      outsider.client.code("query ($id: String) { message(by: { externalId: $id }) { id } }", { id: externalId });
    expect([await find("ticketReply"), await find("ticketNoteAdd")]).toEqual([null, "NOT_FOUND"]);
    const { errors } = await outsider.client.ask(receive, { code, id: "ticketNoteAdd" });
    expect(errors[0]?.extensions).toMatchObject({ code: "ALREADY_EXISTS" });
    expect(errors[0]?.extensions.details).toBeUndefined();
    expect(errors[0]?.message).not.toContain(code);
  });

  it("is another one's in another organization", async () => {
    const other = await test.world.organization("other");
    const stranger = await other.member("Admin");
    const { code } = await other.ticket({});
    expect(await stranger.client.code('{ message(by: { externalId: "form 1" }) { id } }')).toBe("NOT_FOUND");
    expect(await stranger.client.code(receive, { code, id: "form 1" })).toBeNull();
  });
});

describe("ALREADY_EXISTS", () => {
  it("names what has the value: a ticket by code, a contact, company or label by name, each with its id", async () => {
    const run = (text: string) => admin.client.ask(`mutation { ${text} }`);
    const twice = async (text: string) => {
      await run(text);
      const { errors } = await run(text);
      return errors[0] as { message: string; extensions: { code: string; details?: Record<string, string> } };
    };
    const ticket = await twice(
      'ticketCreate(input: { subject: "x", externalId: "T-1", contact: { person: { email: "a@clash.test" } } }) { ticket { code } }',
    );
    expect(ticket.message).toMatch(/^Ticket [A-Z0-9]+-\d+ has the externalId "T-1" already/);
    expect(ticket.extensions).toMatchObject({
      code: "ALREADY_EXISTS",
      details: { code: expect.stringMatching(/-\d+$/), ticketId: expect.stringMatching(/^ticket_/) },
    });
    const contact = await twice('contactCreate(input: { name: "Ada", email: "ada@clash.test" }) { contact { id } }');
    expect([contact.message, contact.extensions.details?.contactId]).toEqual([
      expect.stringContaining('Contact "Ada" has the e-mail address "ada@clash.test"'),
      expect.stringMatching(/^contact_/),
    ]);
    const company = await twice('companyCreate(input: { name: "Fjord", externalId: "C-1" }) { company { id } }');
    expect([company.message, company.extensions.details?.companyId]).toEqual([
      expect.stringContaining('Company "Fjord" has the externalId "C-1"'),
      expect.stringMatching(/^company_/),
    ]);
    const label = await twice('labelCreate(input: { name: "Urgent", color: "#EF4444" }) { label { id } }');
    expect([label.message, label.extensions.details?.labelId]).toEqual([
      expect.stringContaining('Label "Urgent" has the name "Urgent"'),
      expect.stringMatching(/^label_/),
    ]);
  });

  it("doesn't name a ticket to a caller who can't see it", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "ticket.create": true });
    await admin.client.get(
      'mutation { ticketCreate(input: { subject: "x", externalId: "T-2", contact: { person: { email: "a@clash.test" } } }) { cursor } }',
    );
    const { errors } = await narrow.client.ask(
      'mutation { ticketCreate(input: { subject: "x", externalId: "T-2", contact: { person: { email: "b@clash.test" } } }) { cursor } }',
    );
    expect(errors[0]?.extensions).toMatchObject({ code: "ALREADY_EXISTS" });
    expect(errors[0]?.extensions.details).toBeUndefined();
  });
});

describe("an upsert of what is there already", () => {
  it("takes a handful of statements for 100 contacts, and as many for 10", async () => {
    const { client } = admin;
    const upsert =
      "mutation ($input: [ContactUpsertInput!]!) { contactsUpsert(input: $input) { results { outcome } } }";
    const contacts = Array.from({ length: 100 }, (_, index) => ({
      externalId: `crm ${index}`,
      email: `p${index}@upsert.test`,
      name: `Person ${index}`,
      phone: `+4930${index}00`,
    }));
    await client.get(upsert, { input: contacts });
    const outcomes = async (input: object[]) =>
      new Set(
        (await client.get(upsert, { input })).contactsUpsert.results.map(({ outcome }: { outcome: string }) => outcome),
      );
    expect(await outcomes(contacts)).toEqual(new Set(["UNCHANGED"]));
    const forAll = test.lastStatements();
    expect(await outcomes(contacts.slice(0, 10))).toEqual(new Set(["UNCHANGED"]));
    expect(test.lastStatements()).toBe(forAll);
    expect(forAll).toBeLessThanOrEqual(16);
    console.log(`100 unchanged contacts: ${forAll} statements`);
    // One that differs is written, and only that one.
    const mixed = await client.get(upsert, { input: [...contacts.slice(0, 9), { ...contacts[9], name: "Renamed" }] });
    expect(mixed.contactsUpsert.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      ...Array(9).fill("UNCHANGED"),
      "UPDATED",
    ]);
  });

  it("tells whoever may not see contacts nothing by UNCHANGED: a list answers as its rows do one by one", async () => {
    const blind = await acme.member({ "ticket.view": "ASSIGNED", "contact.manage": true });
    await admin.client.get(
      'mutation { companyCreate(input: { name: "Secret", externalId: "CO-9", domains: ["secret-co.test"], notes: "n" }) { cursor } contactCreate(input: { name: "Vic", email: "vic@secret-co.test", phone: "+49301234567", externalId: "vic" }) { cursor } }',
    );
    const codes = async (field: string, type: string, rows: object[]) =>
      Promise.all(
        rows.map((row) =>
          blind.client.code(`mutation ($i: [${type}!]!) { ${field}(input: $i) { results { outcome } } }`, { i: [row] }),
        ),
      );
    const email = "vic@secret-co.test";
    expect(
      new Set(
        await codes("contactsUpsert", "ContactUpsertInput", [
          { email, phone: "+49301234567" },
          { email, phone: "+49309999999" },
          { email, name: "Vic" },
          { email, name: "Eve" },
          { email, company: { domain: "secret-co.test" } },
          { email, company: { externalId: "CO-9" } },
        ]),
      ),
    ).toEqual(new Set(["NOT_FOUND"]));
    const companies = [
      { externalId: "CO-9", notes: "n" },
      { externalId: "CO-9", notes: "other" },
      { externalId: "CO-9", name: "Secret" },
    ];
    expect(new Set(await codes("companiesUpsert", "CompanyUpsertInput", companies))).toEqual(new Set(["NOT_FOUND"]));
  });

  it("sees a contact that is named twice in one list as its first place left it", async () => {
    const upsert =
      "mutation ($input: [ContactUpsertInput!]!) { contactsUpsert(input: $input) { results { outcome contact { name } } } }";
    const one = { externalId: "twice", email: "twice@upsert.test", name: "One" };
    await admin.client.get(upsert, { input: [one] });
    const { contactsUpsert } = await admin.client.get(upsert, { input: [{ ...one, name: "Two" }, one] });
    expect(contactsUpsert.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["UPDATED", "UPDATED"]);
  });
});
