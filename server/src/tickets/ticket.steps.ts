/** Writes tickets inside a transaction. No permission is checked here, so that any service can use these steps. */

import type { TicketModel as Ticket } from "../db/index.ts";
import { Prisma } from "../db/index.ts";
import { imageOf } from "../entities/image.ts";
import type { TicketRef } from "../inputs/references.ts";
import { newUuid } from "../lib/uuid.ts";
import { batchSize } from "../writes/deferred.ts";
import { lockRows, readLocked } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { changedFields, isEdit, ticketChangeKinds } from "./ticket.change.ts";
import { refuseTakenTicket } from "./ticket.clash.steps.ts";
import { toTicketCode } from "./ticket.code.ts";
import { ticketEntity } from "./ticket.entity.ts";
import type { TicketStatus } from "./ticket.status.ts";

/** A ticket's row with its labels, read under its lock. */
export type LockedTicket = Omit<Ticket, "status"> & {
  status: TicketStatus;
  labelIds: string[];
  participantIds: string[];
};

export interface NewTicket {
  prefix: string;
  subject: string;
  status: TicketStatus;
  priority: number;
  channel: "EMAIL" | "API" | "MANUAL";
  assigneeId: string | null;
  contactId: string;
  companyId: string | null;
  externalId: string | null;
  waitingSince: Date | null;
  followUpOfId?: string | null;
  labelIds: string[];
  /** Further columns that the caller's input sets. */
  columns?: object;
}

/**
 * Opens a ticket with the next code of its prefix. The counter's row stays locked until the commit, so
 * a ticket that is rolled back leaves no gap.
 *
 * @throws ALREADY_EXISTS when another ticket has the externalId
 */
export async function insertTicket(
  write: Write,
  { labelIds, prefix, columns, ...fields }: NewTicket,
): Promise<LockedTicket> {
  const { tx, viewer, now, record } = write;
  const { organizationId } = viewer;
  // Before the counter: its row is locked until the commit, and everybody who opens a ticket waits for it.
  await refuseTakenTicket(write, fields.externalId);
  const [counter] = await tx.$queryRaw<{ last_number: number }[]>(Prisma.sql`
    insert into ticket_counters (organization_id, prefix, last_number)
    values (${organizationId}::uuid, ${prefix}, 1)
    on conflict (organization_id, prefix) do update set last_number = ticket_counters.last_number + 1
    returning last_number`);
  const row = await tx.ticket.create({
    data: {
      organizationId,
      id: newUuid(now.getTime()),
      prefix,
      number: (counter as { last_number: number }).last_number,
      ...columns,
      ...fields,
      closedAt: null,
      createdAt: now,
      updatedAt: now,
      lastActivityAt: now,
    },
  });
  if (labelIds.length > 0) {
    await tx.ticketLabel.createMany({
      data: labelIds.map((labelId) => ({ organizationId, ticketId: row.id, labelId })),
    });
  }
  const ticket = { ...row, labelIds: labelIds.toSorted(), participantIds: [] } as unknown as LockedTicket;
  record({
    kind: "ticket.created",
    subjectId: row.id,
    ticketId: row.id,
    before: null,
    after: imageOf(ticketEntity, ticket),
  });
  return ticket;
}

/** What is read in addition to a ticket's columns. Deleted labels that are still being removed are left out. */
const links = {
  labels: { where: { label: { deletedAt: null } }, select: { labelId: true } },
  participants: { select: { contactId: true } },
} as const;

/** Locks the ticket's row and reads it; null when `where` doesn't match it, or no longer does. */
export async function lockTicket(write: Write, where: Prisma.TicketWhereInput): Promise<LockedTicket | null> {
  const { tx } = write;
  const found = await tx.ticket.findFirst({ where, select: { id: true } });
  return readLocked(write, "tickets", found, (id) => readTicket(write, { AND: [{ id }, where] }));
}

/**
 * Does the same by a reference, with one round trip less. The row is locked before `where` is checked, which
 * can delay others for a moment but reveals nothing.
 */
export async function lockReferredTicket(
  write: Write,
  { id, code, externalId }: TicketRef,
  where: Prisma.TicketWhereInput,
): Promise<LockedTicket | null> {
  const { tx, viewer } = write;
  const named =
    id !== undefined
      ? Prisma.sql`id = ${id}::uuid`
      : code !== undefined
        ? Prisma.sql`code = ${toTicketCode(code)}`
        : Prisma.sql`external_id = ${externalId}`;
  const [row] = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`select id from tickets where organization_id = ${viewer.organizationId}::uuid and ${named} for no key update`,
  );
  return row ? readTicket(write, { AND: [{ id: row.id }, where] }) : null;
}

async function readTicket({ tx }: Write, where: Prisma.TicketWhereInput): Promise<LockedTicket | null> {
  const row = await tx.ticket.findFirst({ where, include: links });
  return row && toLocked(row);
}

