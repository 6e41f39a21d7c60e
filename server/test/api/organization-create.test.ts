/** organizationCreate with an Idempotency-Key. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("organizationCreate with a key", () => {
  it("makes one organization for each field of a request, and says so when the key is used after a day", async () => {
    const client = await test.world.session((await test.world.user()).userId);
    const headers = { "idempotency-key": "two-at-once" };
    const two =
      'mutation { a: organizationCreate(input: { name: "A", ticketPrefix: "TWOA" }) { organizationId } b: organizationCreate(input: { name: "B", ticketPrefix: "TWOB" }) { organizationId } }';
    const { a, b } = await client.get(two, {}, headers);
    expect(a.organizationId).not.toBe(b.organizationId);
    await test.database.query("update idempotency_keys set created_at = created_at - interval '25 hours'");
    expect(
      await client.code(
        'mutation { a: organizationCreate(input: { name: "A", ticketPrefix: "TWOA" }) { organizationId } }',
        {},
        headers,
      ),
    ).toBe("IDEMPOTENCY_MISMATCH");
  });
});
