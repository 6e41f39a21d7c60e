import type { Viewer } from "../access/viewer.ts";
import type { Change as Row } from "../changes/change.ts";
import { type FieldChange, fieldChanges } from "../changes/change.values.ts";
import { seesChange, seesTicket, type TicketState } from "../changes/change.visibility.ts";
import { type ChangeKind, changeKinds, type SubjectType } from "../changes/topics.ts";
import type { Context } from "../context.ts";
import { typeOfSubject } from "../entities/entity.ts";
import { builder } from "../schema/builder.ts";
import { describedEnum } from "../schema/enums.ts";
import { Actor, actorOf, Node } from "../schema/interfaces.ts";
import { findVisibleMessage, findVisibleNode, findVisibleTicket } from "../schema/loaders.ts";
import { toGlobalId } from "../wire/ids.ts";

/** `ticket.status_changed` as enum value: TICKET_STATUS_CHANGED. */
export const kindValue = (kind: ChangeKind) => kind.replace(".", "_").toUpperCase();

export const ChangeKindEnum = builder.enumType("ChangeKind", {
  description: "The kind of a change: what happened, and to which object.",
  values: Object.fromEntries(
    (Object.entries(changeKinds) as [ChangeKind, string][]).map(([kind, text]) => [
      kindValue(kind),
      { value: kind, description: `${text}.` },
    ]),
  ),
});

const subjectTypes = [...new Set(Object.keys(changeKinds).map((kind) => kind.split(".")[0] as SubjectType))];

const SubjectTypeEnum = builder.enumType("ChangeSubjectType", {
  description: "The type of object that a change is about.",
  values: Object.fromEntries(
    subjectTypes.map((type) => [
      type.toUpperCase(),
      {
        value: type as string,
        description: `${/^[aio]/.test(type) ? "An" : "A"} ${type.replace("_", " ").replace("api", "API")}.`,
      },
    ]),
  ),
});

const FieldChangeType = builder.objectRef<FieldChange>("FieldChange").implement({
  description: "A field that changed. Fields that the viewer can't see are left out.",
  fields: (t) => ({
    field: t.exposeString("field", { description: "The field's name; for a reference, the name without `Id`." }),
    before: t.field({
      type: "JSON",
      nullable: true,
      description: "The value before, with ids as global ids; null when there was none.",
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: "JSON",
      nullable: true,
      description: "The value after, with ids as global ids; null when there is none.",
      resolve: ({ after }) => after,
    }),
  }),
});

export const setChanges = ["ENTERED", "UPDATED", "LEFT"] as const;
export type SetChange = (typeof setChanges)[number];

const SetChangeEnum = describedEnum<SetChange>("SetChange", "The effect of a change on a filtered set.", {
  ENTERED: "The object is in the set now and wasn't before.",
  UPDATED: "The object was in the set and still is.",
  LEFT: "The object was in the set and no longer is: it doesn't match, was deleted, or the viewer can't see it.",
});

/** What one follower is told about one change; shared by all followers who are told the same. */
export interface ChangeEvent {
  change: Row;
  viewer: Viewer;
  ticket: TicketState | null;
  /** For a filtered set only. */
  setChange?: SetChange;
}

const ChangeEventType = builder.interfaceRef<ChangeEvent>("ChangeEvent").implement({
  description: "One change of the organization's change log.",
  fields: (t) => ({
    cursor: t.field({
      type: "ChangeCursor",
      description:
        "The position right after this change. Pass it as `after` to continue without missing or repeating a change.",
      resolve: ({ change }, _args, context) =>
        context.cursors.encodeChange(change.organizationId, BigInt(change.number)),
    }),
    kinds: t.field({
      type: [ChangeKindEnum],
      description: "The kinds of everything that happened to the subject in this write.",
      resolve: ({ change }) => change.kinds,
    }),
    occurredAt: t.field({
      type: "DateTime",
      description: "When it happened.",
      resolve: ({ change }) => change.occurredAt,
    }),
    actor: t.field({
      type: Actor,
      description: "The actor that made the change.",
      resolve: ({ change }) => actorOf(change.organizationId, change.actorKind, change.actorId),
    }),
    subjectType: t.field({
      type: SubjectTypeEnum,
      description: "The type of the subject.",
      resolve: ({ change }) => change.subjectType,
    }),
    subjectId: t.id({
      description: "The subject's id, even if the subject was deleted.",
      resolve: ({ change }) => toGlobalId(typeOfSubject(change.subjectType), change.subjectId),
    }),
    fieldChanges: t.field({
      type: [FieldChangeType],
      description:
        "The changed fields; all fields when the subject was created or deleted. Empty when the viewer can no longer see the subject, or when the subject has since been erased.",
      resolve: (told) => (isTold(told) ? fieldChanges(told.viewer, told.change) : []),
    }),
  }),
});

