/** A merge that is repeated, and what it keeps of both. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContact } from "../testkit/requests.ts";
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
const contact = (input: Record<string, unknown> = {}) => createContact(admin.client, input);
const mergeContacts =
  "mutation ($a: ID!, $b: ID!) { contactMerge(contact: { id: $a }, into: { id: $b }) { isChanged contact { id notes } kept { field from isOtherDropped } } }";

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
    expect(both.errors[0]?.message).toMatch(/combined notes would have .* shorten them first/);
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
