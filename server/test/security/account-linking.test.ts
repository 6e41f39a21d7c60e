/** T30: rights by an unproven address or a company's domain. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
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
