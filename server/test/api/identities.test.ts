/** Identities survive merges: what a contact, a company or a label was known by finds the one that was kept. */
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

let counter = 0;
const one = () => `${++counter}`;

const contactFields = "id name email otherEmails phone otherPhones notes externalId company { name }";
const contact = async (input: Record<string, unknown>) =>
  (
    await admin.client.get(
      `mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { ${contactFields} } } }`,
      { input: { name: `Kim ${one()}`, phone: "030 1", ...input } },
    )
  ).contactCreate.contact;
const merge = async (from: unknown, into: unknown) =>
  (
    await admin.client.get(
      `mutation ($from: ContactRef!, $into: ContactRef!) { contactMerge(contact: $from, into: $into) { deletedContactId contact { ${contactFields} } kept { field from isOtherDropped } } }`,
      { from, into },
    )
  ).contactMerge;
const contactBy = async (by: unknown) =>
  (await admin.client.get(`query ($by: ContactRef!) { contact(by: $by) { ${contactFields} } }`, { by })).contact;
const upsert = async (input: unknown) =>
  (
    await admin.client.get(
      `mutation ($input: ContactUpsertInput!) { contactUpsert(input: $input) { isChanged results { outcome contact { ${contactFields} } } } }`,
      { input },
    )
  ).contactUpsert;