/** Whether the viewer can be told the change's content, which requires that the subject is still visible. */
function isTold({ change, viewer, ticket }: ChangeEvent): boolean {
  return change.subjectType === "ticket" ? seesTicket(viewer, ticket) : seesChange(viewer, change, ticket);
}

type Key = { organizationId: string; id: string } | null;
const keyOf = ({ change }: ChangeEvent, isSeen: boolean, id = change.subjectId): Key =>
  isSeen ? { organizationId: change.organizationId, id } : null;

const setChange = {
  description: "The effect of the change on the filtered set.",
} as const;

/**
 * The ticket as it is now; null when it is deleted or not visible. For a viewer who sees all tickets, the state
 * read for everybody decides. For other viewers the ticket may have moved since, so it is checked again.
 */
function ticketOf(told: ChangeEvent, context: Context): Key | Promise<Key> {
  const id = told.change.ticketId ?? told.change.subjectId;
  if (!seesTicket(told.viewer, told.ticket)) return null;
  return told.viewer.grants.get("ticket.view") === "ALL" ? keyOf(told, true, id) : findVisibleTicket(context, id);
}

export const TicketChange = builder.objectRef<ChangeEvent>("TicketChange").implement({
  description: "A change to a ticket, and its effect on the filtered set.",
  interfaces: [ChangeEventType],
  fields: (t) => ({
    setChange: t.field({ type: SetChangeEnum, ...setChange, resolve: (told) => told.setChange as SetChange }),
    ticketId: t.id({
      description: "The ticket's id, even if the ticket was deleted or the viewer can't see it.",
      resolve: ({ change }) => toGlobalId("Ticket", change.subjectId),
    }),
    ticket: t.field({
      type: "Ticket",
      nullable: true,
      description: "The ticket as it is now; null when it was deleted or the viewer can't see it.",
      resolve: (told, _args, context) => ticketOf(told, context),
    }),
  }),
});

export const TicketActivity = builder.objectRef<ChangeEvent>("TicketActivity").implement({
  description: "A change to a ticket, to one of its messages or to time logged on it.",
  interfaces: [ChangeEventType],
  fields: (t) => ({
    ticket: t.field({
      type: "Ticket",
      nullable: true,
      description: "The ticket as it is now; null when it was deleted or the viewer can't see it.",
      resolve: (told, _args, context) => ticketOf(told, context),
    }),
    message: t.field({
      type: "Message",
      nullable: true,
      description: "The message that the change is about, as it is now; null for other changes.",
      resolve: (told, _args, context) => messageOf(told, context),
    }),
    timeEntry: t.field({
      type: "TimeEntry",
      nullable: true,
      description:
        "The time entry that the change is about, as it is now; null for other changes, and when it was deleted.",
      resolve: (told, _args, context) => timeEntryOf(told, context),
    }),
  }),
});

function messageOf({ change }: ChangeEvent, context: Context): Promise<Key> {
  return findVisibleMessage(context, change.subjectType === "message" ? change.subjectId : null);
}

async function timeEntryOf({ change }: ChangeEvent, context: Context): Promise<Key> {
  return change.subjectType === "time_entry" ? findVisibleNode(context, "TimeEntry", change.subjectId) : null;
}

export const MessageChange = builder.objectRef<ChangeEvent>("MessageChange").implement({
  description: "A change to a message.",
  interfaces: [ChangeEventType],
  fields: (t) => ({
    message: t.field({
      type: "Message",
      nullable: true,
      description: "The message as it is now; null when it no longer exists.",
      resolve: (told, _args, context) => messageOf(told, context),
    }),
  }),
});

export const TimeEntryChange = builder.objectRef<ChangeEvent>("TimeEntryChange").implement({
  description: "A change to a time entry, and its effect on the filtered set.",
  interfaces: [ChangeEventType],
  fields: (t) => ({
    setChange: t.field({ type: SetChangeEnum, ...setChange, resolve: (told) => told.setChange as SetChange }),
    timeEntryId: t.id({
      description: "The entry's id, even if the entry was deleted.",
      resolve: ({ change }) => toGlobalId("TimeEntry", change.subjectId),
    }),
    timeEntry: t.field({
      type: "TimeEntry",
      nullable: true,
      description: "The entry as it is now; null when it was deleted or the viewer can't see it.",
      resolve: (told, _args, context) => timeEntryOf(told, context),
    }),
  }),
});

export const Change = builder.objectRef<ChangeEvent>("Change").implement({
  description: "One change of the organization's change log, of any type.",
  interfaces: [ChangeEventType],
  fields: (t) => ({
    subject: t.field({
      type: Node,
      nullable: true,
      description: "The subject as it is now; null when it was deleted or the viewer can't see it.",
      resolve: ({ change }, _args, context) =>
        findVisibleNode(context, typeOfSubject(change.subjectType), change.subjectId),
    }),
  }),
});
