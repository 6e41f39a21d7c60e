/**
 * Who sees which change: the conditions of visibility.ts and the rights of the entity tables, asked of images of the
 * change log and of a ticket as it is now, where a statement for each follower would be too much.
 */
import { can, memberId, type Viewer } from "../access/viewer.ts";
import { visibleOf, visibleTickets, visibleTimeEntries } from "../access/visibility.ts";
import { type Column, type Extra, entityOfSubject, typeOfSubject } from "../entities/entity.ts";
import { type Condition, holds } from "../lib/condition.ts";
import type { Change } from "./change.ts";
import type { Image } from "./change-log.ts";

/** A ticket as it is now: the part that seeing it depends on. */
export interface TicketState {
  id: string;
  assigneeId: string | null;
  deletedAt: Date | null;
}

const ticketConditions = new WeakMap<Viewer, Condition>();

/** Asked of every change for every follower: a viewer's rights don't change, with other ones it is another viewer. */
function ticketCondition(viewer: Viewer): Condition {
  let condition = ticketConditions.get(viewer);
  if (!condition) {
    condition = visibleTickets(viewer) as Condition;
    ticketConditions.set(viewer, condition);
  }
  return condition;
}

const within = ({ organizationId }: Viewer, row: object): Condition => ({ organizationId, ...row });

export function seesTicket(viewer: Viewer, ticket: TicketState | null): boolean {
  return ticket !== null && holds(ticketCondition(viewer), within(viewer, ticket));
}

/** The same of a ticket as a change tells it. */
export function seesTicketImage(viewer: Viewer, image: Image | null): boolean {
  return image !== null && holds(ticketCondition(viewer), within(viewer, image));
}

export function seesTimeEntryImage(viewer: Viewer, image: Image | null, ticket: TicketState | null): boolean {
  if (image === null) return false;
  return holds(
    visibleTimeEntries(viewer) as Condition,
    within(viewer, { ...image, ticket: ticket && within(viewer, ticket) }),
  );
}

/** Whether a change exists for the viewer; `ticket` is the one that it is about, as it is now. */
export function seesChange(viewer: Viewer, change: Change, ticket: TicketState | null): boolean {
  if (change.needsNoteView && !can(viewer, "note.view")) return false;
  switch (change.subjectType) {
    case "ticket":
      return seesTicket(viewer, ticket) || becomesHidden(viewer, change);
    case "message":
      return seesTicket(viewer, ticket);
    case "time_entry":
      return seesTimeEntryImage(viewer, change.after ?? change.before, ticket);
    case "contact":
    case "company":
      return can(viewer, "contact.view");
    default:
      // What the viewer sees of the type, asked of the row as the change has it: a type whose visibility asks for more
      // than that fails here, and gets a case of its own.
      return holds(visibleOf[typeOfSubject(change.subjectType)](viewer), within(viewer, rowOf(change)));
  }
}

function rowOf({ before, after, subjectId, organizationId }: Change): object {
  return { ...(after ?? before), id: subjectId, organizationId };
}

/** Of a ticket that was visible and isn't after this: told by its id alone. */
function becomesHidden(viewer: Viewer, { kinds, before, after }: Change): boolean {
  if (kinds.includes("ticket.purged")) return viewer.grants.get("ticket.view") === "ALL";
  return seesTicketImage(viewer, before) && !seesTicketImage(viewer, after);
}

/**
 * Whether the viewer may see that this column changed, and from what to what: the right of its field, wherever the field
 * shows. An id of another ticket tells of it to those who see all, and a message may be a note.
 */
export function seesColumn(viewer: Viewer, change: Change, column: NonNullable<Column["field"]> | Extra): boolean {
  const { type, read, ownerReads } =
    "options" in column ? { ...column.options, type: column.kind.type } : { ...column, ownerReads: undefined };
  if (type === "Ticket" && viewer.grants.get("ticket.view") !== "ALL") return false;
  if (type === "Message" && !can(viewer, "note.view")) return false;
  if (!read || [read].flat().some((permission) => can(viewer, permission))) return true;
  const owner = ownerReads && (change.after ?? change.before)?.[ownerReads];
  return Boolean(owner) && owner === memberId(viewer);
}

/** Whether the change may have changed what this viewer may do and see. */
export function concernsRights(viewer: Viewer, { subjectType, subjectId }: Change): boolean {
  if (subjectType === "role" || subjectType === "organization") return true;
  return (subjectType === "member" || subjectType === "api_key") && subjectId === viewer.actor.id;
}

/**
 * Everything of a viewer that what it sees depends on: two with the same see the same of everything, but for what
 * the schema marks as the viewer's own.
 */
export function visibilityKey(viewer: Viewer): string {
  let key = keys.get(viewer);
  if (key === undefined) {
    key = makeKey(viewer);
    keys.set(viewer, key);
  }
  return key;
}

/** Two with the same are told the same of this change: an owner may see more of what is theirs than others do. */
export function answerKey(viewer: Viewer, change: Change): string {
  const owner = entityOfSubject(change.subjectType)?.ownedBy;
  if (!owner) return visibilityKey(viewer);
  return `${visibilityKey(viewer)} ${(change.after ?? change.before)?.[owner] === memberId(viewer)}`;
}

/** A viewer's rights don't change: with other ones it is another viewer. */
const keys = new WeakMap<Viewer, string>();

function makeKey(viewer: Viewer): string {
  const grants = [...viewer.grants].sort(([a], [b]) => (a < b ? -1 : 1));
  const isEverywhere = grants.every(([, reach]) => reach === null || reach === "ALL");
  return JSON.stringify([viewer.organizationId, viewer.timeZone, grants, isEverywhere ? null : viewer.actor]);
}
