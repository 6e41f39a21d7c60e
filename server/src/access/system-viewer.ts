import { builtInGrants, effectiveGrants } from "./roles.ts";
import type { Viewer } from "./viewer.ts";

/** Tiketti itself inside one organization: what happens by rule or by time. Under row security like everybody. */
export function systemViewer(organizationId: string, timeZone = "UTC"): Viewer {
  return {
    actor: { kind: "SYSTEM", id: null, name: "System" },
    organizationId,
    timeZone,
    roleName: "System",
    grants: effectiveGrants(null, builtInGrants("ADMIN")),
    userId: null,
    memberships: [],
  };
}
