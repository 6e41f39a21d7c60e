/** Running timers: time entries without a duration. The database guarantees at most one per member. */

import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { dayIn, toDate } from "../lib/calendar.ts";
import type { LockedTicket } from "../tickets/ticket.steps.ts";
import { DomainError } from "../wire/errors.ts";
import { recordCreated } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { timeEntryEntity } from "./time-entry.entity.ts";
import {
  currentSnapshot,
  lockTimeEntry,
  newRow,
  price,
  snapshotOf,
  ticketOf,
  updateTimeEntry,
} from "./time-entry.steps.ts";

/** After this long, the time since the start no longer says what was actually worked. */
export const staleAfterMinutes = 600;

interface NewTimer {
  ticket: LockedTicket;
  memberId: string;
  startedAt: Date;
  description?: string | null | undefined;
  isBillable?: boolean | null | undefined;
}

/** The caller holds the member's lock and has stopped any running timer. */
export async function insertTimer(write: Write, timer: NewTimer): Promise<TimeEntry> {
  const { tx, viewer } = write;
  const row = await tx.timeEntry.create({
    data: {
      ...newRow(write, timer.memberId, snapshotOf(timer.ticket)),
      description: timer.description ?? "",
      isBillable: timer.isBillable ?? true,
      workedOn: toDate(dayIn(timer.startedAt, viewer.timeZone)),
      startedAt: timer.startedAt,
    },
  });
  recordCreated(write, timeEntryEntity, "time_entry.started", row, ticketOf(row));
  return row;
}

export function lockRunning(write: Write, memberId: string): Promise<TimeEntry | null> {
  return lockTimeEntry(write, { memberId, durationMinutes: null });
}

/** Minutes since its start, rounded up; at least one. */
export function elapsedMinutes({ startedAt }: Pick<TimeEntry, "startedAt">, now: Date): number {
  return Math.max(1, Math.ceil((now.getTime() - (startedAt as Date).getTime()) / 60_000));
}

export function isStale(entry: Pick<TimeEntry, "startedAt" | "durationMinutes">, now: Date): boolean {
  if (entry.durationMinutes !== null || !entry.startedAt) return false;
  return now.getTime() - entry.startedAt.getTime() > staleAfterMinutes * 60_000;
}

interface Review {
  /** Default: the time since the start. */
  durationMinutes?: number | undefined;
  description?: string | null | undefined;
  isBillable?: boolean | null | undefined;
  /** Default: now. */
  until?: Date;
}

/** Saves a running timer as a finished entry. @throws TIMER_TOO_LONG */
export async function stopTimer(write: Write, timer: TimeEntry, review: Review = {}): Promise<TimeEntry> {
  if (review.durationMinutes === undefined) requireNotStale(timer, write.now);
  const durationMinutes = review.durationMinutes ?? elapsedMinutes(timer, review.until ?? write.now);
  const isBillable = review.isBillable ?? timer.isBillable;
  const { memberId } = timer;
  // The ticket's data as of when the time is logged.
  const snapshot = (await currentSnapshot(write, timer)) ?? {};
  const { companyId } = { ...timer, ...snapshot };
  return updateTimeEntry(
    write,
    timer,
    {
      ...snapshot,
      description: review.description ?? timer.description,
      isBillable,
      ...(await price(write, { memberId, companyId, entryRate: null, durationMinutes, isBillable })),
    },
    "time_entry.stopped",
  );
}

/** @throws TIMER_TOO_LONG */
export function requireNotStale(timer: TimeEntry, now: Date): void {
  if (isStale(timer, now)) throw tooLong(timer, now);
}

function tooLong(timer: TimeEntry, now: Date): DomainError {
  const hours = Math.floor((now.getTime() - (timer.startedAt as Date).getTime()) / 3_600_000);
  return new DomainError(
    "TIMER_TOO_LONG",
    `The timer on ${timer.ticketCode} has run for ${hours} hours, longer than 10; stop it with the duration actually worked (timerStop), or discard it (timerDiscard).`,
    { details: { timeEntryId: timer.id, startedAt: timer.startedAt } },
  );
}

/** Stops the timer of a member who leaves; a stale one is saved with 10 hours. */
export async function stopTimerOfLeaver(write: Write, memberId: string): Promise<void> {
  const timer = await lockRunning(write, memberId);
  if (!timer) return;
  await stopTimer(write, timer, {
    durationMinutes: Math.min(elapsedMinutes(timer, write.now), staleAfterMinutes),
  });
}
