import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
});
afterAll(() => test.close());

const card = `name domains isArchived hourlyRate { amount } ticketCount
  contacts(first: 10) { totalCount nodes { name } } tickets(first: 10) { totalCount nodes { code } }`;

describe("a company", () => {
  it("is found by id and by any of its domains, with its contacts and tickets", async () => {
    const id = await acme.company("Initech", ["initech.test", "initrode.test"]);
    const contact = await acme.contact("peter@initech.test", "Peter");
    const ticket = await acme.ticket({ contact, companyId: id });
    const ask = `query ($by: CompanyRef!) { company(by: $by) { ${card} } }`;
    const expected = {
      name: "Initech",
      domains: ["initech.test", "initrode.test"],
      isArchived: false,
      hourlyRate: null,
      ticketCount: 1,
      contacts: { totalCount: 1, nodes: [{ name: "Peter" }] },
      tickets: { totalCount: 1, nodes: [{ code: ticket.code }] },
    };
    for (const by of [{ id: acme.globalId("Company", id) }, { domain: "INITRODE.test" }])
      expect((await ada.client.get(ask, { by })).company).toEqual(expected);
    expect(await ada.client.code(ask, { by: { domain: "nowhere.test" } })).toBe("NOT_FOUND");
  });

  it("says of a change what differs, and nothing of its domains when they stay", async () => {
    const id = await acme.company("Archived", ["archived.test"]);
    const by = { id: acme.globalId("Company", id) };
    const told = async (mutation: string) => {
      const { asOf } = (await ada.client.get("{ companies(first: 1) { asOf } }")).companies;
      await ada.client.get(`mutation ($company: CompanyRef!) { ${mutation} { isChanged } }`, { company: by });
      const { changes } = await ada.client.get(
        "query ($after: ChangeCursor!) { changes(after: $after, first: 10) { nodes { fieldChanges { field } } } }",
        { after: asOf },
      );
      const nodes: { fieldChanges: { field: string }[] }[] = changes.nodes;
      return nodes.flatMap(({ fieldChanges }) => fieldChanges.map(({ field }) => field));
    };
    expect(await told("companyArchive(company: $company)")).toEqual(["archivedAt"]);
    expect(await told("companyArchive(company: $company, isArchived: false)")).toEqual(["archivedAt"]);
    expect(await told('companyUpdate(company: $company, input: { notes: "n" })')).toEqual(["notes"]);
    expect(await told('companyUpdate(company: $company, input: { addDomains: ["more.test"] })')).toEqual(["domains"]);
  });

  it("shows its rate to who may see money, in its currency or the organization's", async () => {
    const id = await acme.company("Paying", ["paying.test"]);
    await test.database.query("update companies set hourly_rate = 90 where id = $1", [id]);
    const ask = 'query { company(by: { domain: "paying.test" }) { hourlyRate { amount currency } } }';
    expect((await ada.client.get(ask)).company.hourlyRate).toBeNull();
    const manager = await acme.member("Manager");
    expect((await manager.client.get(ask)).company.hourlyRate).toEqual({ amount: "90.00", currency: "EUR" });
    await test.database.query("update companies set currency = 'USD' where id = $1", [id]);
    expect((await manager.client.get(ask)).company.hourlyRate).toEqual({ amount: "90.00", currency: "USD" });
  });

  it("is seen without contact.view only through a ticket, and then by its name alone", async () => {
    const id = await acme.company("Through a ticket", ["through.test"]);
    const other = await acme.company("Not at all", ["notatall.test"]);
    await acme.ticket({ companyId: id });
    const bare = await acme.member({ "ticket.view": "ALL" });
    const ask = `query ($by: CompanyRef!) { company(by: $by) { name domains isArchived contacts { totalCount } } }`;
    expect((await bare.client.get(ask, { by: { id: acme.globalId("Company", id) } })).company).toEqual({
      name: "Through a ticket",
      domains: null,
      isArchived: null,
      contacts: null,
    });
    expect(await bare.client.code(ask, { by: { id: acme.globalId("Company", other) } })).toBe("NOT_FOUND");
    expect(await bare.client.code("{ companies { totalCount } }")).toBe("FORBIDDEN");
  });
});

describe("companies", () => {
  it("are listed by name, filtered by domain, in as many statements for many as for few", async () => {
    const own = await test.world.organization("Many");
    const agent = await own.member("Agent");
    for (let index = 0; index < 12; index++) {
      const company = await own.company(`Company ${String(index).padStart(2, "0")}`, [`c${index}.test`]);
      await own.ticket({ contact: await own.contact(`x@c${index}.test`), companyId: company });
    }
    const list = `query ($first: Int, $filter: CompanyFilter) { companies(first: $first, filter: $filter) { totalCount nodes { ${card} } } }`;
    const count = async (first: number) => {
      for (let warm = 0; warm < 3; warm++) await agent.client.get(list, { first });
      return test.lastStatements();
    };
    const few = await count(2);
    expect(await count(12)).toBe(few);
    const { companies } = await agent.client.get(list, { first: 2 });
    expect(companies).toMatchObject({
      totalCount: 12,
      nodes: [{ name: "Company 00", ticketCount: 1 }, { name: "Company 01" }],
    });
    const found = await agent.client.get(list, { filter: { domains: { some: { domain: { eq: "C7.test" } } } } });
    expect(found.companies.nodes).toMatchObject([{ name: "Company 07" }]);
  });
});
