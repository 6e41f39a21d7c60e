/** Time grouped by up to three keys: sums per currency in one statement, paged by keyset. */

import { requireViewer } from "../access/viewer.ts";
import { ticketsInReach, visibleCompanies } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { conditionToSql } from "../db/condition-sql.ts";
import { Prisma } from "../db/index.ts";
import type { Condition } from "../lib/condition.ts";
import type { Page } from "../schema/connections.ts";
import { partialSums, type TotalsRow, wholeSums } from "../time-entries/time-totals.read.ts";

export const groupings = ["MEMBER", "COMPANY", "TICKET", "LABEL", "DAY", "WEEK", "MONTH"] as const;
export type Grouping = (typeof groupings)[number];

/** One group: its keys and display names, in the order of the groupings; null if it has none. */
export interface GroupRow extends TotalsRow {
  /** Unique in the report, for cursors. */
  id: string;
  name: string;
  /** In the organization's default currency, for sorting; -1 if there is none. */
  amount: string;
  keys: (string | null)[];
  names: (string | null)[];
  /** The ticket of a TICKET key as it is now. */
  ticketId: string | null;
}

export type ReportOrder = "NAME" | "MINUTES" | "BILLED_MINUTES" | "AMOUNT";

/** The key of each grouping, as text so that all keys have one type. */
const keyOf: Record<Grouping, Prisma.Sql> = {
  MEMBER: Prisma.sql`te.member_id::text`,
  COMPANY: Prisma.sql`te.company_id::text`,
  // As it was then, so that a merge or a purge doesn't move time between lines of a past report.
  TICKET: Prisma.sql`te.ticket_code`,
  LABEL: Prisma.sql`label.id::text`,
  DAY: Prisma.sql`te.worked_on::text`,
  // The Monday: ISO 8601.
  WEEK: Prisma.sql`(te.worked_on - (extract(isodow from te.worked_on)::int - 1))::text`,
  MONTH: Prisma.sql`to_char(te.worked_on, 'YYYY-MM')`,
};

export async function readGroups(
  context: Context,
  where: Condition,
  groupBy: readonly Grouping[],
  order: { field: ReportOrder; direction: "ASC" | "DESC" },
  { bounds: { after, before, isBackward }, take }: Pick<Page, "bounds" | "take">,
): Promise<GroupRow[]> {
  const isUp = (order.direction === "ASC") !== isBackward;
  const [way, past] = isUp ? [Prisma.sql`asc`, Prisma.sql`>`] : [Prisma.sql`desc`, Prisma.sql`<`];
  const sort = sortOf[order.field];
  // Backward, `before` is where reading starts.
  const start = isBackward ? before : after;
  return context.db.$queryRaw<GroupRow[]>(Prisma.sql`
    with ${groups(context, where, groupBy)}
    select * from named
    ${start ? Prisma.sql`where (${sort.column}, id) ${past} (${start.key}${sort.cast}, ${start.id} collate "C")` : Prisma.empty}
    order by ${sort.column} ${way}, id ${way} limit ${take}`);
}

export async function countGroups(context: Context, where: Condition, groupBy: readonly Grouping[]): Promise<number> {
  const [row] = await context.db.$queryRaw<{ count: number }[]>(Prisma.sql`
    with ${groups(context, where, groupBy)} select count(*)::int as count from named`);
  return (row as { count: number }).count;
}

const sortOf: Record<ReportOrder, { column: Prisma.Sql; cast: Prisma.Sql }> = {
  NAME: { column: Prisma.sql`name`, cast: Prisma.sql`::text collate "C"` },
  MINUTES: { column: Prisma.sql`minutes`, cast: Prisma.sql`::int` },
  BILLED_MINUTES: { column: Prisma.sql`"billedMinutes"`, cast: Prisma.sql`::int` },
  AMOUNT: { column: Prisma.sql`amount::numeric`, cast: Prisma.sql`::numeric` },
};

/** The column that each order sorts by. */
export const orderColumns: Record<ReportOrder, { column: keyof GroupRow; kind: "text" | "number" }> = {
  NAME: { column: "name", kind: "text" },
  MINUTES: { column: "minutes", kind: "number" },
  BILLED_MINUTES: { column: "billedMinutes", kind: "number" },
  AMOUNT: { column: "amount", kind: "text" },
};

