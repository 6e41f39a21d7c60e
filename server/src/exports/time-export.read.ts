/** Time entries as rows of a CSV file, read in batches by keyset, so that memory use doesn't grow with their number. */

import { isRevealed } from "../access/typed-contacts.ts";
import { requireViewer } from "../access/viewer.ts";
import { reportedTimeEntries, seesMoney, visibleCompanies, visibleContacts } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { conditionToSql } from "../db/condition-sql.ts";
import { Prisma } from "../db/index.ts";
import { filterOf } from "../entities/filters.ts";
import { compileFilter } from "../filters/compile.ts";
import { parseFilterDate } from "../filters/dates.ts";
import { filterContext } from "../filters/filter-context.ts";
import { dayIn, fromDate, toDate } from "../lib/calendar.ts";
import type { Condition } from "../lib/condition.ts";
import { type CsvForm, type CsvValue, csvRow } from "../lib/csv.ts";
import { addDays } from "../lib/days.ts";
import { toMoney } from "../schema/money.ts";
import { toGlobalId } from "../wire/ids.ts";

/** Rows per batch; each batch waits for its organization's turn. */
const batchSize = 500;
/** Slots that a batch takes: it loads database and process as a heavy query does. */
const placesOfABatch = 3;

interface ExportRow {
  id: string;
  workedOn: string;
  ticketCode: string;
  ticketSubject: string;
  company: string | null;
  contact: string | null;
  member: string;
  description: string;
  durationMinutes: number;
  billedMinutes: number;
  hours: string;
  isBillable: boolean;
  rate: string | null;
  rateSource: string | null;
  currency: string;
  amount: string | null;
  invoiceReference: string | null;
}

const number = (text: string | null | undefined): CsvValue | null => (text == null ? null : { number: text });

const columns: [title: string, value: (row: ExportRow) => CsvValue | null][] = [
  ["Date", (row) => row.workedOn],
  ["Ticket", (row) => row.ticketCode],
  ["Subject", (row) => row.ticketSubject],
  ["Company", (row) => row.company],
  ["Contact", (row) => row.contact],
  ["Member", (row) => row.member],
  ["Description", (row) => row.description],
  ["Minutes", (row) => String(row.durationMinutes)],
  ["Billed minutes", (row) => String(row.billedMinutes)],
  ["Duration in hours", (row) => number(row.hours)],
  ["Billable", (row) => (row.isBillable ? "yes" : "no")],
  ["Rate", (row) => number(toMoney(row.rate, row.currency)?.amount)],
  ["Rate source", (row) => row.rateSource],
  ["Currency", (row) => row.currency],
  ["Amount", (row) => number(toMoney(row.amount, row.currency)?.amount)],
  ["Invoice", (row) => row.invoiceReference],
  ["Entry id", (row) => toGlobalId("TimeEntry", row.id)],
];

export interface TimeExport {
  /** The number of rows when the export began; entries logged or deleted meanwhile can change it. */
  rowCount: number;
  /** With the requested range of days, otherwise the range of the entries. */
  fileName: string;
  /** The header, then the rows in batches, by day and id. */
  chunks(): AsyncGenerator<{ text: string; rows: number }>;
}

/**
 * The entries of the viewer's reports, as a file. @throws VALIDATION, FORBIDDEN for a filter that the viewer can't use
 */
export async function openTimeExport(
  context: Context,
  filter: Record<string, unknown> | null,
  form: CsvForm,
): Promise<TimeExport> {
  const viewer = requireViewer(context);
  const filtering = filterContext(viewer, context.clock.now());
  const where = {
    AND: [reportedTimeEntries(viewer), filter ? compileFilter(filterOf("TimeEntry"), filter, filtering) : {}],
  };
  const [found] = await context.db.$queryRaw<{ count: number; first: string | null; last: string | null }[]>(Prisma.sql`
    select count(*)::int as count, min(te.worked_on)::text as first, max(te.worked_on)::text as last
    from time_entries te where ${conditionToSql("TimeEntry", where, "te")}`);
  const asked = askedRange(filter, (text) => {
    const range = parseFilterDate(text, filtering);
    return range && dayIn(range.from, filtering.timeZone);
  });
  const [from, to] = [asked.from ?? found?.first, asked.to ?? found?.last];
  return {
    rowCount: found?.count ?? 0,
    fileName: `time-entries${from ? `-${from}` : ""}${to ? `-to-${to}` : ""}.csv`,
    chunks: () => readChunks(context, where, form),
  };
}