describe("a merged contact", () => {
  it("is found by its former id and externalId, in references, nodes and writes, over chains of merges", async () => {
    const [a, b, c] = [
      await contact({ externalId: "crm-a" }),
      await contact({ externalId: "crm-b" }),
      await contact({}),
    ];
    await merge({ id: a.id }, { id: b.id });
    await merge({ externalId: "crm-a" }, { id: c.id });
    for (const by of [{ id: a.id }, { id: b.id }, { externalId: "crm-a" }, { externalId: "crm-b" }])
      expect((await contactBy(by)).id, JSON.stringify(by)).toBe(c.id);
    const { node, nodes } = await admin.client.get(
      `query ($a: ID!, $ids: [ID!]!) { node(id: $a) { id } nodes(ids: $ids) { id } }`,
      { a: a.id, ids: [b.id, c.id, a.id] },
    );
    expect(node).toEqual({ id: c.id });
    expect(nodes).toEqual([{ id: c.id }, { id: c.id }, { id: c.id }]);
    const ticket = `mutation ($contact: TicketContactInput!) { ticketCreate(input: { subject: "x", contact: $contact }) { ticket { contact { id } } } }`;
    for (const by of [{ id: a.id }, { externalId: "crm-b" }])
      expect((await admin.client.get(ticket, { contact: by })).ticketCreate.ticket.contact.id).toBe(c.id);
  });

  it("is brought up to date by a nightly upsert, which makes no duplicate and changes no externalId", async () => {
    const kept = await contact({ name: "Ada", email: "ada@night.test", externalId: "night-1" });
    const other = await contact({ name: "Ada", email: "ada@old.test", externalId: "night-2" });
    await merge({ id: other.id }, { id: kept.id });
    for (let night = 0; night < 3; night++)
      for (const [externalId, email] of [
        ["night-1", "ada@night.test"],
        ["night-2", "ada@old.test"],
      ]) {
        const { results, isChanged } = await upsert({ externalId, email, name: "Ada" });
        expect([results[0].outcome, results[0].contact.id, isChanged]).toEqual(["UNCHANGED", kept.id, false]);
        expect(results[0].contact).toMatchObject({ externalId: "night-1", email: "ada@night.test" });
      }
    const many = await admin.client.get(
      `mutation { contactsUpsert(input: [{ externalId: "night-2", notes: "n" }, { externalId: "night-1", phone: "030 1" }]) { results { outcome contact { id } } } }`,
    );
    expect(many.contactsUpsert.results).toEqual([
      { outcome: "UPDATED", contact: { id: kept.id } },
      { outcome: "UNCHANGED", contact: { id: kept.id } },
    ]);
  });

  it("leaves nobody its externalId but the kept one, which may have it back", async () => {
    const kept = await contact({ externalId: "own-1" });
    const other = await contact({ externalId: "own-2" });
    await merge({ id: other.id }, { id: kept.id });
    const taken = await admin.client.ask(
      `mutation { contactCreate(input: { name: "N", phone: "030 1", externalId: "own-2" }) { cursor } }`,
    );
    expect(taken.errors[0]).toMatchObject({ extensions: { code: "ALREADY_EXISTS", details: { contactId: kept.id } } });
    await admin.client.get(
      `mutation ($id: ID!) { contactUpdate(contact: { id: $id }, input: { externalId: "own-2" }) { cursor } }`,
      { id: kept.id },
    );
    expect((await contactBy({ externalId: "own-2" })).externalId).toBe("own-2");
  });

  it("keeps both phones and both notes, and the payload says what was kept of both", async () => {
    const kept = await contact({
      name: "Bo",
      phone: "030 12-34",
      notes: "likes tea",
      email: "bo@k.test",
      company: null,
    });
    const other = await contact({ name: "B. Oh", phone: "+49 170 5", notes: "calls on Mondays", externalId: "bo-2" });
    const same = await contact({ name: "Bo", phone: "030/1234", notes: "likes tea" });
    const done = await merge({ id: other.id }, { id: kept.id });
    expect(done.contact).toMatchObject({
      phone: "030 12-34",
      otherPhones: ["+49 170 5"],
      externalId: "bo-2",
      name: "Bo",
    });
    expect(done.contact.notes).toMatch(
      /^likes tea\n\n--- From "B\. Oh", merged on \d{4}-\d\d-\d\d ---\ncalls on Mondays$/,
    );
    expect(done.kept).toEqual([
      { field: "name", from: "KEPT", isOtherDropped: true },
      { field: "emails", from: "KEPT", isOtherDropped: false },
      { field: "phones", from: "BOTH", isOtherDropped: false },
      { field: "notes", from: "BOTH", isOtherDropped: false },
      { field: "externalId", from: "OTHER", isOtherDropped: false },
    ]);
    // The same number written otherwise and the same notes come twice to nobody.
    const again = (await merge({ id: same.id }, { id: kept.id })).contact;
    expect(again).toMatchObject({ phone: "030 12-34", otherPhones: ["+49 170 5"], notes: done.contact.notes });
  });

  it("is never deleted by its former id, which would delete the kept one", async () => {
    const [kept, other] = [await contact({}), await contact({ externalId: "gone-1" })];
    await merge({ id: other.id }, { id: kept.id });
    for (const by of [{ id: other.id }, { externalId: "gone-1" }].slice(0, 1)) {
      const { errors } = await admin.client.ask(
        "mutation ($by: ContactRef!) { contactDelete(contact: $by) { cursor } }",
        { by },
      );
      expect(errors[0]?.extensions.code).toBe("NOT_FOUND");
      expect(errors[0]?.message).toContain(`was merged into "${kept.name}"`);
    }
    expect((await contactBy({ id: kept.id })).id).toBe(kept.id);
  });

  it("takes its former names along when the kept one is deleted or made anonymous", async () => {
    const [kept, other, next] = [
      await contact({ externalId: "f-1" }),
      await contact({ externalId: "f-2" }),
      await contact({}),
    ];
    await merge({ id: other.id }, { id: kept.id });
    await admin.client.get("mutation ($id: ID!) { contactDelete(contact: { id: $id }) { cursor } }", { id: kept.id });
    for (const by of [{ id: other.id }, { externalId: "f-2" }, { externalId: "f-1" }])
      expect(await admin.client.code("query ($by: ContactRef!) { contact(by: $by) { id } }", { by })).toBe("NOT_FOUND");
    const last = await contact({ externalId: "f-2" });
    await merge({ id: last.id }, { id: next.id });
    await admin.client.get("mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { cursor } }", {
      id: last.id,
    });
    expect((await contactBy({ id: last.id })).id).toBe(next.id);
    expect(await admin.client.code('{ contact(by: { externalId: "f-2" }) { id } }')).toBe("NOT_FOUND");
  });

  it("is no way to look into another organization, nor past the right to see contacts", async () => {
    const [kept, other] = [await contact({ externalId: "x-1" }), await contact({ externalId: "x-2" })];
    await merge({ id: other.id }, { id: kept.id });
    const stranger = await (await test.world.organization("other")).member("Admin");
    const bare = await acme.member({ "ticket.view": "ALL" });
    for (const { client } of [stranger, bare]) {
      for (const by of [{ id: other.id }, { externalId: "x-2" }])
        expect(await client.code("query ($by: ContactRef!) { contact(by: $by) { id } }", { by })).toBe("NOT_FOUND");
      expect((await client.ask("query ($id: ID!) { node(id: $id) { id } }", { id: other.id })).errors).toHaveLength(1);
    }
  });
});

