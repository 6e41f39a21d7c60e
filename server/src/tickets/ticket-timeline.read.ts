/** Pages of ticket timelines: messages and changes in one order, paged by keyset, one statement for all tickets. */
import { can, requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { Prisma } from "../db/index.ts";
import type { Page } from "../schema/connections.ts";
import {
  type Images,
  type TimelineKind,
  type TimelinePart,
  timelinePartNames,
  timelineParts,
} from "./ticket.timeline.ts";

export interface TimelineRow extends Images {
  kind: TimelineKind;
  at: Date;
  /** Breaks ties at one instant: the opening, then the message, then what it changed. Unique in a ticket. */
  id: string;
  organizationId: string;
  ticketId: string;
  /** Set for a message only. */
  messageId: string | null;
  /** Set for a change only. */
  actorKind: string | null;
  actorId: string | null;
}

/** The page of each ticket, in the requested order. */
export async function readTimelines(
  context: Context,
  ticketIds: readonly string[],
  kinds: readonly TimelineKind[],
  { bounds: { after, before, isBackward }, take }: Pick<Page, "bounds" | "take">,
): Promise<Map<string, TimelineRow[]>> {
  const order = isBackward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const rows = await context.db.$queryRaw<TimelineRow[]>(Prisma.sql`
    select page.* from unnest(${[...ticketIds]}::uuid[]) as wanted (id) cross join lateral (
      select * from (${entries(context, kinds)}) as entries where true
      ${after ? Prisma.sql`and (at, id) > (${after.key}::timestamptz, ${after.id})` : Prisma.empty}
      ${before ? Prisma.sql`and (at, id) < (${before.key}::timestamptz, ${before.id})` : Prisma.empty}
      order by at ${order}, id ${order} limit ${take}) as page
    order by at ${order}, page.id ${order}`);
  return Map.groupBy(rows, ({ ticketId }) => ticketId);
}

export async function countTimelines(
  context: Context,
  ticketIds: readonly string[],
  kinds: readonly TimelineKind[],
): Promise<{ parentId: string; count: number }[]> {
  return context.db.$queryRaw(Prisma.sql`
    select wanted.id as "parentId", (select count(*)::int from (${entries(context, kinds)}) as entries) as count
    from unnest(${[...ticketIds]}::uuid[]) as wanted (id)`);
}

/** Everything that the viewer can see in the timeline of ticket `wanted.id`; no notes without note.view. */
function entries(context: Context, kinds: readonly TimelineKind[]): Prisma.Sql {
  const viewer = requireViewer(context);
  const seesNotes = can(viewer, "note.view");
  const parts = timelinePartNames.filter((part) => kinds.includes(part));
  const cases = parts.map((part) => Prisma.sql`case when ${conditionOf(part)} then ${part}::text end`);
  return Prisma.sql`
    select 'MESSAGE' as kind, m.created_at as at, ('b' || m.id::text) collate "C" as id,
      m.organization_id as "organizationId", m.ticket_id as "ticketId", m.id as "messageId",
      null::text as "actorKind", null::uuid as "actorId", null::jsonb as before, null::jsonb as after
    from messages m
    where m.organization_id = ${viewer.organizationId}::uuid and m.ticket_id = wanted.id
      and ${kinds.includes("MESSAGE")} and (${seesNotes} or m.visibility = 'PUBLIC')
    union all
    select part, c.occurred_at, (case part when 'CREATED' then 'a' else 'c' end || lpad(c.number::text, 20, '0') || lpad(ordinal::text, 3, '0')) collate "C",
      c.organization_id, c.ticket_id, null, c.actor_kind, c.actor_id, c.before, c.after
    from changes c
    cross join lateral unnest(array[${cases.length > 0 ? Prisma.join(cases) : Prisma.sql`null::text`}])
      with ordinality as parts (part, ordinal)
    where c.organization_id = ${viewer.organizationId}::uuid and c.ticket_id = wanted.id
      and c.subject_type = 'ticket' and part is not null and (${seesNotes} or not c.needs_note_view)`;
}

/** The condition on a change's images under which the timeline shows this part of it. */
function conditionOf(part: TimelinePart): Prisma.Sql {
  if (part === "CREATED") return Prisma.sql`'ticket.created' = any(c.kinds)`;
  if (part === "MERGE") return Prisma.sql`'ticket.merged' = any(c.kinds)`;
  const { field } = timelineParts[part];
  return Prisma.sql`c.before is not null and c.after is not null
    and c.before -> ${field}::text is distinct from c.after -> ${field}::text`;
}
