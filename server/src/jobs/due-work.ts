/**
 * The work of one organization that is due by now, or that a large write left. Each step is one batch in
 * one transaction, run as the system and under row security like any other. If a process dies in between,
 * the next run does the rest.
 */

import { systemViewer } from "../access/system-viewer.ts";
import type { Services } from "../context.ts";
import { linkBatch } from "../customers/contact.link.steps.ts";
import { Prisma } from "../db/index.ts";
import { removeLabelBatch } from "../labels/label.tickets.steps.ts";
import { addDays } from "../lib/days.ts";
import { changeDays, idempotencyKeyHours, trashDays } from "../lib/retention.ts";
import { reassignTickets } from "../members/member.tickets.steps.ts";
import { lockTickets, updateTickets } from "../tickets/ticket.steps.ts";
import { batchSize, type DeferredTask } from "../writes/deferred.ts";
import { moveRows } from "../writes/move-rows.ts";
import { type Write, write } from "../writes/write.ts";

/** Runs one batch; true when nothing is left. */
type Step = (write: Write) => Promise<boolean>;

/** The database function organizations_with_due_work checks the same conditions for all organizations. */
const steps: Step[] = [
  continueTask,
  reopenPending,
  closeResolved,
  reassignLeaversTickets,
  purgeTrash,
  forgetIdempotencyKeys,
  pruneChanges,
];

/** The number of batches of one step, after which another organization has its turn. */
const roundsAtOnce = 10;

/** True when nothing is left; false when more is due, or `signal` asked to stop. */
export async function doDueWork(services: Services, organizationId: string, signal?: AbortSignal): Promise<boolean> {
  let isAllDone = true;
  for (const step of steps) {
    let isDone = false;
    for (let round = 0; round < roundsAtOnce && !isDone; round++) {
      if (signal?.aborted) return false;
      isDone = await runStep(services, organizationId, step);
    }
    isAllDone &&= isDone;
  }
  return isAllDone;
}

async function runStep({ database, clock, changed }: Services, organizationId: string, step: Step): Promise<boolean> {
  let isDone = false;
  const viewer = systemViewer(organizationId);
  await write({ database, clock, viewer, idempotency: null, changed }, async (transaction) => {
    isDone = await step(transaction);
    return {};
  });
  return isDone;
}

/** Takes the oldest task that no other worker is running. */
async function continueTask(transaction: Write): Promise<boolean> {
  const { tx, viewer } = transaction;
  const [row] = await tx.$queryRaw<{ id: string; kind: DeferredTask["kind"]; payload: Record<string, string> }[]>(
    Prisma.sql`select id, kind, payload from tasks where organization_id = ${viewer.organizationId}::uuid
               order by id limit 1 for update skip locked`,
  );
  if (!row) return true;
  const { kind, payload } = row;
  switch (kind) {
    case "LABEL_ROWS_REMOVE": {
      if (await removeLabelBatch(transaction, payload.labelId as string)) await forget(transaction, row.id);
      return false;
    }
    case "CONTACTS_LINK": {
      const last = await linkBatch(transaction, payload.domain as string, payload.after ?? null);
      if (last === null) await forget(transaction, row.id);
      else await tx.task.updateMany({ where: { id: row.id }, data: { payload: { ...payload, after: last } } });
      return false;
    }
    default:
      return kind satisfies never;
  }
}

async function forget({ tx }: Write, taskId: string): Promise<void> {
  await tx.task.deleteMany({ where: { id: taskId } });
}

async function reopenPending(transaction: Write): Promise<boolean> {
  const tickets = await lockTickets(transaction, {
    status: "PENDING",
    pendingUntil: { lte: transaction.now },
    deletedAt: null,
  });
  await updateTickets(transaction, tickets, { status: "OPEN", pendingUntil: null });
  return tickets.length < batchSize;
}