/** The tables `parts` (by group and currency), `sums` (by group) and `named`. */
function groups(context: Context, where: Condition, groupBy: readonly Grouping[]): Prisma.Sql {
  const { organizationId } = requireViewer(context);
  const keys = groupBy.map((grouping, index) => Prisma.sql`${keyOf[grouping]} as ${keyName(index)}`);
  const list = Prisma.join(groupBy.map((_grouping, index) => keyName(index)));
  const labels = groupBy.includes("LABEL")
    ? Prisma.sql`left join (ticket_labels tl join labels label on label.organization_id = tl.organization_id
        and label.id = tl.label_id and label.deleted_at is null)
        on tl.organization_id = te.organization_id and tl.ticket_id = te.ticket_id
        and exists (select from tickets t where t.organization_id = tl.organization_id and t.id = tl.ticket_id
          and ${conditionToSql("Ticket", ticketsInReach(requireViewer(context)), "t")})`
    : Prisma.empty;
  const ticket = groupBy.includes("TICKET")
    ? Prisma.sql`, max(te.ticket_subject) as subject, max(te.ticket_id::text) as ticket_id`
    : Prisma.sql`, null as subject, null as ticket_id`;
  const names = groupBy.map((grouping, index) => nameOf(context, grouping, keyName(index)));
  const sorts = groupBy.map((grouping, index) => sortNameOf(grouping, keyName(index), index));
  return Prisma.sql`
    parts as (
      select ${Prisma.join(keys)}, ${partialSums(context)}${ticket} from time_entries te ${labels}
      where ${conditionToSql("TimeEntry", where, "te")} and te.duration_minutes is not null
      group by ${list}, te.currency),
    sums as (
      select ${list}, max(subject) as subject, max(ticket_id) as "ticketId", ${wholeSums} from parts group by ${list}),
    told as (
      select sums.*, array[${list}]::text[] as keys, array[${Prisma.join(names)}]::text[] as names,
        coalesce(amounts ->> (select default_currency from organizations where id = ${organizationId}::uuid), '-1') as amount
      from sums),
    named as (
      select keys, names, "entryCount", minutes, "billedMinutes", "billableMinutes", "unpricedCount", amounts, amount,
        "ticketId"::uuid as "ticketId", array_to_string(keys, ' ', '-') collate "C" as id,
        lower(array_to_string(array[${Prisma.join(sorts)}]::text[], chr(1), chr(1114109))) collate "C" as name
      from told)`;
}

function keyName(index: number): Prisma.Sql {
  return [Prisma.sql`key0`, Prisma.sql`key1`, Prisma.sql`key2`][index] as Prisma.Sql;
}

/** The sort key of a group: its display name, but with ACME-9 before ACME-10. */
function sortNameOf(grouping: Grouping, key: Prisma.Sql, index: number): Prisma.Sql {
  if (grouping === "TICKET") return Prisma.sql`split_part(${key}, '-', 1) || lpad(split_part(${key}, '-', 2), 12, '0')`;
  return Prisma.sql`names[${index + 1}::int]`;
}

/** The display name of a key; a company's name only for viewers who can see the company. */
function nameOf(context: Context, grouping: Grouping, key: Prisma.Sql): Prisma.Sql {
  const viewer = requireViewer(context);
  const tenant = Prisma.sql`organization_id = ${viewer.organizationId}::uuid`;
  switch (grouping) {
    case "MEMBER":
      return Prisma.sql`(select m.name from members m where m.${tenant} and m.id = ${key}::uuid)`;
    case "COMPANY":
      return Prisma.sql`(select c.name from companies c where c.${tenant} and c.id = ${key}::uuid
        and ${conditionToSql("Company", visibleCompanies(viewer), "c")})`;
    case "LABEL":
      return Prisma.sql`(select l.name from labels l where l.${tenant} and l.id = ${key}::uuid)`;
    case "TICKET":
      return Prisma.sql`${key} || ' ' || subject`;
    default:
      return key;
  }
}
