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

/** A timer may be said to have begun so long ago, also yesterday: for who forgot to start it. */
const earliestStartHours = 12;

/** What another start ends sooner than this was a slip of the hand, and nobody's work. */
const slipMs = 10_000;

export const timerStart = operation({
  permission: "time.log",
  errors: ["NOT_FOUND", "TIMER_TOO_LONG"],
  input: z.object({
    ticket: ticketRef.describe("The ticket that it is about."),
    input: timerStartInput.nullish().describe("How it begins. Default: now, billable."),
  }),
  async run(write, { ticket: ref, input }) {
    const { viewer, now } = write;
    const self = requireSelf(viewer, ["ticket"], "a timer runs for who starts it, so sign in as a member");
    const given = input?.startedAt ?? null;
    if (given) requireRecent(given, now);
    // Who starts at the same time waits here, and stops what the other has started.
    await lockSelf(write, self);
    const ticket = await getTicket(write, ref);
    requireReach(viewer, "time.log", ticket);
    const running = await lockRunning(write, self);
    const none = { ticketId: ticket.id, stoppedId: null, droppedId: null };
    // A second click, or the same call again: one that is stale has to be looked at all the same.
    if (running?.ticketId === ticket.id && !isStale(running, now)) return { ids: { ...none, timeEntryId: running.id } };
    if (running) requireNotStale(running, now);
    if (running && given) requireAfter(running, given);
    // One that began a moment later may have been first at the lock: this one goes on from there.
    const startedAt = given ?? latest(now, running?.startedAt);
    const isSlip = running !== null && isSlipOfTheHand(running, startedAt, now);
    if (isSlip) await deleteTimeEntry(write, running);
    // No minute belongs to both.
    const stopped = running && !isSlip ? await stopTimer(write, running, { until: startedAt }) : null;
    const timer = await insertTimer(write, { ...input, ticket, memberId: self, startedAt });
    const ended = { stoppedId: stopped?.id ?? null, droppedId: isSlip ? running.id : null };
    return { ids: { ...none, ...ended, timeEntryId: timer.id } };
  },
});

/** One that was begun, and said to have begun, a moment ago, and of which nothing was said. */
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
  if (startedAt > now) throw invalid(path, "startedAt must not be in the future.", "IN_THE_FUTURE");
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
    `Your timer on ${ticketCode} runs since ${startedAt.toISOString()}; give a later startedAt, or stop that one first.`,
    "OVERLAPS",
  );
}

/** Locks the member, who may have been deactivated since the request began. */
async function lockSelf(write: Write, self: string): Promise<void> {
  await lockRows(write, "members", [self]);
  const member = await write.tx.member.findFirst({ where: { id: self }, select: { isActive: true } });
  if (!member?.isActive)
    throw new DomainError("FORBIDDEN", "Your membership was deactivated in the meantime; ask an admin.");
}

export const timerStop = operation({
  // One's own timer can always be stopped.
  permission: null,
  errors: ["NOT_FOUND", "TIMER_TOO_LONG"],
  input: z.object({
    input: timerStopInput.nullish().describe("The review of what it measured."),
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
    self ? "You have no running timer; timerStart starts one." : "An API key is no member and has no timer.",
  );
}
