/** companyUpsert and companiesUpsert: rights by row, and other companies' domains. */
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

const done = (mutation: string, variables = {}, person = admin) => person.client.get(mutation, variables);

describe("companiesUpsert", () => {
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
});
