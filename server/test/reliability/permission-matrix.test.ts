/** G3: every field with every permission alone, and every reach. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionNames, permissions, reaches } from "../../src/access/permissions.ts";
import { PermissionProbes } from "../testkit/permission-probes.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { GrantList, OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let probes: PermissionProbes;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  probes = new PermissionProbes({ acme, admin: await acme.member("Admin"), colleague: await acme.member("Agent") });
});
afterAll(() => test.close());

describe.each(permissionNames)("a custom role with %s alone", (permission) => {
  const { takesReach } = permissions[permission];
  const needsTicket = takesReach || ["note.view", "report.view"].includes(permission);

  it("does that, and nothing else", async () => {
    const grants: GrantList = {
      ...(needsTicket ? { "ticket.view": "ALL" } : {}),
      [permission]: takesReach ? "ALL" : true,
    };
    const me = await acme.member(grants);
    for (const other of permissionNames) {
      const isHeld = other === permission || (needsTicket && other === "ticket.view");
      expect(await probes.isLetIn(me, other), `${other} with ${permission}`).toBe(isHeld);
    }
  });

  if (takesReach)
    it.each(reaches)("reaches as far as %s says, and never further than ticket.view", async (reach) => {
      await probes.expectCell(
        await acme.member({ "ticket.view": reach, [permission]: reach }),
        permission,
        reach,
        reach,
      );
      if (permission !== "ticket.view")
        await probes.expectCell(
          await acme.member({ "ticket.view": "ALL", [permission]: reach }),
          permission,
          reach,
          "ALL",
        );
    });
});
