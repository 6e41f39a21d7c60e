/** T31, T32: sessions and keys whose owners lose rights. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

describe("T31: sessions and keys that outlive their right", () => {
  const look = "{ tickets { totalCount } }";

  it("end at once with a changed password, a deactivation, a removal and a revoked key", async () => {
    const member = await acme.member("Agent");
    const other = await test.world.session(member.userId);
    const change = "mutation ($v: PasswordChangeInput!) { passwordChange(input: $v) { endedCount } }";
    await member.client.get(change, {
      v: { currentPassword: member.password, newPassword: "another long enough one" },
    });
    expect(await other.code(look)).toBe("UNAUTHENTICATED");
    expect(await member.client.code(look)).toBeNull();
    const set = (isActive: boolean) =>
      ada.client.get(
        "mutation ($id: ID!, $a: Boolean!) { memberUpdate(member: { id: $id }, input: { isActive: $a }) { cursor } }",
        { id: member.id, a: isActive },
      );
    await set(false);
    expect(await member.client.code(look)).toBe("ORGANIZATION_REQUIRED");
    await set(true);
    expect(await member.client.code(look)).toBeNull();
    await ada.client.get("mutation ($id: ID!) { memberRemove(member: { id: $id }) { cursor } }", { id: member.id });
    expect(await member.client.code(look)).toBe("ORGANIZATION_REQUIRED");
    const key = await acme.apiKey("Agent");
    await ada.client.get("mutation ($id: ID!) { apiKeyRevoke(id: $id) { cursor } }", { id: key.id });
    expect(await key.client.code(look)).toBe("UNAUTHENTICATED");
  });
});

describe("T32: an API key whose creator loses rights", () => {
  const keys = "{ apiKeys { name needsReview } }";
  const create = 'mutation ($n: String!) { apiKeyCreate(input: { name: $n, role: { name: "Manager" } }) { secret } }';
  const review = async (name: string) =>
    (await ada.client.get(keys)).apiKeys.find((key: { name: string }) => key.name === name).needsReview;

  it("is marked when the creator is demoted, deactivated or removed, and can be revoked in one call", async () => {
    for (const [name, fall] of [
      ["demoted", 'memberUpdate(member: { id: $id }, input: { role: { name: "Viewer" } }) { cursor }'],
      ["deactivated", "memberUpdate(member: { id: $id }, input: { isActive: false }) { cursor }"],
      ["removed", "memberRemove(member: { id: $id }) { cursor }"],
    ] as const) {
      const creator = await acme.member("Admin");
      const { apiKeyCreate } = await creator.client.get(create, { n: name });
      expect(await review(name)).toBe(false);
      await ada.client.get(`mutation ($id: ID!) { ${fall} }`, { id: creator.id });
      expect(await review(name)).toBe(true);
      const key = { authorization: `Bearer ${apiKeyCreate.secret}` };
      expect(await test.anonymous.code("{ tickets { totalCount } }", {}, key)).toBeNull();
    }
  });
});