describe("phones", () => {
  const update = async (id: string, input: object) =>
    admin.client.ask(
      "mutation ($id: ID!, $input: ContactUpdateInput!) { contactUpdate(contact: { id: $id }, input: $input) { isChanged contact { phone otherPhones } } }",
      { id, input },
    );

  it("are several: added, removed however they are written, and the next is primary when the first goes", async () => {
    const { id } = await contact({ phone: "030 1234" });
    expect((await update(id, { addPhones: ["+49 170 1", "030-1234", "0171 2"] })).data.contactUpdate).toEqual({
      isChanged: true,
      contact: { phone: "030 1234", otherPhones: ["+49 170 1", "0171 2"] },
    });
    expect((await update(id, { removePhones: ["(030) 12 34"] })).data.contactUpdate.contact).toEqual({
      phone: "+49 170 1",
      otherPhones: ["0171 2"],
    });
    expect((await update(id, { phone: null })).data.contactUpdate.contact).toEqual({
      phone: "0171 2",
      otherPhones: [],
    });
    expect((await update(id, { phone: null })).errors[0]?.extensions.code).toBe("VALIDATION");
    expect((await update(id, { addPhones: ["1234"], removePhones: ["12-34"] })).errors[0]?.extensions.code).toBe(
      "VALIDATION",
    );
    expect(
      (await update(id, { addPhones: Array.from({ length: 20 }, (_, i) => `030 ${1_000 + i}`) })).errors[0]?.message,
    ).toMatch(/20 phone numbers/);
    // An import that knows one of them changes nothing.
    await update(id, { addPhones: ["0172 3"], externalId: "ph-1" });
    expect((await upsert({ externalId: "ph-1", phone: "01723" })).results[0].outcome).toBe("UNCHANGED");
  });
});

