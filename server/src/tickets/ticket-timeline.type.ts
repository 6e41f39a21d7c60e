import type { FieldRef } from "@pothos/core";

/** Ticket.timeline: messages and changes in one connection. */

import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import type { ListSpec } from "../entities/lists.ts";
import { Message } from "../messages/message.type.ts";
import { builder, type Types } from "../schema/builder.ts";
import { connectionType, type PageArgs, readPage } from "../schema/connections.ts";
import { describedEnum } from "../schema/enums.ts";
import { fieldOf } from "../schema/fields.ts";
import { Actor, actorOf } from "../schema/interfaces.ts";
import { countFor, findVisibleCompany, findVisibleContact, findVisibleTicket, loaderOf } from "../schema/loaders.ts";
import { pageArgs } from "../schema/related.ts";
import { invalid } from "../wire/errors.ts";
import { TicketPriority, TicketStatus } from "./ticket.enums.ts";
import { priorityOfRank } from "./ticket.priority.ts";
import {
  listDifference,
  type TimelineKind,
  type TimelinePart,
  timelineKinds,
  timelineParts,
} from "./ticket.timeline.ts";
import { Ticket } from "./ticket.type.ts";
import { countTimelines, readTimelines, type TimelineRow } from "./ticket-timeline.read.ts";

const timelineList: ListSpec = {
  name: "TimelineItem",
  orders: { AT: { column: "at", kind: "instant", description: "When it happened." } },
  defaultOrder: { field: "AT", direction: "ASC" },
};

const TimelineKindEnum = describedEnum<TimelineKind>(
  "TimelineKind",
  "The kinds of items in a timeline.",
  Object.fromEntries([
    ["MESSAGE", "A reply, a customer's message or a note."],
    ...Object.entries(timelineParts).map(([part, { description }]) => [part, description]),
  ]) as Record<TimelineKind, string>,
);

const TicketEvent = builder.interfaceRef<TimelineRow>("TicketEvent").implement({
  description: "Something that happened to a ticket, other than a message.",
  fields: (t) => ({
    actor: t.field({
      type: Actor,
      description: "The actor that caused the event.",
      resolve: ({ organizationId, actorKind, actorId }) => actorOf(organizationId, actorKind as string, actorId),
    }),
    occurredAt: t.field({ type: "DateTime", description: "When it happened.", resolve: ({ at }) => at }),
  }),
  resolveType: ({ kind }) => timelineParts[kind as TimelinePart].type,
});

type Fields = PothosSchemaTypes.ObjectFieldBuilder<Types, TimelineRow>;

function event(part: TimelinePart, fields: (t: Fields) => Record<string, FieldRef<Types, unknown>>) {
  const { type, description } = timelineParts[part];
  return builder.objectRef<TimelineRow>(type).implement({
    description,
    interfaces: [TicketEvent],
    fields: (t) => fields(t),
  });
}

/** A field's value before and after, taken from the images. */
function change(
  part: TimelinePart,
  what: string,
  type: unknown,
  toValue: (value: string, context: Context) => unknown,
) {
  const { field } = timelineParts[part] as { field: string };
  const side = (name: "before" | "after", text: string) => ({
    type,
    nullable: true,
    description: `${what} ${text}; null when there is none or the viewer can't see it.`,
    resolve: (row: TimelineRow, _args: object, context: Context) => {
      const value = row[name]?.[field] ?? null;
      return value === null ? null : toValue(value as string, context);
    },
  });
  return event(part, (t) => ({
    from: fieldOf(t, side("before", "before the change")),
    to: fieldOf(t, side("after", "after the change")),
  }));
}

function listChange(
  part: TimelinePart,
  what: string,
  type: unknown,
  toRows: (ids: string[], context: Context, row: TimelineRow) => unknown,
) {
  const { field } = timelineParts[part] as { field: string };
  const side = (name: "added" | "removed", text: string) => ({
    type: [type],
    description: `${what} that ${text}.`,
    resolve: (row: TimelineRow, _args: object, context: Context) =>
      toRows(listDifference(row, field)[name], context, row),
  });
  return event(part, (t) => ({
    added: fieldOf(t, side("added", "were added")),
    removed: fieldOf(t, side("removed", "were removed")),
  }));
}

