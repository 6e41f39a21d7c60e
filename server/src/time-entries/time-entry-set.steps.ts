/** The entries that a bulk operation applies to, locked. */

import { managedTimeEntries, visibleTimeEntries } from "../access/visibility.ts";
import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { filterOf } from "../entities/filters.ts";
import { compileFilter } from "../filters/compile.ts";
import { filterContext } from "../filters/filter-context.ts";
import type { Condition } from "../lib/condition.ts";
import { DomainError, invalid, notFound } from "../wire/errors.ts";
import { lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { maxEntries } from "./time-entry.input.ts";

interface EntrySet {
  filter?: Record<string, unknown> | null | undefined;
  ids?: string[] | null | undefined;
}

/** The entries eligible for an operation; the condition and the predicate must agree. */
export interface Eligible {
  condition: Condition;
  isEligible(entry: TimeEntry): boolean;
}

/**
 * Locks the entries that the filter or the ids select, in the order of ids, and then reads them. With a filter, entries
 * that aren't eligible or are outside the reach of time.manage are left out; named by id, they are among `others`.
 *
 * @throws VALIDATION for both or neither of filter and ids, or too many; NOT_FOUND for an id that isn't visible;
 * FORBIDDEN for one outside the reach of time.manage
 */
export async function lockEntrySet(
  write: Write,
  { filter, ids }: EntrySet,
  { condition, isEligible }: Eligible,
): Promise<{ entries: TimeEntry[]; others: TimeEntry[] }> {
  const { tx, viewer, now } = write;
  if ((filter == null) === (ids == null))
    throw invalid(["input"], "Give exactly one of filter and ids.", "EXACTLY_ONE");
  const chosen = ids
    ? [{ id: { in: ids } }]
    : [
        compileFilter(filterOf("TimeEntry"), filter, filterContext(viewer, now), ["input", "filter"]),
        managedTimeEntries(viewer),
        condition,
      ];
  const where = { AND: [visibleTimeEntries(viewer), ...chosen] };
  const found = await findIds(write, where);
  if (found.length > maxEntries)
    throw invalid(
      ["input", "filter"],
      `More than ${maxEntries.toLocaleString("en")} time entries match; narrow the filter, for example to a month or a company.`,
      "TOO_MANY",
    );
  const missing = (ids ?? []).filter((id) => !found.includes(id));
  if (missing.length > 0) throw notSeen(missing);
  await lockRows(write, "time_entries", found);
  const rows = await tx.timeEntry.findMany({ where: { AND: [{ id: { in: found } }, where] }, orderBy: { id: "asc" } });
  if (ids && (await findIds(write, { AND: [{ id: { in: found } }, managedTimeEntries(viewer)] })).length < rows.length)
    throw new DomainError(
      "FORBIDDEN",
      "One of these time entries is outside the reach of your time.manage; leave it out, or ask someone who can manage it.",
    );
  return { entries: rows.filter(isEligible), others: rows.filter((row) => !isEligible(row)) };
}

function notSeen(missing: string[]): DomainError {
  const { message } = notFound(`${missing.length === 1 ? "1" : missing.length} of these time entries`);
  const details = { timeEntries: missing.slice(0, 20).map((id) => ({ timeEntryId: id })) };
  return new DomainError(
    "NOT_FOUND",
    message
      .replace("was not found. It doesn't", "can't be found (details name them). They don't")
      .replace("see it", "see them"),
    { details },
  );
}

async function findIds({ tx }: Write, where: Condition): Promise<string[]> {
  const rows = await tx.timeEntry.findMany({
    where,
    select: { id: true },
    orderBy: { id: "asc" },
    take: maxEntries + 1,
  });
  return rows.map(({ id }) => id);
}
