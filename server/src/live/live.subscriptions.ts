/** Subscriptions: the change log as it grows, filtered by what each viewer can see at that moment. */

import { z } from "zod";
import { memberId, requireViewer, type Viewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { Change as Row } from "../changes/change.ts";
import { seesChange, seesTicket, seesTicketImage, seesTimeEntryImage } from "../changes/change.visibility.ts";
import type { Image } from "../changes/change-log.ts";
import type { Follower } from "../changes/follower.ts";
import type { Context } from "../context.ts";
import { liveFilterOf } from "../entities/filters.ts";
import { compileFilter } from "../filters/compile.ts";
import type { FilterSpec } from "../filters/filter.ts";
import { filterContext } from "../filters/filter-context.ts";
import { matches } from "../filters/match.ts";
import { describeRef, type TicketRef, ticketRef } from "../inputs/references.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { ticketWhere } from "../tickets/ticket.reference.ts";
import { DomainError, notFound } from "../wire/errors.ts";
import {
  Change,
  type ChangeEvent,
  ChangeKindEnum,
  MessageChange,
  TicketActivity,
  TicketChange,
  TimeEntryChange,
} from "./change.type.ts";
import { type Followed, follow } from "./follow.ts";
import { SetWatch } from "./set-watch.ts";
import { watchCounts } from "./ticket-counts.ts";
import { TicketCounts } from "./ticket-counts.type.ts";

const ticketFilter = liveFilterOf(
  "Ticket",
  "Conditions that select tickets by values that change only with the ticket itself: its own fields and the ids that it refers to. A ticket must meet all given conditions.",
);
const timeEntryFilter = liveFilterOf(
  "TimeEntry",
  "Conditions that select time entries by values that change only with the entry itself. An entry must meet all given conditions.",
);

builder.subscriptionType({
  description:
    "Live updates over WebSocket (subprotocol graphql-transport-ws) or as server-sent events. Most take `after`, a position in the change log: you first get the changes since that position, then new ones, with no gaps and no repetitions.",
});

const errors = ["VALIDATION", "CURSOR_EXPIRED", "RATE_LIMITED"] as const;

const after = {
  type: "ChangeCursor",
  description: "The position to start after: the changes since then come first. Default: only changes from now on.",
} as const;

/** @throws BAD_REQUEST when the request has no stream */
function followerOf(context: Context): Follower {
  if (context.follower) return context.follower;
  throw new DomainError(
    "BAD_REQUEST",
    "A subscription needs a stream: a WebSocket (subprotocol graphql-transport-ws), or a request that accepts text/event-stream.",
  );
}

/** What is told about each wanted change, in order; a change for which `pick` returns null is skipped. */
async function tell(
  context: Context,
  from: string | null | undefined,
  wants: (change: Row) => boolean,
  pick: (followed: Followed) => ChangeEvent | null,
): Promise<AsyncGenerator<ChangeEvent, void, void>> {
  const changes = await follow(context, followerOf(context), from, wants);
  return (async function* () {
    for await (const followed of changes) {
      const told = pick(followed);
      if (told) yield told;
    }
  })();
}

type Filter = Record<string, unknown>;

function holds(spec: FilterSpec, filter: Filter | null | undefined, image: Image, id: string, viewer: Viewer): boolean {
  return !filter || matches(spec, filter, { ...image, id }, memberId(viewer));
}

/** Refuses an unreadable filter immediately instead of at the first change. @throws VALIDATION */
function requireReadable(spec: FilterSpec, filter: Filter | null | undefined, context: Context): void {
  if (filter) compileFilter(spec, filter, filterContext(requireViewer(context), context.clock.now()));
}

/** The ticket that a subscription is about; the code of a merged ticket finds the kept one. */
async function findTicket(context: Context, ref: TicketRef): Promise<string> {
  const where = { AND: [visibleTickets(requireViewer(context)), ticketWhere(ref)] };
  const row = await context.db.ticket.findFirst({ where, select: { id: true, mergedIntoId: true } });
  if (!row) throw notFound(describeRef("Ticket", ref));
  return ref.code && row.mergedIntoId ? row.mergedIntoId : row.id;
}

const readTicketRef = (by: unknown) => parseInput(z.object({ by: ticketRef }), { by }).by;

builder.subscriptionFields((t) => ({
  ticketsChanged: t.field({
    type: TicketChange,
    access: { permission: "ticket.view" },
    errors: [...errors],
    description:
      "Reports tickets that enter, change in and leave a filtered set, as far as the viewer can see them. To keep a list exact, read it with the same conditions and pass its `asOf` as `after`.",
    args: {
      filter: t.arg({ type: filterInput(ticketFilter), description: "The set to watch. Default: all tickets." }),
      after: t.arg(after),
    },
    subscribe: (_root, { filter, after: from }, context) => {
      const viewer = requireViewer(context);
      requireReadable(ticketFilter, filter, context);
      const watch = new SetWatch(
        viewer,
        (as, image, { change }) =>
          image !== null && seesTicketImage(as, image) && holds(ticketFilter, filter, image, change.subjectId, as),
        ({ viewer: as, ticket }) => seesTicket(as, ticket),
      );
      return tell(
        context,
        from,
        ({ subjectType }) => subjectType === "ticket",
        (followed) => watch.tell(followed),
      );
    },
    resolve: (told) => told,
  }),
  ticketChanged: t.field({
    type: TicketActivity,
    access: { permission: "ticket.view" },
    errors: [...errors, "NOT_FOUND"],
    description:
      "Reports everything that happens to one ticket: its own changes, its messages and the time logged on it.",
    args: {
      by: t.arg({ type: inputTypeOf(ticketRef), required: true, description: "The ticket to watch." }),
      after: t.arg(after),
    },
    subscribe: async (_root, { by, after: from }, context) => {
      const id = await findTicket(context, readTicketRef(by));
      return tell(
        context,
        from,
        ({ ticketId }) => ticketId === id,
        (followed) => (seesChange(followed.viewer, followed.change, followed.ticket) ? followed : null),
      );
    },
    resolve: (told) => told,
  }),
  messagesChanged: t.field({
    type: MessageChange,
    access: { permission: "ticket.view" },
    errors: [...errors, "NOT_FOUND"],
    description: "Reports changes to one ticket's messages. Without `note.view`, notes are left out.",
    args: {
      ticket: t.arg({ type: inputTypeOf(ticketRef), required: true, description: "The ticket to watch." }),
      after: t.arg(after),
    },
    subscribe: async (_root, { ticket, after: from }, context) => {
      const id = await findTicket(context, readTicketRef(ticket));
      return tell(
        context,
        from,
        ({ subjectType, ticketId }) => subjectType === "message" && ticketId === id,
        (followed) => (seesChange(followed.viewer, followed.change, followed.ticket) ? followed : null),
      );
    },
    resolve: (told) => told,
  }),
  timeEntriesChanged: t.field({
    type: TimeEntryChange,
    errors: [...errors],
    description:
      "Reports time entries that enter, change in and leave a filtered set, as far as the viewer can see them, including timers that start and stop.",
    args: {
      filter: t.arg({
        type: filterInput(timeEntryFilter),
        description: "The set to watch. Default: all time entries.",
      }),
      after: t.arg(after),
    },
    subscribe: (_root, { filter, after: from }, context) => {
      const viewer = requireViewer(context);
      requireReadable(timeEntryFilter, filter, context);
      const watch = new SetWatch(
        viewer,
        (as, image, { change, ticket }) =>
          image !== null &&
          seesTimeEntryImage(as, image, ticket) &&
          holds(timeEntryFilter, filter, image, change.subjectId, as),
        () => true,
      );
      return tell(
        context,
        from,
        ({ subjectType }) => subjectType === "time_entry",
        (followed) => watch.tell(followed),
      );
    },
    resolve: (told) => told,
  }),
  ticketCountsChanged: t.field({
    type: TicketCounts,
    access: { permission: "ticket.view" },
    errors: ["RATE_LIMITED"],
    description:
      "Reports the counts of the viewer's queues immediately and then whenever they change, at most once a second. The latest state is always delivered.",
    subscribe: (_root, _args, context) => watchCounts(context, followerOf(context)),
    resolve: (counts) => counts,
  }),
  changes: t.field({
    type: Change,
    errors: [...errors],
    description: "Reports every change that the viewer can see, of any type.",
    args: {
      kinds: t.arg({
        type: [ChangeKindEnum],
        description: "The kinds to include: changes with at least one of them. Default: all.",
      }),
      after: t.arg(after),
    },
    subscribe: (_root, { kinds, after: from }, context) =>
      tell(
        context,
        from,
        (change) => !kinds || change.kinds.some((kind) => (kinds as string[]).includes(kind)),
        (followed) => (seesChange(followed.viewer, followed.change, followed.ticket) ? followed : null),
      ),
    resolve: (told) => told,
  }),
}));
