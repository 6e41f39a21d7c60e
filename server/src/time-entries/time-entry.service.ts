import { z } from "zod";
import { memberId, type Reachable, requirePermission, type Viewer } from "../access/viewer.ts";
import { visibleMembers, visibleMessages, visibleTimeEntries } from "../access/visibility.ts";
import { getCompany } from "../customers/company.steps.ts";
import type { Prisma, TimeEntryModel as TimeEntry } from "../db/index.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { memberWhere } from "../inputs/member-reference.ts";
import { describeRef, globalId, type MemberRef, ticketRef } from "../inputs/references.ts";
import { toDate } from "../lib/calendar.ts";
import { operation } from "../operations/operation.ts";
import { getTicket } from "../tickets/ticket.find.steps.ts";
import type { LockedTicket } from "../tickets/ticket.steps.ts";
import { invalid, notFound } from "../wire/errors.ts";
import { requireVersion } from "../writes/version.ts";
import type { Write } from "../writes/write.ts";
import { timeEntryCreateInput, timeEntryUpdateInput } from "./time-entry.input.ts";
import { billedMinutes } from "./time-entry.money.ts";
import type { RateSource } from "./time-entry.rate.ts";
import { mayManageTime, requireTimeRight } from "./time-entry.rights.ts";
import {
  cost,
  currentSnapshot,
  deleteTimeEntry,
  insertTimeEntry,
  lockTimeEntry,
  price,
  requireNotFuture,
  requireNotInvoiced,
  requireSelf,
  snapshotOf,
  updateTimeEntry,
} from "./time-entry.steps.ts";

export const timeEntryCreate = operation({
  permission: ["time.log", "time.manage"],
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket to log time on."),
    input: timeEntryCreateInput.describe("The time to log."),
  }),
  async run(write, { ticket: ref, input: { member, messageId, duration: durationMinutes, ...fields } }) {
    const { viewer, now } = write;
    if (fields.rate) requirePermission(viewer, "time.manage");
    if (fields.workedOn) requireNotFuture(fields.workedOn, now, ["input", "workedOn"]);
    const owner = member
      ? await findOwner(write, member)
      : requireSelf(viewer, ["input", "member"], "name the member whose time it is");
    const ticket = await getTicket(write, ref);
    requireTimeRight(viewer, owner, ticket);
    if (messageId) await requireMessage(write, ticket, messageId);
    const entry = await insertTimeEntry(write, {
      ...{ ticket, memberId: owner, messageId: messageId ?? null, durationMinutes },
      ...fields,
    });
    return { ids: { timeEntryId: entry.id, ticketId: ticket.id } };
  },
});

/** Finds members who left too: they can have hours logged late. @throws NOT_FOUND */
async function findOwner({ tx, viewer }: Write, ref: MemberRef): Promise<string> {
  const where = { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] };
  const member = await tx.member.findFirst({ where, select: { id: true } });
  if (!member) throw notFound(describeRef("Member", ref));
  return member.id;
}

async function requireMessage({ tx, viewer }: Write, ticket: LockedTicket, id: string): Promise<void> {
  const where = { AND: [visibleMessages(viewer), { id, ticketId: ticket.id }] };
  if ((await tx.message.count({ where })) > 0) return;
  throw invalid(
    ["input", "messageId"],
    `Ticket ${ticket.code} has no message with this id; give the id of one of its replies or notes.`,
    "NOT_FOUND",
  );
}

export const timeEntryUpdate = operation({
  permission: ["time.log", "time.manage"],
  errors: ["NOT_FOUND", "ENTRY_INVOICED"],
  input: z.object({
    id: globalId("TimeEntry").describe("The time entry's id."),
    input: timeEntryUpdateInput.describe("The changes."),
  }),
  async run(write, { id, input }) {
    const { viewer, now } = write;
    if (input.rate !== undefined || input.company !== undefined) requirePermission(viewer, "time.manage");
    if (input.workedOn) requireNotFuture(input.workedOn, now, ["input", "workedOn"]);
    const company = input.company && (await getCompany(write, input.company));
    // Tickets are locked before entries.
    const target = input.ticket ? await getTicket(write, input.ticket) : null;
    const entry = await getOwnedTimeEntry(write, id);
    if (target) requireTimeRight(viewer, entry.memberId, target);
    await requireVersion(write, `The time entry on ${entry.ticketCode}`, entry, input.expectedVersion);
    requireNotInvoiced(entry);
    if (entry.durationMinutes === null && input.duration === undefined) {
      if (input.rate)
        throw invalid(
          ["input", "rate"],
          "A running timer has no price yet; give its duration too, to stop it.",
          "RUNNING",
        );
      if (input.company !== undefined)
        throw invalid(
          ["input", "company"],
          "A running timer takes its ticket's company when it stops; change the ticket's company, or give the duration too, to stop the timer.",
          "RUNNING",
        );
      if (input.workedOn)
        throw invalid(
          ["input", "workedOn"],
          "A running timer belongs to the day it was started; give its duration too, to stop it.",
          "RUNNING",
        );
    }
    const isMoved = target !== null && target.id !== entry.ticketId;
    const patch: Prisma.TimeEntryUncheckedUpdateInput = {
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.isBillable === undefined ? {} : { isBillable: input.isBillable }),
      ...(input.workedOn === undefined ? {} : { workedOn: toDate(input.workedOn) }),
      ...(isMoved ? { ...snapshotOf(target), messageId: null } : {}),
    };
    const isStopped = entry.durationMinutes === null && input.duration !== undefined;
    // A timer takes the ticket's data as of when it stops.
    const current = isStopped && !isMoved ? await currentSnapshot(write, entry) : null;
    if (current) Object.assign(patch, current);
    const ofTicket = isMoved ? target.companyId : (current ?? entry).companyId;
    const companyId = input.company === undefined ? ofTicket : (company?.id ?? null);
    patch.companyId = companyId;
    Object.assign(patch, await newPrice(write, entry, input, companyId));
    await updateTimeEntry(write, entry, patch, isStopped ? "time_entry.stopped" : "time_entry.updated");
    return { ids: { timeEntryId: entry.id, ticketId: isMoved ? target.id : entry.ticketId } };
  },
});

