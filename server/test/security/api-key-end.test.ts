/** What an API key made, after the key's end. */
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

describe("what an API key made", () => {
  const invite =
    'mutation ($email: EmailAddress!) { memberInvite(input: { email: $email, role: { name: "Admin" } }) { token invitation { id } } }';
  const accept =
    'mutation ($token: String!) { invitationAccept(input: { token: $token, name: "Eve", password: "a long enough one" }) { cursor } }';
  const makeKey = async (client: Client) =>
    (
      await client.get(
        'mutation { apiKeyCreate(input: { name: "k", role: { name: "Admin" } }) { secret apiKey { id } } }',
      )
    ).apiKeyCreate;
  const keyed = (secret: string) => new Client(test.url, { authorization: `Bearer ${secret}` });

  it("ends with it: an invitation opens nothing after the key is revoked, and a key of the key neither", async () => {
    const { secret, apiKey } = await makeKey(admin.client);
    const child = await makeKey(keyed(secret));
    const grandchild = await makeKey(keyed(child.secret));
    const tokens = [
      (await keyed(secret).get(invite, { email: "eve@late.test" })).memberInvite.token,
      (await keyed(child.secret).get(invite, { email: "eva@late.test" })).memberInvite.token,
    ];
    await admin.client.get("mutation ($id: ID!) { apiKeyRevoke(id: $id) { cursor } }", { id: apiKey.id });
    for (const token of tokens) expect(await test.anonymous.code(accept, { token })).toBe("INVITATION_EXPIRED");
    for (const one of [child, grandchild])
      expect(await keyed(one.secret).code("{ viewer { roleName } }")).toBe("UNAUTHENTICATED");
  });

  it("ends when its role loses the right, and works while it has it", async () => {
    const role = (
      await admin.client.get(
        'mutation { roleCreate(input: { name: "Inviter", grants: [{ permission: TEAM_MANAGE }, { permission: TICKET_VIEW, reach: ALL }] }) { role { id } } }',
      )
    ).roleCreate.role.id;
    const { secret } = (
      await admin.client.get('mutation ($r: ID!) { apiKeyCreate(input: { name: "k", role: { id: $r } }) { secret } }', {
        r: role,
      })
    ).apiKeyCreate;
    const asViewer = invite.replace('{ name: "Admin" }', `{ id: "${role}" }`);
    const good = (await keyed(secret).get(asViewer, { email: "good@late.test" })).memberInvite.token;
    const late = (await keyed(secret).get(asViewer, { email: "later@late.test" })).memberInvite.token;
    expect(await test.anonymous.code(accept, { token: good })).toBeNull();
    await admin.client.get(
      "mutation ($id: ID!) { roleUpdate(role: { id: $id }, input: { grants: [{ permission: TICKET_VIEW, reach: ALL }] }) { cursor } }",
      { id: role },
    );
    expect(await test.anonymous.code(accept, { token: late })).toBe("INVITATION_EXPIRED");
  });
});
