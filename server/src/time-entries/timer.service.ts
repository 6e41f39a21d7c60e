import { z } from "zod";
import { memberId, requireReach } from "../access/viewer.ts";
import type { TimeEntryModel as TimeEntry } from "../db/index.ts";
import { ticketRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { getTicket } from "../tickets/ticket.find.steps.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { timerStartInput, timerStopInput } from "./time-entry.input.ts";
import { deleteTimeEntry, requireSelf } from "./time-entry.steps.ts";
import { insertTimer, isStale, lockRunning, requireNotStale, stopTimer } from "./timer.steps.ts";

/** How far back startedAt can lie, even yesterday: for members who forgot to start the timer. */
const earliestStartHours = 12;

/** A timer that another start ends sooner than this was started by mistake and is discarded. */
const slipMs = 10_000;

export const timerStart = operation({
  permission: "time.log",
  errors: ["NOT_FOUND", "TIMER_TOO_LONG"],
  input: z.object({
    ticket: ticketRef.describe("The ticket to work on."),
    input: timerStartInput.nullish().describe("How to start it. Default: now, billable."),
  }),
  async run(write, { ticket: ref, input }) {
    const { viewer, now } = write;
    const self = requireSelf(viewer, ["ticket"], "a timer belongs to the member who starts it, so sign in as a member");
    const given = input?.startedAt ?? null;
    if (given) requireRecent(given, now);
    // Concurrent starts wait here; the later one stops what the earlier one started.
    await lockSelf(write, self);
    const ticket = await getTicket(write, ref);
    requireReach(viewer, "time.log", ticket);
    const running = await lockRunning(write, self);
    const none = { ticketId: ticket.id, stoppedId: null, droppedId: null };
    // A second click, or the same call again; a stale timer must be reviewed even so.
    if (running?.ticketId === ticket.id && !isStale(running, now)) return { ids: { ...none, timeEntryId: running.id } };
    if (running) requireNotStale(running, now);
    if (running && given) requireAfter(running, given);
    // A timer that began a moment later may have taken the lock first: this one starts where that one did.
    const startedAt = given ?? latest(now, running?.startedAt);
    const isSlip = running !== null && isSlipOfTheHand(running, startedAt, now);
    if (isSlip) await deleteTimeEntry(write, running);
    // No minute counts for both.
    const stopped = running && !isSlip ? await stopTimer(write, running, { until: startedAt }) : null;
    const timer = await insertTimer(write, { ...input, ticket, memberId: self, startedAt });
    const ended = { stoppedId: stopped?.id ?? null, droppedId: isSlip ? running.id : null };
    return { ids: { ...none, ...ended, timeEntryId: timer.id } };
  },
});

/** A timer created and started a moment ago, without a description. */
function isSlipOfTheHand({ createdAt, startedAt, description: text }: TimeEntry, next: Date, now: Date): boolean {
  const isYoung = now.getTime() - createdAt.getTime() < slipMs;
  return isYoung && next.getTime() - (startedAt as Date).getTime() < slipMs && text === "";
}

function latest(one: Date, other: Date | null | undefined): Date {
  return other && other > one ? other : one;
}

/** @throws VALIDATION */
function requireRecent(startedAt: Date, now: Date): void {
  const path = ["input", "startedAt"];
  if (startedAt > now)
    throw invalid(path, "startedAt must not be in the future; leave it out to start now.", "IN_THE_FUTURE");
  if (now.getTime() - startedAt.getTime() <= earliestStartHours * 3_600_000) return;
  throw invalid(
    path,
    `startedAt must be at most ${earliestStartHours} hours ago; log earlier work with timeEntryCreate.`,
    "TOO_EARLY",
  );
}

/** @throws VALIDATION */
function requireAfter({ startedAt, ticketCode }: TimeEntry, next: Date): void {
  if (startedAt === null || next >= startedAt) return;
  throw invalid(
    ["input", "startedAt"],
    `Your timer on ${ticketCode} has been running since ${startedAt.toISOString()}; give a later startedAt, or stop that timer first.`,
    "OVERLAPS",
  );
}

/** Locks the member, because they may have been deactivated since the request began. */
async function lockSelf(write: Write, self: string): Promise<void> {
  await lockRows(write, "members", [self]);
  const member = await write.tx.member.findFirst({ where: { id: self }, select: { isActive: true } });
  if (!member?.isActive)
    throw new DomainError("FORBIDDEN", "Your membership has been deactivated; ask an admin to reactivate it.");
}

export const timerStop = operation({
  // Members can always stop their own timer.
  permission: null,
  errors: ["NOT_FOUND", "TIMER_TOO_LONG"],
  input: z.object({
    input: timerStopInput.nullish().describe("Corrections to what it measured."),
  }),
  async run(write, { input }) {
    const timer = await getRunning(write);
    const stopped = await stopTimer(write, timer, {
      ...input,
      durationMinutes: input?.duration ?? undefined,
    });
    return { ids: { timeEntryId: stopped.id, ticketId: stopped.ticketId } };
  },
});

export const timerDiscard = operation({
  permission: null,
  errors: ["NOT_FOUND"],
  input: z.object({}),
  async run(write) {
    const timer = await getRunning(write);
    await deleteTimeEntry(write, timer);
    return { ids: { timeEntryId: timer.id, ticketId: timer.ticketId } };
  },
});

/** The viewer's own. @throws NOT_FOUND */
async function getRunning(write: Write): Promise<TimeEntry> {
  const self = memberId(write.viewer);
  const timer = self && (await lockRunning(write, self));
  if (timer) return timer;
  throw new DomainError(
    "NOT_FOUND",
    self
      ? "You have no running timer; timerStart starts one."
      : "An API key is not a member and has no timer; sign in as a member.",
  );
}