const inOrganization = (id: string, context: Context) => ({
  organizationId: requireViewer(context).organizationId,
  id,
});

const events = [
  event("CREATED", () => ({})),
  change("STATUS", "The status", TicketStatus, (status) => status),
  change("ASSIGNEE", "The assignee", "Member", inOrganization),
  // Labels deleted later keep their names here.
  listChange("LABELS", "The labels", "Label", (ids, context) => ids.map((id) => inOrganization(id, context))),
  change("PRIORITY", "The priority", TicketPriority, (rank) => priorityOfRank(Number(rank))),
  change("SUBJECT", "The subject", "String", (subject) => subject),
  change("CONTACT", "The contact", "Contact", (id, context) => findVisibleContact(context, id)),
  change("COMPANY", "The company", "Company", (id, context) => findVisibleCompany(context, id)),
  listChange("PARTICIPANTS", "The contacts", "Contact", async (ids, context) =>
    (await Promise.all(ids.map((id) => findVisibleContact(context, id)))).filter((row) => row !== null),
  ),
  event("MERGE", (t) => ({
    ticket: t.field({
      type: Ticket,
      nullable: true,
      description:
        "The other ticket: the one merged into this one, or the one that this one was merged into; null when the viewer can't see it.",
      resolve: ({ after }, _args, context) =>
        findVisibleTicket(context, (after?.mergedTicketId ?? after?.mergedIntoId ?? null) as string | null),
    }),
  })),
  event("TRASH", (t) => ({
    isDeleted: t.boolean({
      description: "Whether it was moved to the trash (true) or restored (false).",
      resolve: ({ after }) => after?.deletedAt != null,
    }),
  })),
];

const TimelineItem = builder.unionType("TimelineItem", {
  description: "A message of a ticket, or something that happened to it.",
  types: [Message, ...events],
  resolveType: (row) => {
    const { kind } = row as unknown as TimelineRow;
    return kind === "MESSAGE" ? "Message" : timelineParts[kind].type;
  },
});

const TimelineConnection = connectionType("TimelineItem", TimelineItem, false);

/** A message is identified by its key and loaded with the page's other messages in one statement. */
function toItem(row: TimelineRow) {
  return row.kind === "MESSAGE" ? { ...row, id: row.messageId as string, place: row.id } : row;
}

builder.objectField(Ticket, "timeline", (t) =>
  t.field({
    type: TimelineConnection,
    description:
      "The messages and events of the ticket in one list, oldest first; `last` gives the newest. Without `note.view`, notes are left out.",
    args: {
      kinds: t.arg({ type: [TimelineKindEnum], description: "The kinds of items to include. Default: all." }),
      ...pageArgs(t),
    },
    resolve: async ({ id }, { kinds, ...args }, context) => {
      if (kinds?.length === 0) throw invalid(["kinds"], "Give at least one kind, or leave kinds out.", "EMPTY");
      const wanted: readonly TimelineKind[] = kinds ?? timelineKinds;
      const page = readPage(context, timelineList, args as PageArgs);
      const name = JSON.stringify([wanted, args]);
      const load = (ids: readonly string[]) => readTimelines(context, ids, wanted, page);
      const rows = await loaderOf<TimelineRow[]>(context, `timeline ${name}`, load, []).load(id);
      const connection = page.connect(rows, () =>
        countFor(context, `timeline ${name}`, id, (ids) => countTimelines(context, ids, wanted)),
      );
      return {
        ...connection,
        nodes: connection.nodes.map(toItem),
        edges: connection.edges.map(({ node, cursor }) => ({ node: toItem(node), cursor })),
      };
    },
  }),
);