describe("a merged company", () => {
  const company = async (input: Record<string, unknown>) =>
    (
      await admin.client.get(
        "mutation ($input: CompanyCreateInput!) { companyCreate(input: $input) { company { id name } } }",
        { input: { name: `Co ${one()}`, ...input } },
      )
    ).companyCreate.company;
  const mergeCompany = (from: string, into: string, client = admin.client) =>
    client.ask(
      `mutation ($from: ID!, $into: ID!) { companyMerge(company: { id: $from }, into: { id: $into }) { kept { field from isOtherDropped } company { id notes externalId ticketPrefix hourlyRate { amount currency } currency } } }`,
      { from, into },
    );

  it("is found by its former id and externalId, upserts included, over chains", async () => {
    const [a, b, c] = [await company({ externalId: "co-a" }), await company({ externalId: "co-b" }), await company({})];
    await mergeCompany(a.id, b.id);
    await mergeCompany(b.id, c.id);
    for (const by of [{ id: a.id }, { externalId: "co-a" }, { externalId: "co-b" }, { id: b.id }])
      expect((await admin.client.get("query ($by: CompanyRef!) { company(by: $by) { id } }", { by })).company.id).toBe(
        c.id,
      );
    expect((await admin.client.get("query ($id: ID!) { node(id: $id) { id } }", { id: a.id })).node.id).toBe(c.id);
    const upserted = await admin.client.get(
      `mutation { companyUpsert(input: { externalId: "co-a", notes: "night" }) { results { outcome company { id externalId } } } }`,
    );
    expect(upserted.companyUpsert.results).toEqual([{ outcome: "UPDATED", company: { id: c.id, externalId: "co-b" } }]);
    expect(await admin.client.code(`mutation { companyDelete(company: { id: "${a.id}" }) { cursor } }`)).toBe(
      "NOT_FOUND",
    );
  });

  it("keeps the kept one's rate, currency and prefix unless it has none, and changes no money's meaning", async () => {
    const rich = { hourlyRate: "100", currency: "USD", ticketPrefix: "RICH", notes: "pays late" };
    const taken = (await mergeCompany((await company(rich)).id, (await company({ notes: "nice" })).id)).data
      .companyMerge;
    expect(taken.company).toMatchObject({
      ticketPrefix: "RICH",
      currency: "USD",
      hourlyRate: { amount: "100.00", currency: "USD" },
    });
    expect(taken.company.notes).toMatch(/^nice\n\n--- From "Co \d+", merged on .* ---\npays late$/);
    const euro = await company({ currency: "EUR" });
    const kept = (await mergeCompany((await company({ ...rich, ticketPrefix: null })).id, euro.id)).data.companyMerge;
    expect(kept.company).toMatchObject({ currency: "EUR", hourlyRate: null });
    expect(kept.kept).toContainEqual({ field: "hourlyRate", from: "KEPT", isOtherDropped: true });
    // The organization's currency is the other's too.
    const same = (await mergeCompany((await company({ hourlyRate: "90" })).id, euro.id)).data.companyMerge;
    expect(same.company).toMatchObject({ hourlyRate: { amount: "90.00", currency: "EUR" } });
    const agent = await acme.member("Agent");
    const refused = await mergeCompany((await company({ hourlyRate: "1" })).id, euro.id, agent.client);
    expect(refused.errors[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

describe("a merged label", () => {
  it("is found by its former id, on tickets and as a node, while its name is free again", async () => {
    const label = async (name: string) =>
      (
        await admin.client.get(
          'mutation ($name: String!) { labelCreate(input: { name: $name, color: "#3b82f6" }) { label { id } } }',
          { name },
        )
      ).labelCreate.label.id;
    const mergeLabels = (from: string, into: string) =>
      admin.client.get(
        "mutation ($from: ID!, $into: ID!) { labelMerge(label: { id: $from }, into: { id: $into }) { kept { field from isOtherDropped } } }",
        { from, into },
      );
    const [a, b, c] = [await label("bug"), await label("bugs"), await label("defect")];
    expect((await mergeLabels(a, b)).labelMerge.kept).toEqual([
      { field: "name", from: "KEPT", isOtherDropped: true },
      { field: "color", from: "KEPT", isOtherDropped: false },
    ]);
    await mergeLabels(b, c);
    for (const id of [a, b]) {
      expect(
        await admin.client.get("query ($id: ID!) { label(by: { id: $id }) { id } node(id: $id) { id } }", { id }),
      ).toEqual({ label: { id: c }, node: { id: c } });
      const { code } = await acme.ticket({});
      const put = await admin.client.get(
        "mutation ($code: String!, $id: ID!) { ticketUpdate(ticket: { code: $code }, input: { addLabels: [{ id: $id }] }) { ticket { labels { id } } } }",
        { code, id },
      );
      expect(put.ticketUpdate.ticket.labels).toEqual([{ id: c }]);
    }
    const again = await label("bug");
    expect((await admin.client.get('{ label(by: { name: "bug" }) { id } }')).label.id).toBe(again);
    await admin.client.get("mutation ($id: ID!) { labelDelete(label: { id: $id }) { cursor } }", { id: c });
    expect(await admin.client.code("query ($id: ID!) { label(by: { id: $id }) { id } }", { id: a })).toBe("NOT_FOUND");
  });
});
