import { z } from "zod";
import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { Prisma } from "../db/index.ts";
import { imageOf } from "../entities/image.ts";
import { operation } from "../operations/operation.ts";
import type { Write } from "../writes/write.ts";
import { timeEntryEntity } from "./time-entry.entity.ts";
import { timeEntriesRepriceInput } from "./time-entry.input.ts";
import { isSameAmount, sumAmounts } from "./time-entry.money.ts";
import { priceBy } from "./time-entry.rate.ts";
import { cost, ticketOf } from "./time-entry.steps.ts";
import { type Eligible, lockEntrySet } from "./time-entry-set.steps.ts";

/** Entries with a rate of their own or on an invoice stay: the first was set by a person, the second is fixed. */
const eligible: Eligible = {
  condition: { durationMinutes: { not: null }, invoiceReference: null, rateSource: { not: "ENTRY" } },
  isEligible: (entry) =>
    entry.durationMinutes !== null && entry.invoiceReference === null && entry.rateSource !== "ENTRY",
};

export const timeEntriesReprice = operation({
  permission: "time.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    input: timeEntriesRepriceInput.describe("The entries to reprice."),
  }),
  async run(write, { input }) {
    const { entries, others } = await lockEntrySet(write, input, eligible);
    const costs = await newCosts(write, entries);
    const changed = entries.filter((entry) => isChanged(entry, costs.get(entry.id) as Cost));
    if (!input.dryRun) await save(write, changed, costs);
    const after = entries.map((entry) => costs.get(entry.id) as Cost);
    const outcome: RepriceOutcome = {
      isDryRun: input.dryRun ?? false,
      changedCount: changed.length,
      unchangedCount: entries.length - changed.length,
      skippedCount: others.length,
      before: sumAmounts(entries.filter(({ isBillable }) => isBillable)),
      after: sumAmounts(after.filter((_cost, index) => entries[index]?.isBillable)),
      unpricedCount: entries.filter(({ id, isBillable }) => isBillable && costs.get(id)?.rateSource === "NONE").length,
    };
    return { ids: { outcome: JSON.stringify(outcome) } };
  },
});

/** A replay answers with it too, so it is kept as an id would be. */
export interface RepriceOutcome {
  isDryRun: boolean;
  changedCount: number;
  unchangedCount: number;
  skippedCount: number;
  before: Record<string, string>;
  after: Record<string, string>;
  unpricedCount: number;
}

type Cost = ReturnType<typeof cost>;

/** At the current rates; the billed minutes are frozen with the duration. */
async function newCosts({ tx, viewer }: Write, entries: TimeEntry[]): Promise<Map<string, Cost>> {
  const organization = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { defaultHourlyRate: true, defaultCurrency: true },
  });
  const members = await tx.member.findMany({
    where: { id: { in: [...new Set(entries.map(({ memberId }) => memberId))] } },
    select: { id: true, hourlyRate: true },
  });
  const companyIds = [...new Set(entries.map(({ companyId }) => companyId))].filter((id) => id !== null);
  const companies = await tx.company.findMany({
    where: { id: { in: companyIds } },
    select: { id: true, hourlyRate: true, currency: true },
  });
  const memberOf = new Map(members.map((row) => [row.id, row]));
  const companyOf = new Map(companies.map((row) => [row.id, row]));
  return new Map(
    entries.map((entry) => {
      const company = entry.companyId ? (companyOf.get(entry.companyId) ?? null) : null;
      const member = memberOf.get(entry.memberId) ?? { hourlyRate: null };
      const pricing = priceBy({ entry: null, company, member, organization });
      return [entry.id, cost(pricing, entry.billedMinutes as number, entry.isBillable)];
    }),
  );
}

function isChanged(entry: TimeEntry, next: Cost): boolean {
  const isSame = (a: { toString(): string } | null, b: string | null) =>
    a === null || b === null ? a === b : isSameAmount(a.toString(), b);
  return !(
    isSame(entry.rate, next.rate) &&
    isSame(entry.amount, next.amount) &&
    entry.rateSource === next.rateSource &&
    entry.currency === next.currency
  );
}

async function save({ tx, viewer, now, record }: Write, entries: TimeEntry[], costs: Map<string, Cost>): Promise<void> {
  if (entries.length === 0) return;
  const list = entries.map(({ id }) => costs.get(id) as Cost);
  await tx.$executeRaw(Prisma.sql`
    update time_entries te set rate = n.rate, rate_source = n.rate_source, currency = n.currency, amount = n.amount,
      updated_at = ${now}::timestamptz, version = te.version + 1
    from unnest(${entries.map(({ id }) => id)}::uuid[], ${list.map(({ rate }) => rate)}::numeric[],
      ${list.map(({ rateSource }) => rateSource)}::text[], ${list.map(({ currency }) => currency)}::text[],
      ${list.map(({ amount }) => amount)}::numeric[]) as n (id, rate, rate_source, currency, amount)
    where te.organization_id = ${viewer.organizationId}::uuid and te.id = n.id`);
  for (const [index, entry] of entries.entries())
    record({
      kind: "time_entry.repriced",
      subjectId: entry.id,
      ...ticketOf(entry),
      before: imageOf(timeEntryEntity, entry),
      after: imageOf(timeEntryEntity, {
        ...entry,
        ...(list[index] as object),
        updatedAt: now,
        version: entry.version + 1,
      }),
    });
}
