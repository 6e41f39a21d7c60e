/** Sums of time entries in one statement, however many groups and currencies. */

import { memberId, requireViewer } from "../access/viewer.ts";
import { seesMoney } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { conditionToSql } from "../db/condition-sql.ts";
import { Prisma } from "../db/index.ts";
import type { Condition } from "../lib/condition.ts";
import type { MoneyShape } from "../schema/money.ts";
import { toMoney } from "../schema/money.ts";

export interface TotalsShape {
  entryCount: number;
  minutes: number;
  billedMinutes: number;
  billableMinutes: number;
  unpricedCount: number;
  amounts: MoneyShape[];
}

export const noTime: TotalsShape = {
  entryCount: 0,
  minutes: 0,
  billedMinutes: 0,
  billableMinutes: 0,
  unpricedCount: 0,
  amounts: [],
};

/** A row of sums as the database returns it. */
export interface TotalsRow extends Omit<TotalsShape, "amounts"> {
  amounts: Record<string, string>;
}

/** Sums per currency of finished entries, named `te`; the amounts are those that the viewer can see. */
export function partialSums(context: Context): Prisma.Sql {
  const viewer = requireViewer(context);
  const shows = seesMoney(viewer) ? Prisma.sql`true` : Prisma.sql`te.member_id = ${memberId(viewer)}::uuid`;
  return Prisma.sql`te.currency, count(*) as entry_count, sum(te.duration_minutes) as minutes,
    sum(te.billed_minutes) as billed_minutes, sum(te.duration_minutes) filter (where te.is_billable) as billable_minutes,
    count(*) filter (where te.is_billable and te.rate_source = 'NONE' and ${shows}) as unpriced_count,
    sum(te.amount) filter (where te.is_billable and ${shows}) as amount`;
}

/** The sums over all currencies, of rows that `partialSums` made. */
export const wholeSums = Prisma.sql`coalesce(sum(entry_count), 0)::int as "entryCount",
  coalesce(sum(minutes), 0)::int as minutes, coalesce(sum(billed_minutes), 0)::int as "billedMinutes",
  coalesce(sum(billable_minutes), 0)::int as "billableMinutes", coalesce(sum(unpriced_count), 0)::int as "unpricedCount",
  coalesce(jsonb_object_agg(currency, trim_scale(amount)::text) filter (where amount is not null), '{}') as amounts`;

export async function readTotals(context: Context, where: Condition): Promise<TotalsShape> {
  const [row] = await context.db.$queryRaw<TotalsRow[]>(Prisma.sql`
    with parts as (
      select ${partialSums(context)} from time_entries te
      where ${conditionToSql("TimeEntry", where, "te")} and te.duration_minutes is not null group by te.currency)
    select ${wholeSums} from parts`);
  return toTotals(row as TotalsRow);
}

/** Sums per ticket or company, in one statement; those without time are left out. */
export async function readTotalsBy(
  context: Context,
  column: "ticketId" | "companyId",
  ids: readonly string[],
  visible: Condition,
): Promise<Map<string, TotalsShape>> {
  const key = column === "ticketId" ? Prisma.sql`te.ticket_id` : Prisma.sql`te.company_id`;
  const where = { AND: [visible, { [column]: { in: [...ids] } }] };
  const rows = await context.db.$queryRaw<(TotalsRow & { id: string })[]>(Prisma.sql`
    with parts as (
      select ${key} as id, ${partialSums(context)} from time_entries te
      where ${conditionToSql("TimeEntry", where, "te")} and te.duration_minutes is not null
      group by ${key}, te.currency)
    select id, ${wholeSums} from parts group by id`);
  return new Map(rows.map((row) => [row.id, toTotals(row)]));
}

export function toTotals({ amounts, ...sums }: TotalsRow): TotalsShape {
  return { ...sums, amounts: toAmounts(amounts) };
}

/** By currency, in the order of their codes. */
export function toAmounts(amounts: Record<string, string>): MoneyShape[] {
  return Object.entries(amounts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => toMoney(amount, currency) as MoneyShape);
}
