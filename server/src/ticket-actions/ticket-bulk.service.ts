import { z } from "zod";
import { requirePermission, requireReach, type Viewer } from "../access/viewer.ts";
import { visibleTickets, visibleTrash } from "../access/visibility.ts";
import { columnsOf } from "../entities/inputs.ts";
import { describeRef, type TicketRef, ticketRef } from "../inputs/references.ts";
import { getLabelIds } from "../labels/label.steps.ts";
import { getAssignableMember } from "../members/member.tickets.steps.ts";
import { operation } from "../operations/operation.ts";
import { toTicketCode } from "../tickets/ticket.code.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { ticketWhere } from "../tickets/ticket.reference.ts";
import { changeStatus } from "../tickets/ticket.status.ts";
import { type LockedTicket, lockTickets, type TicketPatch, updateTicket } from "../tickets/ticket.steps.ts";
import { DomainError, type ErrorCode, invalid, notFound } from "../wire/errors.ts";
import type { Write } from "../writes/write.ts";
import { maxBulkTickets, ticketsBulkUpdateInput } from "./ticket.input.ts";
import { changedLabels, requireDistinct } from "./ticket.labels.ts";

/** The result for one ticket; `ticketId` is null when it wasn't found. */
export interface BulkResult {
  ticketId: string | null;
  error: { code: ErrorCode; message: string } | null;
}

type Changes = Omit<z.output<typeof ticketsBulkUpdateInput>, "mode">;

export const ticketsBulkUpdate = operation({
  permission: ["ticket.update", "ticket.assign", "ticket.delete"],
  errors: ["NOT_FOUND", "INVALID_STATUS_TRANSITION"],
  input: z.object({
    tickets: z
      .array(ticketRef)
      .min(1, "must not be empty")
      .max(maxBulkTickets, `must have at most ${maxBulkTickets} tickets`)
      .describe("The tickets to change, 1 to 100."),
    input: ticketsBulkUpdateInput.describe("The changes, the same for all tickets."),
  }),
  async run(write, { tickets: refs, input: { mode, ...wanted } }) {
    if (Object.values(wanted).every((value) => value === undefined))
      throw invalid(
        ["input"],
        "The input changes nothing; give labels, status, assignee, priority or isDeleted.",
        "EMPTY",
      );
    requireRights(write.viewer, wanted);
    const apply = await prepare(write, wanted);
    const found = await findTickets(write, refs, wanted.isDeleted === false);
    const results: BulkResult[] = [];
    for (const [index, ref] of refs.entries()) {
      const ticket = found(ref);
      // A ticket named twice is changed once, and both results are the same.
      const earlier = ticket && results.find(({ ticketId }) => ticketId === ticket.id);
      if (earlier) {
        results.push(earlier);
        continue;
      }
      try {
        if (!ticket) throw notFound(describeRef("Ticket", ref));
        await apply(ticket);
        results.push({ ticketId: ticket.id, error: null });
      } catch (error) {
        // Only rules refuse a ticket, before anything of it is written. Any other error ends the whole operation.
        if (!(error instanceof DomainError)) throw error;
        if (mode !== "PER_TICKET") throw atPlace(error, index);
        results.push({ ticketId: ticket?.id ?? null, error: { code: error.code, message: error.message } });
      }
    }
    return { ids: { results: JSON.stringify(results) } };
  },
});

function requireRights(viewer: Viewer, wanted: Changes): void {
  const isEdited = [wanted.addLabels, wanted.removeLabels, wanted.status, wanted.priority].some(
    (value) => value != null,
  );
  if (isEdited) requirePermission(viewer, "ticket.update");
  if (wanted.assignee !== undefined) requirePermission(viewer, "ticket.assign");
  if (wanted.isDeleted !== undefined) requirePermission(viewer, "ticket.delete");
}

/** Looks up once what all tickets get, and returns the function that changes one of them. */
async function prepare(write: Write, wanted: Changes): Promise<(ticket: LockedTicket) => Promise<void>> {
  const { viewer, now } = write;
  const added = await getLabelIds(write, wanted.addLabels ?? []);
  const removed = await getLabelIds(write, wanted.removeLabels ?? []);
  requireDistinct(added, removed);
  const assigneeId = wanted.assignee ? (await getAssignableMember(write, wanted.assignee)).id : null;
  return async (ticket) => {
    const patch: TicketPatch = columnsOf(ticketEntity, wanted);
    if (added.length + removed.length > 0) patch.labelIds = changedLabels(ticket, added, removed);
    if (wanted.status) Object.assign(patch, changeStatus(ticket, wanted.status, now));
    if (Object.keys(patch).length > 0) requireReach(viewer, "ticket.update", ticket);
    if (wanted.assignee !== undefined) {
      requireReach(viewer, "ticket.assign", ticket);
      patch.assigneeId = assigneeId;
    }
    if (wanted.isDeleted !== undefined) {
      requireReach(viewer, "ticket.delete", ticket);
      patch.deletedAt = wanted.isDeleted ? now : null;
    }
    if (ticket.mergedIntoId && wanted.status && wanted.status !== "CLOSED")
      throw new DomainError(
        "CONFLICT",
        `Ticket ${ticket.code} was merged into another and stays CLOSED; change the kept ticket instead.`,
      );
    await updateTicket(write, ticket, patch);
  };
}

/** Locks all tickets in the order of their ids, and returns a lookup by reference. */
async function findTickets(
  write: Write,
  refs: TicketRef[],
  isTrash: boolean,
): Promise<(ref: TicketRef) => LockedTicket | undefined> {
  const visible = isTrash ? visibleTrash(write.viewer) : visibleTickets(write.viewer);
  const tickets = await lockTickets(write, { AND: [visible, { OR: refs.map(ticketWhere) }] });
  return ({ id, code, externalId }) =>
    tickets.find((ticket) =>
      id !== undefined
        ? ticket.id === id
        : code !== undefined
          ? ticket.code === toTicketCode(code)
          : ticket.externalId === externalId,
    );
}

function atPlace(error: DomainError, index: number): DomainError {
  const { code, message, details, cause } = error;
  const path = ["tickets", index];
  return new DomainError(code, `${message} Nothing was changed; use mode PER_TICKET to change the other tickets.`, {
    cause,
    ...(details ? { details } : {}),
    issues: [{ path, message, code }],
  });
}
