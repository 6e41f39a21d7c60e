/** Corrects a wrong company: moves a ticket's time to the company that the ticket has now. */

import type { Prisma, TimeEntryModel as TimeEntry } from "../db/index.ts";
import type { LockedTicket } from "../tickets/ticket.steps.ts";
import { DomainError } from "../wire/errors.ts";
import { batchSize } from "../writes/deferred.ts";
import { lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { priceBy } from "./time-entry.rate.ts";
import { cost, updateTimeEntry } from "./time-entry.steps.ts";

export interface MovedTime {
  movedCount: number;
  /** On an invoice, and therefore left with the company they were invoiced to. */
  invoicedCount: number;
}

/**
 * Moves the ticket's finished entries that aren't on an invoice and reprices them by the chain of rates. An entry's own
 * rate stays. A timer takes the company when it stops.
 *
 * @throws VALIDATION when an entry's own rate is in another currency than the company's
 */
export async function moveToCompany(
  write: Write,
  { id: ticketId, code }: LockedTicket,
  companyId: string | null,
): Promise<MovedTime> {
  const { tx, viewer } = write;
  const isElsewhere =
    companyId === null ? { NOT: { companyId: null } } : { OR: [{ companyId: null }, { NOT: { companyId } }] };
  const finished: Prisma.TimeEntryWhereInput = { AND: [{ ticketId, durationMinutes: { not: null } }, isElsewhere] };
  const organization = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { defaultHourlyRate: true, defaultCurrency: true },
  });
  const company = companyId
    ? await tx.company.findFirstOrThrow({ where: { id: companyId }, select: { hourlyRate: true, currency: true } })
    : null;
  const where = { AND: [finished, { invoiceReference: null }] };
  let movedCount = 0;
  for (let more = true; more; ) {
    const found = await tx.timeEntry.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take: batchSize });
    const ids = found.map(({ id }) => id);
    await lockRows(write, "time_entries", ids);
    const entries = await tx.timeEntry.findMany({
      where: { AND: [{ id: { in: ids } }, where] },
      include: { member: { select: { hourlyRate: true } } },
      orderBy: { id: "asc" },
    });
    for (const { member, ...entry } of entries) {
      const ownRate = entry.rateSource === "ENTRY" ? String(entry.rate) : null;
      const pricing = priceBy({ entry: ownRate, company, member, organization });
      if (ownRate !== null) requireSameCurrency(entry, pricing.currency, code);
      const costs = cost(pricing, entry.billedMinutes as number, entry.isBillable);
      await updateTimeEntry(write, entry, { companyId, ...costs });
    }
    movedCount += entries.length;
    more = found.length === batchSize;
  }
  const invoicedCount = await tx.timeEntry.count({ where: { AND: [finished, { NOT: { invoiceReference: null } }] } });
  return { movedCount, invoicedCount };
}

function requireSameCurrency({ id, currency, rate, workedOn }: TimeEntry, next: string, code: string): void {
  if (currency === next) return;
  const message = `The entry of ${workedOn.toISOString().slice(0, 10)} on ${code} has a rate of its own, ${rate} ${currency}, and the company's currency is ${next}. Set its rate to null with timeEntryUpdate to price it by the usual rates, or give it the company and a rate in ${next} in one timeEntryUpdate; then move the rest.`;
  throw new DomainError("VALIDATION", message, {
    issues: [{ path: ["input", "moveTimeEntries"], message, code: "OTHER_CURRENCY" }],
    details: { timeEntryId: id },
  });
}
