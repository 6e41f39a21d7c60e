/**
 * Who sees which change: the same table as visibility.ts, asked of images of the change log and of a ticket
 * as it is now, where a statement for each follower would be too much.
 */
import type { Permission } from "../access/permissions.ts";
import { can, memberId, type Viewer } from "../access/viewer.ts";
import { moneyPermissions } from "../access/visibility.ts";
import type { Change } from "./change.ts";
import type { Image } from "./change-log.ts";
import type { SubjectType } from "./topics.ts";

/** A ticket as it is now: the part that seeing it depends on. */
export interface TicketSight {
  id: string;
  assigneeId: string | null;
  deletedAt: Date | null;
}

/** As visibleTickets. */
export function seesTicket(viewer: Viewer, ticket: TicketSight | null): boolean {
  return ticket !== null && ticket.deletedAt === null && can(viewer, "ticket.view", ticket);
}

/** The same of a ticket as a change tells it. */
export function seesTicketImage(viewer: Viewer, image: Image | null): boolean {
  if (image === null || image.deletedAt) return false;
  return can(viewer, "ticket.view", { assigneeId: (image.assigneeId as string | null) ?? null });
}

/** As visibleTimeEntries. */
export function seesTimeEntryImage(viewer: Viewer, image: Image | null, ticket: TicketSight | null): boolean {
  if (image === null) return false;
  if (viewer.grants.get("ticket.view") === "ALL" || image.memberId === memberId(viewer)) return true;
  return ticket !== null && can(viewer, "ticket.view", ticket);
}

/** Whether a change exists for the viewer; `ticket` is the one that it is about, as it is now. */
export function seesChange(viewer: Viewer, change: Change, ticket: TicketSight | null): boolean {
  if (change.needsNoteView && !can(viewer, "note.view")) return false;
  switch (change.subjectType) {
    case "ticket":
      return seesTicket(viewer, ticket) || leavesSight(viewer, change);
    case "message":
      return seesTicket(viewer, ticket);
    case "time_entry":
      return seesTimeEntryImage(viewer, change.after ?? change.before, ticket);
    case "contact":
    case "company":
      return can(viewer, "contact.view");
    case "invitation":
      return can(viewer, "team.manage");
    case "api_key":
      return can(viewer, "integration.manage") || change.subjectId === viewer.actor.id;
    case "label":
    case "member":
    case "role":
    case "organization":
      return true;
    default:
      return change.subjectType satisfies never;
  }
}

/** Of a ticket that was in sight and isn't after this: told by its id alone. */
function leavesSight(viewer: Viewer, { kinds, before, after }: Change): boolean {
  if (kinds.includes("ticket.purged")) return viewer.grants.get("ticket.view") === "ALL";
  return seesTicketImage(viewer, before) && !seesTicketImage(viewer, after);
}

const moneyFields: Partial<Record<SubjectType, readonly string[]>> = {
  organization: ["defaultHourlyRate"],
  member: ["hourlyRate"],
  company: ["hourlyRate", "currency"],
  time_entry: ["rate", "rateSource", "currency", "amount"],
};

/** Fields with a permission of their own, as @access has it in the schema. */
const guardedFields: Partial<Record<SubjectType, Record<string, Permission>>> = {
  role: { grants: "team.manage" },
  api_key: Object.fromEntries(
    [
      ...["prefix", "roleId", "createdByMemberId", "createdByApiKeyId"],
      ...["pointsPerMinute", "expiresAt", "lastUsedAt", "revokedAt"],
    ].map((field) => [field, "integration.manage"]),
  ),
  // The message may be a note.
  time_entry: { messageId: "note.view" },
};

/** Columns with the id of another ticket, which may be out of sight. */
const otherTickets = new Set(["ticketId", "followUpOfId", "mergedIntoId", "mergedTicketId"]);

/** Whether the viewer may see that this field changed, and from what to what. */
export function seesField(viewer: Viewer, change: Change, field: string): boolean {
  const permission = guardedFields[change.subjectType]?.[field];
  if (permission && !can(viewer, permission)) return false;
  if (otherTickets.has(field)) return viewer.grants.get("ticket.view") === "ALL";
  if (!moneyFields[change.subjectType]?.includes(field)) return true;
  if (moneyPermissions.some((money) => can(viewer, money))) return true;
  // Of one's own time the amount, but no rate.
  const owner = (change.after ?? change.before)?.memberId;
  return field === "amount" && owner !== undefined && owner === memberId(viewer);
}

/** Whether the change may have changed what this viewer may do and see. */
export function concernsRights(viewer: Viewer, { subjectType, subjectId }: Change): boolean {
  if (subjectType === "role" || subjectType === "organization") return true;
  return (subjectType === "member" || subjectType === "api_key") && subjectId === viewer.actor.id;
}

/**
 * Everything of a viewer that its sight depends on: two with the same see the same of everything, but for what
 * the schema marks as the viewer's own.
 */
export function sightKey(viewer: Viewer): string {
  let key = keys.get(viewer);
  if (key === undefined) {
    key = makeKey(viewer);
    keys.set(viewer, key);
  }
  return key;
}

/** Two with the same are told the same of this change: of time, each owner sees more than others do. */
export function answerKey(viewer: Viewer, change: Change): string {
  if (change.subjectType !== "time_entry") return sightKey(viewer);
  const isOwn = (change.after ?? change.before)?.memberId === memberId(viewer);
  return `${sightKey(viewer)} ${isOwn}`;
}

/** A viewer's rights don't change: with other ones it is another viewer. */
const keys = new WeakMap<Viewer, string>();

function makeKey(viewer: Viewer): string {
  const grants = [...viewer.grants].sort(([a], [b]) => (a < b ? -1 : 1));
  const isEverywhere = grants.every(([, reach]) => reach === null || reach === "ALL");
  return JSON.stringify([viewer.organizationId, viewer.timeZone, grants, isEverywhere ? null : viewer.actor]);
}
