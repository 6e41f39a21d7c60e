import { describe, expect, it } from "vitest";
import { builtInRoles, permissionNames, permissions } from "./permissions.ts";
import { builtInGrants, effectiveGrants, grantsBeyond } from "./roles.ts";

const grants = (...list: [string, string | null][]) =>
  effectiveGrants(
    null,
    list.map(([permission, reach]) => ({ permission, reach })),
  );

describe("grants", () => {
  it("never reach wider than ticket.view, and are none on tickets without it", () => {
    expect(grants(["ticket.view", "ASSIGNED"], ["ticket.reply", "ALL"], ["note.view", null]).get("ticket.reply")).toBe(
      "ASSIGNED",
    );
    expect([...grants(["ticket.reply", "ALL"], ["note.view", null])]).toEqual([["note.view", null]]);
  });

  it("of an unknown permission grant nothing", () => {
    expect(grants(["ticket.fly", "ALL"]).size).toBe(0);
  });

  it("beyond the holder's are found by permission and by reach", () => {
    const agent = effectiveGrants("AGENT", []);
    expect(grantsBeyond(effectiveGrants("VIEWER", []), agent)).toEqual([]);
    expect(grantsBeyond(grants(["ticket.view", "ALL"], ["ticket.reply", "ALL"], ["team.manage", null]), agent)).toEqual(
      [
        { permission: "ticket.reply", reach: "ALL" },
        { permission: "team.manage", reach: null },
      ],
    );
  });

  it("of the built-in roles are those of the product's table", () => {
    const counts = builtInRoles.map((role) => builtInGrants(role).length);
    expect(counts).toEqual([19, 15, 10, 3]);
    expect(permissions["ticket.reply"].grants).toEqual({ ADMIN: "ALL", MANAGER: "ALL", AGENT: "AVAILABLE" });
    expect(permissionNames).toHaveLength(19);
  });
});
