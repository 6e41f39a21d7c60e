import { can, memberId, type Viewer } from "../access/viewer.ts";
import { ticketsInReach, visibleOf } from "../access/visibility.ts";
import type { CompileContext } from "./compile.ts";

/** What a filter means for this viewer at this instant. */
export function filterContext(viewer: Viewer, now: Date): CompileContext {
  return {
    now,
    timeZone: viewer.timeZone,
    memberId: memberId(viewer),
    can: (permissions) => [permissions].flat().some((permission) => can(viewer, permission)),
    visible: (type) => (type === "Ticket" ? ticketsInReach(viewer) : visibleOf[type](viewer)),
  };
}