/** The first and the last day that the filter includes. */
function askedRange(
  filter: Record<string, unknown> | null,
  toDay: (text: string) => string | null,
): { from: string | null; to: string | null } {
  const { eq, gte, gt, lte, lt } = (filter?.workedOn ?? {}) as Record<string, string | undefined>;
  const day = (text: string | undefined, shift = 0) => {
    const found = text === undefined ? null : toDay(text);
    return found && fromDate(addDays(toDate(found), shift));
  };
  return { from: day(eq) ?? day(gte) ?? day(gt, 1), to: day(eq) ?? day(lte) ?? day(lt, -1) };
}

async function* readChunks(
  context: Context,
  where: Condition,
  form: CsvForm,
): AsyncGenerator<{ text: string; rows: number }> {
  yield {
    text: csvRow(
      columns.map(([title]) => title),
      form,
    ),
    rows: 0,
  };
  let last: ExportRow | undefined;
  for (;;) {
    const { organizationId, actor } = requireViewer(context);
    const whose = { group: organizationId, key: actor.id as string, weight: placesOfABatch, isPatient: true };
    const { rows, text } = await context.readTurns.run(whose, async () => {
      const read = await readBatch(context, where, last);
      const lines = read.map((row) =>
        csvRow(
          columns.map(([, value]) => value(row) ?? ""),
          form,
        ),
      );
      return { rows: read, text: lines.join("") };
    });
    if (rows.length > 0) yield { text, rows: rows.length };
    if (rows.length < batchSize) return;
    last = rows.at(-1);
  }
}

/** Companies and contacts are named only to viewers who can see them, as everywhere. */
function readBatch(context: Context, where: Condition, last: ExportRow | undefined): Promise<ExportRow[]> {
  const viewer = requireViewer(context);
  return context.db.$queryRaw<ExportRow[]>(Prisma.sql`
    with batch as (
      select te.* from time_entries te where ${conditionToSql("TimeEntry", where, "te")}
      ${last ? Prisma.sql`and (te.worked_on, te.id) > (${last.workedOn}::date, ${last.id}::uuid)` : Prisma.empty}
      order by te.worked_on, te.id limit ${batchSize})
    select te.id, te.worked_on::text as "workedOn", te.ticket_code as "ticketCode", te.ticket_subject as "ticketSubject",
      c.name as company, p.name as contact, m.name as member, te.description,
      te.duration_minutes as "durationMinutes", te.billed_minutes as "billedMinutes",
      round(te.duration_minutes / 60.0, 4)::text as hours, te.is_billable as "isBillable",
      case when ${seesMoney(viewer)} then trim_scale(te.rate)::text end as rate,
      case when ${seesMoney(viewer)} then te.rate_source end as "rateSource", te.currency,
      trim_scale(te.amount)::text as amount, te.invoice_reference as "invoiceReference"
    from batch te
    join members m on m.organization_id = te.organization_id and m.id = te.member_id
    left join companies c on c.organization_id = te.organization_id and c.id = te.company_id
      and ${conditionToSql("Company", visibleCompanies(viewer), "c")}
    left join contacts p on p.organization_id = te.organization_id and p.id = te.contact_id
      and ${conditionToSql("Contact", visibleContacts(viewer), "p")} and ${isRevealed(viewer, Prisma.sql`p`)}
    order by te.worked_on, te.id`);
}
