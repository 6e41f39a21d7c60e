/** Who can log and change whose time. */
import { can, memberId, type Reachable, requireReach, type Viewer } from "../access/viewer.ts";

type Place = Reachable & { code: string };

/** Your own time with time.log, everyone's with time.manage, each within its reach. */
export function mayManageTime(viewer: Viewer, owner: string, ticket: Reachable): boolean {
  const isOwn = owner === memberId(viewer);
  return (isOwn && can(viewer, "time.log", ticket)) || can(viewer, "time.manage", ticket);
}

/** @throws FORBIDDEN */
export function requireTimeRight(viewer: Viewer, owner: string, ticket: Place): void {
  if (mayManageTime(viewer, owner, ticket)) return;
  requireReach(viewer, owner === memberId(viewer) ? "time.log" : "time.manage", ticket);
}
