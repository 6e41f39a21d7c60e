/** T22: an Idempotency-Key of another operation. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
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

describe("T22: an Idempotency-Key", () => {
  const create = (name: string) =>
    `mutation { labelCreate(input: { name: "${name}", color: "#EF4444" }) { label { name } } }`;

  it("runs nothing of another operation", async () => {
    const client = new Client(test.url, { ...admin.client.headers, "idempotency-key": "one-key" });
    expect(await client.code(create("First"))).toBeNull();
    const other = 'mutation { contactCreate(input: { name: "X", email: "x@other.test" }) { cursor } }';
    expect(await client.code(other)).toBe("IDEMPOTENCY_MISMATCH");
    expect(
      await client.code(`${create("First").slice(0, -1)} b: labelDelete(label: { name: "First" }) { cursor } }`),
    ).toBe("IDEMPOTENCY_MISMATCH");
    expect((await admin.client.get("{ labels { name } }")).labels.map(({ name }: { name: string }) => name)).toContain(
      "First",
    );
    const again = await client.ask(create("First"));
    expect([again.data?.labelCreate.label.name, again.extensions?.replayed]).toEqual(["First", true]);
  });

  it("covers each mutation of a request", async () => {
    const client = new Client(test.url, { ...admin.client.headers, "idempotency-key": "two-mutations" });
    const both =
      'mutation { a: labelCreate(input: { name: "A1", color: "#EF4444" }) { label { id } } b: labelCreate(input: { name: "B1", color: "#EF4444" }) { label { id } } }';
    const first = await client.get(both);
    expect(await client.get(both)).toEqual(first);
  });
});
