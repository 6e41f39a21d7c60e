/** Threats of the reliability goals, by their numbers: people, keys and invitations. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitationLimits } from "../../src/auth/invitation-limits.ts";
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

describe("T30: rights by an unproven address or a company's domain", () => {
  it("come by neither: 40 ways", async () => {
    let cases = 0;
    const globex = await test.world.organization("Globex");
    const boss = await globex.member("Admin");
    for (let index = 0; index < 10; index++) {
      // Somebody signed up with a stranger's address, unproven: no second organization by any way.
      const squatter = await test.world.user(`squatter${index}@victim.test`, false);
      const first = await acme.member("Viewer", squatter);
      const client = await test.world.session(squatter.userId);
      const invite = await boss.client.get(
        'mutation ($e: EmailAddress!) { memberInvite(input: { email: $e, role: { name: "Agent" } }) { token } }',
        { e: squatter.email },
      );
      const accept = "mutation ($t: String!) { invitationAccept(input: { token: $t }) { memberId } }";
      expect(await client.code(accept, { t: invite.memberInvite.token })).toBe("FORBIDDEN");
      expect(
        await client.code(
          `mutation { organizationCreate(input: { name: "Mine", ticketPrefix: "SQ${index}A" }) { memberId } }`,
        ),
      ).toBe("FORBIDDEN");
      expect(
        await boss.client.code(
          'mutation ($e: EmailAddress!) { memberAdd(input: { name: "x", email: $e, password: "a long enough one", role: { name: "Agent" } }) { cursor } }',
          { e: squatter.email },
        ),
      ).toBe("ALREADY_EXISTS");
      expect((await first.client.get("{ viewer { memberships { organizationId } } }")).viewer.memberships).toHaveLength(
        1,
      );
      // An address at a company's domain links the contact and opens nothing to its owner.
      await acme.company(`Linked ${index}`, [`linked${index}.test`]);
      const outsider = await test.world.user(`person@linked${index}.test`);
      await acme.contact(outsider.email);
      const outside = await test.world.session(outsider.userId);
      expect(await outside.code("{ tickets { totalCount } }", {}, { "x-organization-id": acme.id })).toBe(
        "ORGANIZATION_REQUIRED",
      );
      cases += 4;
    }
    expect(cases).toBe(40);
  });
});

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

describe("T33: invitations as a mail bomb", () => {
  it("stop at 3 an hour to one address from all organizations together, and at 50 from one organization", async () => {
    const limited = await startTestServer({ database: test.database, plans: {}, deps: { invitationLimits } });
    try {
      const at = (person: Person) => ({
        ask: async (email: string) => {
          const response = await fetch(`${limited.url}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json", ...person.client.headers },
            body: JSON.stringify({
              query:
                'mutation ($e: EmailAddress!) { memberInvite(input: { email: $e, role: { name: "Viewer" } }) { invitation { id } } }',
              variables: { e: email },
            }),
          });
          const body = (await response.json()) as {
            errors?: { extensions: { code: string; retryAfterMs?: number } }[];
          };
          return body.errors?.[0]?.extensions ?? null;
        },
      });
      const admins: Person[] = [];
      for (let index = 0; index < 6; index++)
        admins.push(await (await test.world.organization(`Bomb ${index}`)).member("Admin"));
      const codes = [];
      for (const admin of admins) codes.push((await at(admin).ask("victim@mail.test"))?.code ?? null);
      expect(codes).toEqual([null, null, null, "RATE_LIMITED", "RATE_LIMITED", "RATE_LIMITED"]);
      const [first] = admins as [Person];
      const flood = [];
      for (let index = 0; index < 60; index++) flood.push(await at(first).ask(`flood${index}@mail.test`));
      expect(flood.filter((answer) => answer === null)).toHaveLength(49);
      expect(flood.at(-1)).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: expect.any(Number) });
    } finally {
      await limited.close();
    }
  });
});
