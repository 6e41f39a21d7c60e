/** Writes time entries inside a transaction; permissions are checked by the callers. */

import { memberId, type Viewer } from "../access/viewer.ts";
import type { Prisma, TimeEntryModel as TimeEntry } from "../db/index.ts";
import { dayIn, latestDay, toDate } from "../lib/calendar.ts";
import { newUuid } from "../lib/uuid.ts";
import type { LockedTicket } from "../tickets/ticket.steps.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { readLocked } from "../writes/lock.ts";
import { recordCreated, recordDeleted, saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { timeEntryEntity } from "./time-entry.entity.ts";
import { amountOf, billedMinutes } from "./time-entry.money.ts";
import { type Pricing, priceBy } from "./time-entry.rate.ts";

export interface NewTimeEntry {
  ticket: LockedTicket;
  memberId: string;
  messageId?: string | null;
  durationMinutes: number;
  description?: string | null | undefined;
  isBillable?: boolean | null | undefined;
  /** Default: today in the organization's zone. */
  workedOn?: string | null | undefined;
  /** In the entry's currency. Default: the first one set of company, member and organization. */
  rate?: string | null | undefined;
}

/** Logs finished work, priced at the current rates. */
export async function insertTimeEntry(write: Write, entry: NewTimeEntry): Promise<TimeEntry> {
  const { tx, viewer, now } = write;
  const isBillable = entry.isBillable ?? true;
  const snapshot = snapshotOf(entry.ticket);
  const cost = await price(write, {
    ...{ memberId: entry.memberId, companyId: snapshot.companyId, entryRate: entry.rate ?? null },
    ...{ durationMinutes: entry.durationMinutes, isBillable },
  });
  const row = await tx.timeEntry.create({
    data: {
      ...newRow(write, entry.memberId, snapshot),
      messageId: entry.messageId ?? null,
      description: entry.description ?? "",
      isBillable,
      workedOn: toDate(entry.workedOn ?? dayIn(now, viewer.timeZone)),
      ...cost,
    },
  });
  recordCreated(write, timeEntryEntity, "time_entry.created", row, ticketOf(row));
  return row;
}

/** What an entry keeps of its ticket as it is now. */
export function snapshotOf(ticket: LockedTicket) {
  return {
    ticketId: ticket.id,
    ticketCode: ticket.code,
    ticketSubject: ticket.subject,
    companyId: ticket.companyId,
    contactId: ticket.contactId,
  };
}

/** The same for a timer's ticket, which can change while the timer runs; null if the ticket was purged. */
export async function currentSnapshot({ tx }: Write, { ticketId }: Pick<TimeEntry, "ticketId">) {
  const row = ticketId
    ? await tx.ticket.findFirst({
        where: { id: ticketId },
        select: { code: true, subject: true, companyId: true, contactId: true },
      })
    : null;
  if (!row) return null;
  const { code: ticketCode, subject: ticketSubject, companyId, contactId } = row;
  return { ticketCode, ticketSubject, companyId, contactId };
}

export function newRow({ viewer, now }: Write, owner: string, snapshot: ReturnType<typeof snapshotOf>) {
  return {
    organizationId: viewer.organizationId,
    id: newUuid(now.getTime()),
    memberId: owner,
    ...snapshot,
    createdAt: now,
    updatedAt: now,
  };
}

interface Priced {
  memberId: string;
  companyId: string | null;
  entryRate: string | null;
  durationMinutes: number;
  isBillable: boolean;
}

/** Duration, price and amount at the current rates and increment. */
export async function price({ tx, viewer }: Write, entry: Priced) {
  const organization = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { defaultHourlyRate: true, defaultCurrency: true, billingIncrementMinutes: true },
  });
  const member = await tx.member.findFirstOrThrow({ where: { id: entry.memberId }, select: { hourlyRate: true } });
  const company = entry.companyId
    ? await tx.company.findFirstOrThrow({
        where: { id: entry.companyId },
        select: { hourlyRate: true, currency: true },
      })
    : null;
  const pricing = priceBy({ entry: entry.entryRate, company, member, organization });
  return {
    durationMinutes: entry.durationMinutes,
    ...cost(pricing, billedMinutes(entry.durationMinutes, organization.billingIncrementMinutes), entry.isBillable),
  };
}

/** A non-billable entry has amount 0; an entry without a rate has none. */
export function cost({ rate, rateSource, currency }: Pricing, billed: number, isBillable: boolean) {
  const amount = isBillable ? (rate === null ? null : amountOf(billed, rate, currency)) : "0";
  return { rate, rateSource, currency, billedMinutes: billed, amount };
}

/** The entry, locked; null if `where` doesn't match it (any more). */
export async function lockTimeEntry(write: Write, where: Prisma.TimeEntryWhereInput): Promise<TimeEntry | null> {
  const found = await write.tx.timeEntry.findFirst({ where, select: { id: true } });
  return readLocked(write, "time_entries", found, (id) =>
    write.tx.timeEntry.findFirst({ where: { AND: [{ id }, where] } }),
  );
}

type Kind = "time_entry.updated" | "time_entry.stopped" | "time_entry.repriced";

/** Writes the fields that differ, as one change. If nothing differs, nothing is written. */
export function updateTimeEntry(
  write: Write,
  entry: TimeEntry,
  patch: Prisma.TimeEntryUncheckedUpdateInput,
  kind: Kind = "time_entry.updated",
): Promise<TimeEntry> {
  const ticketId = patch.ticketId === undefined ? entry.ticketId : (patch.ticketId as string | null);
  return saveRow(write, timeEntryEntity, kind, entry, patch, { ticketId: ticketId ?? undefined });
}

export async function deleteTimeEntry(write: Write, entry: TimeEntry): Promise<void> {
  const { tx, viewer } = write;
  await tx.timeEntry.delete({
    where: { organizationId_id: { organizationId: viewer.organizationId, id: entry.id } },
  });
  recordDeleted(write, timeEntryEntity, "time_entry.deleted", entry, ticketOf(entry));
}

/** The ticket whose timeline shows changes to the entry. */
export function ticketOf({ ticketId }: TimeEntry): { ticketId?: string } {
  return ticketId ? { ticketId } : {};
}

/** @throws ENTRY_INVOICED */
export function requireNotInvoiced(entry: Pick<TimeEntry, "id" | "ticketCode" | "invoiceReference">): void {
  if (entry.invoiceReference === null) return;
  throw new DomainError(
    "ENTRY_INVOICED",
    `This time entry on ${entry.ticketCode} is on the invoice ${entry.invoiceReference} and can't be changed; take the invoice back first (timeEntriesUninvoice, which needs time.manage).`,
    { details: { timeEntryId: entry.id, invoiceReference: entry.invoiceReference } },
  );
}

/** @throws VALIDATION for a day that hasn't begun anywhere on earth */
export function requireNotFuture(day: string, now: Date, path: string[]): void {
  if (day <= latestDay(now)) return;
  throw invalid(path, `${path.at(-1)} must not be in the future; ${day} hasn't begun anywhere yet.`, "IN_THE_FUTURE");
}

/** The member whose time it is if none is named: the viewer. @throws VALIDATION for an API key, with a way out */
export function requireSelf(viewer: Viewer, path: string[], wayOut: string): string {
  const self = memberId(viewer);
  if (self) return self;
  throw invalid(path, `An API key is not a member and has no time of its own; ${wayOut}.`, "NO_MEMBER");
}
