/** Properties with a right of their own, and rights that their holders lose. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../testkit/client.ts";
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

const code = (client: Client, mutation: string, variables: Record<string, unknown> = {}) => {
  const names = Object.keys(variables).map((name) => `$${name}: ID!`);
  return client.code(
    `mutation ${names.length > 0 ? `(${names.join(", ")})` : ""} { ${mutation} { cursor } }`,
    variables,
  );
};

describe("a property with a right of its own", () => {
  it("is checked by it in every input, whatever else the operation lets through", async () => {
    const id = acme.globalId("Company", await acme.company("Target", ["target.test"]));
    const money = await acme.member({ "ticket.view": "ALL", "contact.view": true, "time.manage": "ALL" });
    for (const input of [
      'name: "x"',
      'addDomains: ["evil.test"]',
      'removeDomains: ["target.test"]',
      'notes: "x"',
      'externalId: "x"',
    ])
      expect(await code(money.client, `companyUpdate(company: { id: $id }, input: { ${input} })`, { id }), input).toBe(
        "FORBIDDEN",
      );
    expect(
      await code(money.client, 'companyUpdate(company: { id: $id }, input: { hourlyRate: "9" })', { id }),
    ).toBeNull();
  });

  it("doesn't move by a merge either", async () => {
    const agent = await acme.member("Agent");
    const [rich, bare] = [
      acme.globalId("Company", await acme.company()),
      acme.globalId("Company", await acme.company()),
    ];
    await code(ada.client, 'companyUpdate(company: { id: $id }, input: { hourlyRate: "500", currency: "USD" })', {
      id: rich,
    });
    const merge = "companyMerge(company: { id: $a }, into: { id: $b })";
    expect(await code(agent.client, merge, { a: rich, b: bare })).toBe("FORBIDDEN");
    expect(await code(agent.client, merge, { a: bare, b: rich })).toBeNull();
  });
});

describe("rights that go", () => {
  it("take the invitations with them that only they could give", async () => {
    const boss = await acme.member("Admin");
    const { memberInvite } = await boss.client.get(
      'mutation { memberInvite(input: { email: "heir@mail.test", role: { name: "Admin" } }) { token } }',
    );
    await code(ada.client, "memberRemove(member: { id: $id })", { id: boss.id });
    const accept =
      'mutation ($t: String!) { invitationAccept(input: { token: $t, name: "H", password: "a long enough one" }) { memberId } }';
    expect(await test.anonymous.code(accept, { t: memberInvite.token })).toBe("INVITATION_EXPIRED");
  });

  it("don't come to a key by another role in the place of a deleted one", async () => {
    const roleId = acme.globalId("Role", await acme.role({ "ticket.view": "ASSIGNED" }, "Narrow key"));
    const { apiKeyCreate } = await ada.client.get(
      'mutation ($r: ID!) { apiKeyCreate(input: { name: "narrow", role: { id: $r } }) { secret } }',
      { r: roleId },
    );
    await ada.client.get(
      'mutation { roleDelete(role: { name: "Narrow key" }, input: { reassignTo: { name: "Admin" } }) { deletedRoleId } }',
    );
    const { viewer } = await test.anonymous.get(
      "{ viewer { roleName } }",
      {},
      { authorization: `Bearer ${apiKeyCreate.secret}` },
    );
    expect(viewer.roleName).toBe("Viewer");
  });

  it("don't let a lesser team manager change or end those who may do more", async () => {
    const lesser = await acme.member({ "ticket.view": "ASSIGNED", "team.manage": true });
    const agent = await acme.member("Agent");
    for (const mutation of [
      "memberUpdate(member: { id: $id }, input: { isActive: false, reassignTicketsTo: { isMe: true } })",
      "memberRemove(member: { id: $id })",
    ])
      expect(await code(lesser.client, mutation, { id: agent.id }), mutation).toBe("FORBIDDEN");
  });
});
