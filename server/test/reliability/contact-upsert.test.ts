/** Upserts of the same contacts at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("at once", () => {
  it("100 upserts of one address give one contact, one CREATED", async () => {
    const shop = await test.world.organization("Upserts");
    const { client } = await shop.apiKey("Admin");
    const upsert =
      "mutation ($v: ContactUpsertInput!) { contactUpsert(input: $v) { results { outcome contact { id } } } }";
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        client.get(upsert, { v: { email: index % 2 ? "One@Mail.test" : "one@mail.test", name: "One" } }),
      ),
    );
    const results = answers.map(({ contactUpsert }) => contactUpsert.results[0]);
    expect(new Set(results.map(({ contact }) => contact.id)).size).toBe(1);
    expect(results.filter(({ outcome }) => outcome === "CREATED")).toHaveLength(1);
    expect(
      await test.database.query("select 1 from contacts where organization_id = $1", [shop.organizationId]),
    ).toHaveLength(1);
  });

  it("lists of the same contacts in opposite orders both go through", async () => {
    const shop = await test.world.organization("Orders");
    const { client } = await shop.apiKey("Admin");
    const many = Array.from({ length: 30 }, (_, index) => ({ email: `m${index}@mail.test`, externalId: `e${index}` }));
    const upsert = "mutation ($v: [ContactUpsertInput!]!) { contactsUpsert(input: $v) { results { outcome } } }";
    await Promise.all([many, [...many].reverse(), many, [...many].reverse()].map((v) => client.get(upsert, { v })));
    expect(
      await test.database.query("select 1 from contacts where organization_id = $1", [shop.organizationId]),
    ).toHaveLength(30);
  });
});