interface PriceInput {
  duration?: number | undefined;
  isBillable?: boolean | undefined;
  rate?: string | null | undefined;
}

/**
 * The frozen rate stays, even with a new duration or on another ticket of the same company. It is looked up again when
 * a rate is given or cleared, when this stops a timer, and when the company changes, unless the entry has a rate of its
 * own.
 */
async function newPrice(write: Write, entry: TimeEntry, input: PriceInput, companyId: string | null): Promise<object> {
  const durationMinutes = input.duration ?? entry.durationMinutes;
  if (durationMinutes === null) return {};
  const isBillable = input.isBillable ?? entry.isBillable;
  const ownRate = entry.rateSource === "ENTRY" ? String(entry.rate) : null;
  if (input.rate !== undefined || companyId !== entry.companyId || entry.durationMinutes === null) {
    const entryRate = input.rate === undefined ? ownRate : input.rate;
    const priced = await price(write, { memberId: entry.memberId, companyId, entryRate, durationMinutes, isBillable });
    if (entryRate !== null && input.rate === undefined && priced.currency !== entry.currency)
      throw invalid(
        ["input", "rate"],
        `The entry has a rate of its own in ${entry.currency}, and the other company's currency is ${priced.currency}; someone with time.manage can give a rate, or null for the usual one.`,
        "OTHER_CURRENCY",
      );
    // The billed minutes are frozen with the duration.
    if (durationMinutes !== entry.durationMinutes) return priced;
    return cost(priced, entry.billedMinutes as number, isBillable);
  }
  const pricing = {
    rate: entry.rate === null ? null : String(entry.rate),
    rateSource: entry.rateSource as RateSource,
    currency: entry.currency as string,
  };
  if (input.duration === undefined || input.duration === entry.durationMinutes)
    return cost(pricing, entry.billedMinutes as number, isBillable);
  const { billingIncrementMinutes } = await write.tx.organization.findFirstOrThrow({
    where: { id: write.viewer.organizationId },
    select: { billingIncrementMinutes: true },
  });
  return { durationMinutes, ...cost(pricing, billedMinutes(durationMinutes, billingIncrementMinutes), isBillable) };
}

export const timeEntryDelete = operation({
  permission: ["time.log", "time.manage"],
  errors: ["NOT_FOUND", "ENTRY_INVOICED"],
  input: z.object({
    id: globalId("TimeEntry").describe("The time entry's id."),
    expectedVersion,
  }),
  async run(write, { id, expectedVersion: expected }) {
    const entry = await getOwnedTimeEntry(write, id);
    await requireVersion(write, `The time entry on ${entry.ticketCode}`, entry, expected);
    requireNotInvoiced(entry);
    await deleteTimeEntry(write, entry);
    return { ids: { timeEntryId: entry.id, ticketId: entry.ticketId } };
  },
});

/** A visible entry that the viewer can change, locked. @throws NOT_FOUND, FORBIDDEN */
async function getOwnedTimeEntry(write: Write, id: string): Promise<TimeEntry> {
  const { tx, viewer } = write;
  const entry = await lockTimeEntry(write, { AND: [visibleTimeEntries(viewer), { id }] });
  if (!entry) throw notFound("This time entry");
  const ticket = entry.ticketId
    ? await tx.ticket.findFirst({ where: { id: entry.ticketId }, select: { assigneeId: true } })
    : null;
  requireTimeRight(viewer, entry.memberId, { assigneeId: ticket?.assigneeId ?? null, code: entry.ticketCode });
  return entry;
}

/** What the viewer can do with an entry; `ticket` is null once it is purged. */
export function timeEntryAbilities(
  viewer: Viewer,
  entry: { memberId: string; durationMinutes: number | null; invoiceReference: string | null },
  ticket: Reachable | null,
) {
  const isFree =
    entry.invoiceReference === null && mayManageTime(viewer, entry.memberId, ticket ?? { assigneeId: null });
  const isOwnTimer = entry.durationMinutes === null && entry.memberId === memberId(viewer);
  return { update: isFree, delete: isFree || isOwnTimer, stop: isOwnTimer };
}