/** Locks and reads up to `limit` of the tickets, in the order of their ids. */
export async function lockTickets(
  write: Write,
  where: Prisma.TicketWhereInput,
  limit = batchSize,
): Promise<LockedTicket[]> {
  const { tx } = write;
  const found = await tx.ticket.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take: limit });
  const ids = found.map(({ id }) => id);
  await lockRows(write, "tickets", ids);
  const rows = await tx.ticket.findMany({
    where: { AND: [{ id: { in: ids } }, where] },
    include: links,
    orderBy: { id: "asc" },
  });
  return rows.map(toLocked);
}

function toLocked({
  labels,
  participants,
  ...ticket
}: Ticket & { labels: { labelId: string }[]; participants: { contactId: string }[] }): LockedTicket {
  return {
    ...(ticket as Ticket & { status: TicketStatus }),
    labelIds: labels.map(({ labelId }) => labelId).toSorted(),
    participantIds: participants.map(({ contactId }) => contactId).toSorted(),
  };
}

/** What can change of a ticket: its columns but those that identify it, are generated, or are set with every write. */
export type TicketPatch = Partial<
  Omit<
    LockedTicket,
    | "organizationId"
    | "id"
    | "prefix"
    | "number"
    | "code"
    | "codeOrder"
    | "statusRank"
    | "createdAt"
    | "updatedAt"
    | "version"
  >
>;

/** Changes what differs and records it as one change. When nothing differs, nothing is written. */
export async function updateTicket(write: Write, ticket: LockedTicket, patch: TicketPatch): Promise<LockedTicket> {
  const { tx, viewer, now, record } = write;
  const fields = changedFields(ticket, patch);
  if (fields.length === 0) return ticket;
  const { labelIds = ticket.labelIds, participantIds = ticket.participantIds, ...columns } = patch;
  if (fields.includes("labelIds")) await replaceLabels(write, ticket, labelIds);
  if (fields.includes("participantIds")) await replaceParticipants(write, ticket, participantIds);
  const row = await tx.ticket.update({
    where: { organizationId_id: { organizationId: viewer.organizationId, id: ticket.id } },
    data: { ...columns, ...(isEdit(fields) ? { updatedAt: now, version: { increment: 1 } } : {}) },
  });
  const changed = {
    ...(row as typeof row & { status: TicketStatus }),
    labelIds: labelIds.toSorted(),
    participantIds: participantIds.toSorted(),
  };
  for (const kind of ticketChangeKinds(fields, changed)) {
    record({
      kind,
      subjectId: ticket.id,
      ticketId: ticket.id,
      before: imageOf(ticketEntity, ticket),
      after: imageOf(ticketEntity, changed),
    });
  }
  return changed;
}

/** Gives many tickets the same values in one statement, skips those that have them, and counts the changed ones. */
export async function updateTickets(
  { tx, now, record }: Write,
  tickets: readonly LockedTicket[],
  patch: Omit<TicketPatch, "labelIds" | "participantIds">,
): Promise<number> {
  const changing = tickets.filter((ticket) => changedFields(ticket, patch).length > 0);
  if (changing.length === 0) return 0;
  await tx.ticket.updateMany({
    where: { id: { in: changing.map(({ id }) => id) } },
    data: { ...patch, updatedAt: now, version: { increment: 1 } },
  });
  for (const ticket of changing) {
    const changed = { ...ticket, ...patch, updatedAt: now, version: ticket.version + 1 };
    for (const kind of ticketChangeKinds(changedFields(ticket, patch), changed))
      record({
        kind,
        subjectId: ticket.id,
        ticketId: ticket.id,
        before: imageOf(ticketEntity, ticket),
        after: imageOf(ticketEntity, changed),
      });
  }
  return changing.length;
}

async function replaceLabels({ tx, viewer }: Write, ticket: LockedTicket, labelIds: string[]): Promise<void> {
  const removed = ticket.labelIds.filter((id) => !labelIds.includes(id));
  const added = labelIds.filter((id) => !ticket.labelIds.includes(id));
  const { organizationId } = viewer;
  if (removed.length > 0) await tx.ticketLabel.deleteMany({ where: { ticketId: ticket.id, labelId: { in: removed } } });
  if (added.length > 0)
    await tx.ticketLabel.createMany({
      data: added.map((labelId) => ({ organizationId, ticketId: ticket.id, labelId })),
    });
}

async function replaceParticipants({ tx, viewer, now }: Write, ticket: LockedTicket, ids: string[]): Promise<void> {
  const removed = ticket.participantIds.filter((id) => !ids.includes(id));
  const added = ids.filter((id) => !ticket.participantIds.includes(id));
  const { organizationId } = viewer;
  if (removed.length > 0)
    await tx.ticketParticipant.deleteMany({ where: { ticketId: ticket.id, contactId: { in: removed } } });
  if (added.length > 0)
    await tx.ticketParticipant.createMany({
      data: added.map((contactId) => ({ organizationId, ticketId: ticket.id, contactId, createdAt: now })),
    });
}