async function closeResolved(transaction: Write): Promise<boolean> {
  const { tx, viewer, now } = transaction;
  const { autoCloseResolvedAfterDays: days } = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { autoCloseResolvedAfterDays: true },
  });
  if (days === null) return true;
  const tickets = await lockTickets(transaction, {
    status: "RESOLVED",
    resolvedAt: { lte: addDays(now, -days) },
    deletedAt: null,
  });
  await updateTickets(transaction, tickets, { status: "CLOSED", closedAt: now });
  return tickets.length < batchSize;
}

/** More tickets than fit in a batch, or a ticket that was reopened after its assignee had left. */
async function reassignLeaversTickets(transaction: Write): Promise<boolean> {
  const leaver = await transaction.tx.member.findFirst({
    where: {
      isActive: false,
      assignedTickets: { some: { status: { in: ["OPEN", "PENDING"] }, deletedAt: null } },
    },
    select: { id: true, successor: { select: { id: true, isActive: true } } },
    orderBy: { id: "asc" },
  });
  if (!leaver) return true;
  await reassignTickets(transaction, leaver.id, leaver.successor?.isActive ? leaver.successor.id : null);
  return false;
}

/** Erases messages and their text in the change log, whose numbers stay. */
async function purgeTrash(transaction: Write): Promise<boolean> {
  const { tx, now, record } = transaction;
  const tickets = await lockTickets(transaction, { deletedAt: { lte: addDays(now, -trashDays) } });
  const ids = tickets.map(({ id }) => id);
  if (ids.length === 0) return true;
  await tx.change.updateMany({
    where: { ticketId: { in: ids } },
    data: { before: Prisma.DbNull, after: Prisma.DbNull },
  });
  await moveRows(transaction, "TimeEntry", { ticketId: { in: ids } }, { ticketId: null, messageId: null });
  await tx.ticket.deleteMany({ where: { id: { in: ids } } });
  for (const id of ids) record({ kind: "ticket.purged", subjectId: id, ticketId: id, before: null, after: null });
  return ids.length < batchSize;
}

/** By the database's clock, which also set their times. */
async function forgetIdempotencyKeys({ tx, viewer }: Write): Promise<boolean> {
  const count = await tx.$executeRaw(Prisma.sql`
    delete from idempotency_keys where (organization_id, scope) in (
      select organization_id, scope from idempotency_keys
      where organization_id = ${viewer.organizationId}::uuid and created_at < now() - make_interval(hours => ${idempotencyKeyHours}::int)
      limit ${batchSize} for update skip locked)`);
  return count < batchSize;
}

/**
 * Changes can be replayed for a limited time. Those in a ticket's timeline stay with the ticket. At or below the
 * floor, a hole means a pruned change; above it, a hole would mean a lost one.
 */
async function pruneChanges({ tx, viewer, now }: Write): Promise<boolean> {
  const [pruned] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    with head as (
      select organization_id, floor_number from change_heads where organization_id = ${viewer.organizationId}::uuid),
    batch as (
      select c.number, c.subject_type from head
      join changes c on c.organization_id = head.organization_id
        and c.number > head.floor_number and c.number <= head.floor_number + ${batchSize}
      where c.number < coalesce((select min(k.number) from changes k where k.organization_id = head.organization_id
        and k.number > head.floor_number and k.number <= head.floor_number + ${batchSize}
        and k.occurred_at >= ${addDays(now, -changeDays)}::timestamptz), head.floor_number + ${batchSize} + 1)),
    gone as (
      delete from changes c using batch where c.organization_id = ${viewer.organizationId}::uuid
        and c.number = batch.number and batch.subject_type <> 'ticket'),
    raised as (
      update change_heads set floor_number = greatest(floor_number, (select max(number) from batch))
      where organization_id = ${viewer.organizationId}::uuid and exists (select from batch))
    select count(*)::int as count from batch`);
  return (pruned?.count ?? 0) < batchSize;
}
