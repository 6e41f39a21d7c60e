/** Companies with their domains, and how contacts come, change and end. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let counter = 0;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const create = "mutation ($v: CompanyCreateInput!) { companyCreate(input: $v) { company { id name domains } } }";
const update =
  "mutation ($c: CompanyRef!, $v: CompanyUpdateInput!) { companyUpdate(company: $c, input: $v) { company { domains version } } }";
const make = async (name: string, domains: string[]) =>
  (await ada.client.get(create, { v: { name, domains } })).companyCreate.company;
const linkOf = async (email: string) =>
  (
    await ada.client.get(
      "query ($e: EmailAddress!) { contact(by: { email: $e }) { company { name } companySource } }",
      { e: email },
    )
  ).contact;
const domain = () => `d${++counter}.test`;

describe("a company's domains", () => {
  it("link contacts that are there and that come, the longest domain winning, never a look-alike", async () => {
    const base = domain();
    await acme.contact(`early@${base}`);
    await acme.contact(`sub@eu.${base}`);
    await acme.contact(`fake@x${base}`);
    await make("Base", [base]);
    await make("Europe", [`eu.${base}`]);
    await acme.contact(`late@mail.eu.${base}`);
    expect(await linkOf(`early@${base}`)).toEqual({ company: { name: "Base" }, companySource: "DOMAIN" });
    expect(await linkOf(`sub@eu.${base}`)).toEqual({ company: { name: "Europe" }, companySource: "DOMAIN" });
    expect(await linkOf(`late@mail.eu.${base}`)).toEqual({ company: { name: "Europe" }, companySource: "DOMAIN" });
    expect(await linkOf(`fake@x${base}`)).toEqual({ company: null, companySource: null });
  });

  it("take links back when they go, or move, and leave alone what a person decided", async () => {
    const base = domain();
    await make("Wide", [base]);
    const narrow = await make("Narrow", [`eu.${base}`]);
    await acme.contact(`auto@eu.${base}`);
    await acme.contact(`manual@eu.${base}`);
    await acme.contact(`none@eu.${base}`);
    const set =
      "mutation ($c: ContactRef!, $v: ContactUpdateInput!) { contactUpdate(contact: $c, input: $v) { cursor } }";
    await ada.client.get(set, { c: { email: `manual@eu.${base}` }, v: { company: { id: narrow.id } } });
    await ada.client.get(set, { c: { email: `none@eu.${base}` }, v: { company: null } });
    await ada.client.get(update, { c: { id: narrow.id }, v: { removeDomains: [`eu.${base}`] } });
    expect((await linkOf(`auto@eu.${base}`)).company.name).toBe("Wide");
    expect(await linkOf(`manual@eu.${base}`)).toEqual({ company: { name: "Narrow" }, companySource: "MANUAL" });
    expect(await linkOf(`none@eu.${base}`)).toEqual({ company: null, companySource: "MANUAL" });
    await ada.client.get(update, { c: { domain: base }, v: { removeDomains: [base] } });
    expect(await linkOf(`auto@eu.${base}`)).toEqual({ company: null, companySource: null });
  });

  it("give a contact's tickets their first company, and leave tickets of another one", async () => {
    const base = domain();
    const other = await acme.company();
    const contact = await acme.contact(`t@${base}`);
    const [without, withOther] = [await acme.ticket({ contact }), await acme.ticket({ contact, companyId: other })];
    const company = await make("First", [base]);
    const companyOf = async (code: string) =>
      (await ada.client.get("query ($c: String!) { ticket(by: { code: $c }) { company { id } } }", { c: code })).ticket
        .company.id;
    expect(await companyOf(without.code)).toBe(company.id);
    expect(await companyOf(withOther.code)).toBe(acme.globalId("Company", other));
  });

  it.each(["gmail.com", "mail.gmail.com", "GMX.de", "co.uk", "com"])(
    "can't be %s: everybody can be there",
    async (name) => {
      const { errors } = await ada.client.ask(create, { v: { name: "Public", domains: [name] } });
      expect(["PUBLIC_DOMAIN", "VALIDATION"]).toContain(errors[0]?.extensions.code);
      if (name !== "com") expect(errors[0]?.extensions.code).toBe("PUBLIC_DOMAIN");
    },
  );

  it("belong to one company: DOMAIN_TAKEN names it, also when two want it at once", async () => {
    const base = domain();
    const owner = await make("Owner", [base]);
    const { errors } = await ada.client.ask(create, { v: { name: "Other", domains: [base.toUpperCase()] } });
    expect(errors[0]?.extensions).toMatchObject({
      code: "DOMAIN_TAKEN",
      details: { companyId: owner.id, domain: base },
    });
    const wanted = domain();
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ada.client.code(create, { v: { name: `Race ${index}`, domains: [wanted] } }),
      ),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === "DOMAIN_TAKEN")).toHaveLength(7);
  });
});

describe("a company", () => {
  it("is made from a contact, whose domain it takes where it can", async () => {
    const base = domain();
    await acme.contact(`boss@${base}`);
    await acme.contact(`peer@${base}`);
    const { companyCreate } = await ada.client.get(create, { v: { name: "Made", contact: { email: `boss@${base}` } } });
    expect(companyCreate.company.domains).toEqual([base]);
    expect((await linkOf(`boss@${base}`)).company.name).toBe("Made");
    expect(await linkOf(`peer@${base}`)).toEqual({ company: { name: "Made" }, companySource: "DOMAIN" });
    await acme.contact(`free${counter}@gmail.com`);
    const free = await ada.client.get(create, { v: { name: "Free", contact: { email: `free${counter}@gmail.com` } } });
    expect(free.companyCreate.company.domains).toEqual([]);
    expect(await linkOf(`free${counter}@gmail.com`)).toEqual({ company: { name: "Free" }, companySource: "MANUAL" });
  });

  it("has a rate, currency and prefix by rights of their own", async () => {
    const { id } = await make("Rates", []);
    const agent = await acme.member("Agent");
    const manager = await acme.member("Manager");
    expect(await agent.client.code(update, { c: { id }, v: { notes: "x" } })).toBeNull();
    for (const v of [{ hourlyRate: "1" }, { currency: "USD" }, { ticketPrefix: "RAT" }])
      expect(await agent.client.code(update, { c: { id }, v }), JSON.stringify(v)).toBe("FORBIDDEN");
    expect(await manager.client.code(update, { c: { id }, v: { hourlyRate: "99.50", currency: "usd" } })).toBeNull();
    expect(await manager.client.code(update, { c: { id }, v: { ticketPrefix: "RAT" } })).toBe("FORBIDDEN");
    expect(await ada.client.code(update, { c: { id }, v: { ticketPrefix: "rat" } })).toBeNull();
    const rates = "query ($id: ID!) { company(by: { id: $id }) { hourlyRate { amount currency } } }";
    expect((await agent.client.get(rates, { id })).company.hourlyRate).toBeNull();
    expect((await manager.client.get(rates, { id })).company.hourlyRate).toEqual({ amount: "99.50", currency: "USD" });
    const ticket = await ada.client.get(
      'mutation ($id: ID!) { ticketCreate(input: { subject: "x", contact: { person: { email: "r@mail.test" } }, company: { id: $id } }) { ticket { code } } }',
      { id },
    );
    expect(ticket.ticketCreate.ticket.code).toBe("RAT-1");
  });

  it("with tickets is archived, not deleted; archived, it links nobody new", async () => {
    const base = domain();
    const { id } = await make("Old", [base]);
    const contact = await acme.contact(`a@${base}`);
    await acme.ticket({
      contact,
      companyId:
        (await test.database.query<{ id: string }>("select company_id as id from contacts where id = $1", [contact]))[0]
          ?.id ?? null,
    });
    const remove = "mutation ($id: ID!) { companyDelete(company: { id: $id }) { deletedCompanyId } }";
    const { errors } = await ada.client.ask(remove, { id });
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([
      "COMPANY_HAS_TICKETS",
      expect.stringContaining("archive it"),
    ]);
    await ada.client.get("mutation ($id: ID!) { companyArchive(company: { id: $id }) { company { isArchived } } }", {
      id,
    });
    await acme.contact(`b@${base}`);
    expect((await linkOf(`b@${base}`)).company).toBeNull();
    expect((await linkOf(`a@${base}`)).company.name).toBe("Old");
    const listed = "query ($f: CompanyFilter) { companies(filter: $f, first: 100) { nodes { id } } }";
    const ids = async (isArchived: boolean) =>
      (await ada.client.get(listed, { f: { isArchived } })).companies.nodes.map((one: { id: string }) => one.id);
    expect(await ids(true)).toContain(id);
    expect(await ids(false)).not.toContain(id);
    const empty = await make("Empty", [domain()]);
    expect((await ada.client.get(remove, { id: empty.id })).companyDelete.deletedCompanyId).toBe(empty.id);
  });

  it("merged into another gives it domains, contacts and tickets, and what it lacks", async () => {
    const [from, to] = [domain(), domain()];
    const [gone, kept] = [await make("Gone", [from]), await make("Kept", [to])];
    const contact = await acme.contact(`m@${from}`);
    const companyId = (
      await test.database.query<{ company_id: string }>("select company_id from contacts where id = $1", [contact])
    )[0]?.company_id as string;
    const ticket = await acme.ticket({ contact, companyId });
    await ada.client.get(update, { c: { id: gone.id }, v: { notes: "remember", hourlyRate: "70" } });
    const { companyMerge } = await ada.client.get(
      "mutation ($a: ID!, $b: ID!) { companyMerge(company: { id: $a }, into: { id: $b }) { deletedCompanyId company { domains notes hourlyRate { amount } tickets { nodes { code } } contacts { totalCount } } } }",
      { a: gone.id, b: kept.id },
    );
    expect(companyMerge).toEqual({
      deletedCompanyId: gone.id,
      company: {
        domains: [from, to].sort(),
        notes: "remember",
        hourlyRate: { amount: "70.00" },
        tickets: { nodes: [{ code: ticket.code }] },
        contacts: { totalCount: 1 },
      },
    });
    expect(
      await ada.client.code(
        "mutation ($a: ID!) { companyMerge(company: { id: $a }, into: { id: $a }) { deletedCompanyId } }",
        { a: kept.id },
      ),
    ).toBe("VALIDATION");
  });

  it("is upserted by externalId or domain: CREATED, UNCHANGED, UPDATED", async () => {
    const upsert =
      "mutation ($v: [CompanyUpsertInput!]!) { companiesUpsert(input: $v) { results { outcome company { id name domains } } } }";
    const base = domain();
    const run = async (v: object[]) => (await ada.client.get(upsert, { v })).companiesUpsert.results;
    const [first] = await run([{ externalId: "crm-1", name: "Synced", domains: [base] }]);
    expect(first).toMatchObject({ outcome: "CREATED", company: { name: "Synced", domains: [base] } });
    expect(await run([{ externalId: "crm-1", name: "Synced", domains: [base] }])).toMatchObject([
      { outcome: "UNCHANGED" },
    ]);
    const again = await run([{ domains: [base, `x.${base}`] }, { externalId: "crm-1", name: "Renamed" }]);
    expect(again).toMatchObject([
      { outcome: "UPDATED" },
      { outcome: "UPDATED", company: { id: first.company.id, name: "Renamed" } },
    ]);
    const other = await make("Else", [domain()]);
    expect(await ada.client.code(upsert, { v: [{ externalId: "crm-1", domains: other.domains }] })).toBe(
      "ALREADY_EXISTS",
    );
  });
});

describe("a contact", () => {
  const upsert =
    "mutation ($v: [ContactUpsertInput!]!) { contactsUpsert(input: $v) { results { outcome contact { id name email otherEmails phone } } } }";
  const run = async (v: object[]) => (await ada.client.get(upsert, { v })).contactsUpsert.results;

  it("is upserted by externalId, then by any address: CREATED, UNCHANGED, UPDATED", async () => {
    const [created] = await run([{ externalId: "c-1", email: "up@mail.test", name: "Up" }]);
    expect(created).toMatchObject({ outcome: "CREATED", contact: { name: "Up", email: "up@mail.test" } });
    expect(await run([{ externalId: "c-1", email: "UP@mail.test", name: "Up" }])).toMatchObject([
      { outcome: "UNCHANGED" },
    ]);
    const [moved] = await run([{ externalId: "c-1", email: "new@mail.test", phone: "+49 30 7" }]);
    expect(moved).toMatchObject({
      outcome: "UPDATED",
      contact: { id: created.contact.id, email: "new@mail.test", otherEmails: ["up@mail.test"] },
    });
    expect(await run([{ email: "up@mail.test", name: "Up" }])).toMatchObject([
      { outcome: "UNCHANGED", contact: { id: created.contact.id } },
    ]);
    await run([{ externalId: "c-2", email: "two@mail.test" }]);
    const { errors } = await ada.client.ask(upsert, {
      v: [{ email: "fresh@mail.test" }, { externalId: "c-1", email: "two@mail.test" }],
    });
    expect(errors[0]?.extensions).toMatchObject({ code: "ALREADY_EXISTS", issues: [{ path: ["input", 1] }] });
    expect(await ada.client.code('query { contact(by: { email: "fresh@mail.test" }) { id } }')).toBe("NOT_FOUND");
    expect(await ada.client.code(upsert, { v: [{ name: "nobody" }] })).toBe("VALIDATION");
    expect(await ada.client.code(upsert, { v: Array(101).fill({ email: "x@mail.test" }) })).toBe("VALIDATION");
  });

  it("merged into another gives it tickets, messages, addresses and places as participant", async () => {
    const [gone, kept] = [await acme.contact("gone@mail.test", "Gone"), await acme.contact("kept@mail.test", "Kept")];
    const ticket = await acme.ticket({ contact: gone, messages: ["mine"] });
    const both = await acme.ticket({ contact: kept });
    const part =
      "mutation ($c: String!, $e: EmailAddress!) { ticketParticipantsUpdate(ticket: { code: $c }, input: { addParticipants: [{ email: $e }] }) { ticket { participants { email } } } }";
    await ada.client.get(part, { c: both.code, e: "gone@mail.test" });
    const third = await acme.ticket();
    await ada.client.get(part, { c: third.code, e: "gone@mail.test" });
    const { contactMerge } = await ada.client.get(
      'mutation { contactMerge(contact: { email: "gone@mail.test" }, into: { email: "kept@mail.test" }) { deletedContactId contact { name email otherEmails tickets { nodes { code } } } } }',
    );
    expect(contactMerge.contact).toMatchObject({
      name: "Kept",
      email: "kept@mail.test",
      otherEmails: ["gone@mail.test"],
    });
    expect(contactMerge.contact.tickets.nodes.map(({ code }: { code: string }) => code).sort()).toEqual(
      [both.code, ticket.code].sort(),
    );
    const look =
      "query ($c: String!) { ticket(by: { code: $c }) { participants { name } messages { nodes { author { name } } } } }";
    expect((await ada.client.get(look, { c: both.code })).ticket.participants).toEqual([]);
    expect((await ada.client.get(look, { c: third.code })).ticket.participants).toEqual([{ name: "Kept" }]);
    expect((await ada.client.get(look, { c: ticket.code })).ticket.messages.nodes[0].author.name).toBe("Kept");
    expect((await ada.client.get('{ contact(by: { email: "GONE@mail.test" }) { name } }')).contact.name).toBe("Kept");
  });

  it("with tickets can't be deleted, only merged or made anonymous", async () => {
    await acme.ticket({ contact: await acme.contact("has@mail.test") });
    const remove = "mutation ($e: EmailAddress!) { contactDelete(contact: { email: $e }) { deletedContactId } }";
    const { errors } = await ada.client.ask(remove, { e: "has@mail.test" });
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([
      "CONTACT_HAS_TICKETS",
      expect.stringMatching(/contactMerge.*contactAnonymize/),
    ]);
    await acme.contact("lone@mail.test");
    expect(await ada.client.code(remove, { e: "lone@mail.test" })).toBeNull();
    expect(await ada.client.code(remove, { e: "lone@mail.test" })).toBe("NOT_FOUND");
  });

  it("made anonymous leaves no trace of name, address or phone in the database; its tickets stay", async () => {
    const contact = await acme.contact("canary.person@mail.test", "Canary Person");
    const { code } = await acme.ticket({ contact });
    await ada.client.get(
      'mutation { contactUpdate(contact: { email: "canary.person@mail.test" }, input: { phone: "+49 30 4242424", notes: "canary note", addEmails: ["canary.two@mail.test"] }) { cursor } }',
    );
    await ada.client.get(
      'mutation ($c: String!) { ticketReply(ticket: { code: $c }, input: { bodyText: "Hi" }) { cursor } }',
      { c: code },
    );
    const { contactAnonymize } = await ada.client.get(
      'mutation { contactAnonymize(contact: { email: "canary.two@mail.test" }) { contact { name email phone isAnonymous otherEmails tickets { totalCount } } } }',
    );
    expect(contactAnonymize.contact).toEqual({
      name: "Anonymous",
      email: null,
      phone: null,
      isAnonymous: true,
      otherEmails: [],
      tickets: { totalCount: 1 },
    });
    const tables = await test.database.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    );
    for (const { name } of tables)
      expect(
        await test.database.query(`select t::text as row from ${name} t where t::text ~* 'canary|4242424'`),
        name,
      ).toEqual([]);
  });
});
