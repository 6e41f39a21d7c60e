/** Values that are large or oddly written. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LiveClient } from "../testkit/live.ts";
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
const contact = (input: Record<string, unknown> = {}) => createContact(admin.client, input);

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
