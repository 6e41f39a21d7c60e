/** One form for text: what is written is found by every reference and filter, however it is typed, and nothing else is. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseGlobalId } from "../../src/wire/ids.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme", "NORD");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const contactCreate = `mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id name email externalId } } }`;
const labelCreate = `mutation ($name: String!) { labelCreate(input: { name: $name, color: "#3b82f6" }) { label { id name } } }`;
const companyCreate = `mutation ($input: CompanyCreateInput!) { companyCreate(input: $input) { company { id name domains } } }`;
const roleCreate = `mutation ($name: String!) { roleCreate(input: { name: $name, grants: [{ permission: CONTACT_VIEW }] }) { role { id name } } }`;
const contactsBy = `query ($f: ContactFilter) { contacts(filter: $f) { nodes { id name } } }`;
const nbsp = "\u00a0";
const zeroWidth = "\u200b";

const contact = async (input: Record<string, unknown>) =>
  (await admin.client.get(contactCreate, { input: { name: "Kim", ...input } })).contactCreate.contact;
const namesBy = async (f: unknown) =>
  (await admin.client.get(contactsBy, { f })).contacts.nodes.map(({ name }: { name: string }) => name).sort();

describe("an externalId is a foreign key", () => {
  it("is kept and found as it was given, but for spaces at its ends", async () => {
    const { id, externalId } = await contact({ email: "k1@x.test", externalId: "  K  1 " });
    expect(externalId).toBe("K  1");
    for (const given of ["K  1", " K  1", "K  1\n"]) {
      const by = await admin.client.get("query ($e: String) { contact(by: { externalId: $e }) { id } }", { e: given });
      expect(by.contact.id).toBe(id);
      const list = await admin.client.get(contactsBy, { f: { externalId: { eq: given } } });
      expect(list.contacts.nodes).toMatchObject([{ id }]);
    }
  });

  it("is another one with one space, in another case or another Unicode form", async () => {
    for (const given of ["K 1", "k  1", `K${nbsp}${nbsp}1`])
      expect(
        await admin.client.code("query ($e: String) { contact(by: { externalId: $e }) { id } }", { e: given }),
      ).toBe("NOT_FOUND");
    const composed = await contact({ email: "k2@x.test", externalId: "é" });
    const taken = await contact({ email: "k3@x.test", externalId: "e\u0301" });
    expect(taken.id).not.toBe(composed.id);
    const upsert = `mutation { contactUpsert(input: { externalId: "K 1", email: "k4@x.test" }) { results { outcome } } }`;
    expect((await admin.client.get(upsert)).contactUpsert.results).toEqual([{ outcome: "CREATED" }]);
  });

  it.each(["ticket", "message", "company"])("of a %s is found as it was written", async (type) => {
    const id = ` Z  ${type}`;
    const { code } = await acme.ticket({});
    const made = {
      ticket: `mutation { ticketUpdate(ticket: { code: "${code}" }, input: { externalId: "${id}" }) { cursor } }`,
      message: `mutation { messageReceive(ticket: { code: "${code}" }, input: { bodyText: "x", externalId: "${id}" }) { cursor } }`,
      company: `mutation { companyCreate(input: { name: "Z", externalId: "${id}" }) { cursor } }`,
    }[type] as string;
    await admin.client.get(made);
    const read = `query ($e: String) { ${type}(by: { externalId: $e }) { externalId } }`;
    expect((await admin.client.get(read, { e: id }))[type]).toEqual({ externalId: id.trim() });
    expect(await admin.client.code(read, { e: `Z ${type}` })).toBe("NOT_FOUND");
  });
});

describe("a name", () => {
  it.each([
    ["my label", `my${nbsp}label`],
    ["my  labels", `my labels${zeroWidth}`],
    ["soft", "so\u00adft"],
    ["Straße", "STRASSE"],
    ["VIP", "ＶＩＰ"],
    ["ΟΔΟΣ", "οδος"],
    ["ﬁne", "FINE"],
    ["Å", "\u212b"],
    ["I ❤️ it", "i ❤ it"],
    ["한글", "한글".normalize("NFD")],
  ])("is one with another spelling of it: %j and %j", async (first, second) => {
    for (const [create, type] of [
      [labelCreate, "label"],
      [roleCreate, "role"],
    ] as const) {
      const made = (await admin.client.get(create, { name: first }))[`${type}Create`][type];
      expect(await admin.client.code(create, { name: second })).toBe("ALREADY_EXISTS");
      const read = `query ($name: String) { ${type}(by: { name: $name }) { id } }`;
      for (const name of [first, second, ` ${second} `])
        expect((await admin.client.get(read, { name }))[type], name).toEqual({ id: made.id });
    }
    const { code } = await acme.ticket({});
    const put = `mutation ($name: String) { ticketUpdate(ticket: { code: "${code}" }, input: { addLabels: [{ name: $name }] }) { ticket { labels { name } } } }`;
    expect((await admin.client.get(put, { name: second })).ticketUpdate.ticket.labels).toHaveLength(1);
    const tagged = `query ($name: String) { tickets(filter: { labels: { some: { name: { eq: $name } } } }) { nodes { code } } }`;
    expect((await admin.client.get(tagged, { name: second })).tickets.nodes).toEqual([{ code }]);
  });

  it.each([
    ["ı", "i"],
    ["👨‍👩‍👧", "👨👩👧"],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
    ["نامه‌ای", "نامهای"],
    ["Résumé", "Resume"],
  ])("is another one: %s and %s", async (first, second) => {
    const one = (await admin.client.get(labelCreate, { name: first })).labelCreate.label;
    const two = (await admin.client.get(labelCreate, { name: second })).labelCreate.label;
    expect([one.name, two.name]).toEqual([first, second]);
  });

  it("loses invisible characters at its ends, and keeps those that belong to an emoji or a script", async () => {
    const kept = async (name: string) => (await admin.client.get(labelCreate, { name })).labelCreate.label.name;
    expect(await kept(`${zeroWidth} trimmed\u00ad\u3164 `)).toBe("trimmed");
    expect(await kept("sun ☀️ ")).toBe("sun ☀️");
    expect(await kept("می‌خواهم")).toBe("می‌خواهم");
  });

  it.each(["\u200b", "\u00ad", "\u3164", "\u2800", "\ufe0f", " \u2060\u200d ", "\ufeff", "\u{e0041}"])(
    "needs one visible character, and so does every text: %j",
    async (text) => {
      const { code } = await acme.ticket({});
      const refused = async (mutation: string) =>
        (await admin.client.ask(`mutation ($t: String!) { ${mutation} }`, { t: text })).errors?.[0];
      for (const mutation of [
        `labelCreate(input: { name: $t, color: "#3b82f6" }) { cursor }`,
        `roleCreate(input: { name: $t, grants: [{ permission: CONTACT_VIEW }] }) { cursor }`,
        `contactCreate(input: { name: $t, phone: "030123" }) { cursor }`,
        `companyCreate(input: { name: $t }) { cursor }`,
        `companyCreate(input: { name: "C", externalId: $t }) { cursor }`,
        `organizationUpdate(input: { name: $t }) { cursor }`,
        `ticketUpdate(ticket: { code: "${code}" }, input: { subject: $t }) { cursor }`,
        `ticketReply(ticket: { code: "${code}" }, input: { bodyText: $t }) { cursor }`,
        `ticketNoteAdd(ticket: { code: "${code}" }, input: { bodyHtml: $t }) { cursor }`,
        `messageReceive(ticket: { code: "${code}" }, input: { bodyText: $t }) { cursor }`,
      ])
        expect((await refused(mutation))?.extensions.code, mutation).toBe("VALIDATION");
      const notes =
        'mutation ($t: String!) { contactCreate(input: { name: "N", phone: "030123", notes: $t }) { contact { notes } } }';
      expect((await admin.client.get(notes, { t: text })).contactCreate.contact.notes).toBeNull();
    },
  );

  it("is found by a part of it without its accents, and by all of it only with them", async () => {
    await contact({ name: "José Łukasiewicz", email: "jl@x.test" });
    await contact({ name: "Jose Marti", email: "jm@x.test" });
    expect(await namesBy({ name: { contains: "jose" } })).toEqual(["Jose Marti", "José Łukasiewicz"].sort());
    expect(await namesBy({ name: { startsWith: "JOSÉ" } })).toEqual(["Jose Marti", "José Łukasiewicz"].sort());
    expect(await namesBy({ name: { contains: "lukas" } })).toEqual(["José Łukasiewicz"]);
    expect(await namesBy({ name: { eq: "jose marti" } })).toEqual(["Jose Marti"]);
    expect(await namesBy({ name: { eq: "jose łukasiewicz" } })).toEqual([]);
  });
});

describe("an address and a domain", () => {
  it("are one in every form, and are shown in Unicode", async () => {
    const made = await contact({ name: "Umlaut", email: "Ada@mu\u0308ller-idn.test" });
    expect(made.email).toBe("Ada@müller-idn.test");
    const company = (await admin.client.get(companyCreate, { input: { name: "Müller", domains: ["müller-idn.test"] } }))
      .companyCreate.company;
    expect(company.domains).toEqual(["müller-idn.test"]);
    const forms = ["ada@müller-idn.test", "ADA@MÜLLER-IDN.TEST", "ada@xn--mller-idn-q9a.test", "ada@müller-idn.test."];
    for (const email of forms) {
      expect(
        (
          await admin.client.get("query ($e: EmailAddress) { contact(by: { email: $e }) { id company { id } } }", {
            e: email,
          })
        ).contact,
      ).toEqual({ id: made.id, company: { id: company.id } });
      expect(await admin.client.code(contactCreate, { input: { name: "Twin", email } })).toBe("ALREADY_EXISTS");
      expect(await namesBy({ email: { in: [email] } })).toEqual(["Umlaut"]);
    }
    for (const domain of [
      "xn--mller-idn-q9a.test",
      "https://www.MÜLLER-IDN.test/kontakt?x=1",
      "@müller-idn.test",
      "www.müller-idn.test.",
      "müller-idn.test:443",
    ]) {
      expect(
        (await admin.client.get("query ($d: String) { company(by: { domain: $d }) { id } }", { d: domain })).company,
        domain,
      ).toEqual({ id: company.id });
      expect(await admin.client.code(companyCreate, { input: { name: "Twin", domains: [domain] } })).toBe(
        "DOMAIN_TAKEN",
      );
    }
    for (const part of ["muller", "Müller-i", "xn--mller-idn-q9a"])
      expect(await namesBy({ email: { contains: part } }), part).toEqual(["Umlaut"]);
  });

  it.each(["a\u200bda@x.test", "ada@x\u00ad.test", "ada@x\u200d.test", "a\u202eda@x.test"])(
    "have no invisible characters: %j",
    async (email) => {
      const error = (await admin.client.ask(contactCreate, { input: { name: "x", email } })).errors[0];
      expect(error?.extensions.code).toBe("VALIDATION");
      expect(error?.message).toMatch(/e-mail address/);
    },
  );

  it("of a contact are all found by a filter, on contacts and on tickets, as by a reference", async () => {
    const { id } = await contact({ name: "Two", email: "first@two.test" });
    await admin.client.get(
      `mutation { contactUpdate(contact: { id: "${id}" }, input: { addEmails: ["second@two.test"] }) { cursor } }`,
    );
    const ticket = await acme.ticket({ contact: parseGlobalId("Contact", id) });
    for (const email of ["FIRST@two.test", "second@two.test"]) {
      expect(await namesBy({ email: { eq: email } })).toEqual(["Two"]);
      const tickets = "query ($e: String) { tickets(filter: { contact: { email: { eq: $e } } }) { nodes { code } } }";
      expect((await admin.client.get(tickets, { e: email })).tickets.nodes).toEqual([{ code: ticket.code }]);
    }
    expect(await namesBy({ emails: { some: { address: { eq: "second@two.test" } } } })).toEqual(["Two"]);
    expect(await namesBy({ emails: { every: { address: { startsWith: "first@two" } } }, name: { eq: "two" } })).toEqual(
      [],
    );
    expect(await namesBy({ not: { email: { eq: "second@two.test" } }, name: { eq: "two" } })).toEqual([]);
    // Who sees only primary addresses asks for those alone, by filter as by reference.
    const bare = await acme.member({ "ticket.view": "ALL" });
    const tickets = "query ($e: String) { tickets(filter: { contact: { email: { eq: $e } } }) { totalCount } }";
    expect((await bare.client.get(tickets, { e: "first@two.test" })).tickets.totalCount).toBe(1);
    expect((await bare.client.get(tickets, { e: "second@two.test" })).tickets.totalCount).toBe(0);
  });
});

describe("a ticket's code", () => {
  it.each(["#NORD-1", "[NORD-1]", "nord-1 ", "[#nord-1]", "ＮＯＲＤ-1"])(
    "is found as people write it: %s",
    async (code) => {
      await acme.ticket({});
      expect(
        (await admin.client.get("query ($c: String) { ticket(by: { code: $c }) { code } }", { c: code })).ticket,
      ).toEqual({ code: "NORD-1" });
      expect(
        (
          await admin.client.get("query ($c: String!) { tickets(filter: { code: { in: [$c] } }) { nodes { code } } }", {
            c: code,
          })
        ).tickets.nodes,
      ).toEqual([{ code: "NORD-1" }]);
      const note =
        'mutation ($c: String) { ticketNoteAdd(ticket: { code: $c }, input: { bodyText: "x" }) { ticket { code } } }';
      expect((await admin.client.get(note, { c: code })).ticketNoteAdd.ticket).toEqual({ code: "NORD-1" });
    },
  );
});
