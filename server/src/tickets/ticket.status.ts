import { DomainError } from "../wire/errors.ts";

/** In order: forward means to the right. */
export const ticketStatuses = ["OPEN", "PENDING", "RESOLVED", "CLOSED"] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** Forward, also skipping; backward only to OPEN. Keeping the status is not a transition and always allowed. */
const transitions: Record<TicketStatus, readonly TicketStatus[]> = {
  OPEN: ["PENDING", "RESOLVED", "CLOSED"],
  PENDING: ["OPEN", "RESOLVED", "CLOSED"],
  RESOLVED: ["OPEN", "CLOSED"],
  CLOSED: ["OPEN"],
};

/** The statuses that the ticket can change to, its own left out. */
export function allowedStatuses(from: TicketStatus): readonly TicketStatus[] {
  return transitions[from];
}

export interface StatusFields {
  status: TicketStatus;
  resolvedAt: Date | null;
  closedAt: Date | null;
  pendingUntil: Date | null;
}

/**
 * The fields that a change of status sets; `pendingUntil` applies to PENDING only.
 *
 * @throws INVALID_STATUS_TRANSITION, with from, to and what is allowed
 */
export function changeStatus(
  ticket: StatusFields & { code: string },
  to: TicketStatus,
  now: Date,
  pendingUntil?: Date | null,
): StatusFields {
  const { status: from, code } = ticket;
  if (from !== to && !transitions[from].includes(to)) {
    throw new DomainError(
      "INVALID_STATUS_TRANSITION",
      `Ticket ${code} is ${from} and can't become ${to}; from here it can become ${transitions[from].join(" or ")}.`,
      { details: { from, to, allowed: transitions[from] } },
    );
  }
  const isSame = from === to;
  switch (to) {
    case "OPEN":
      return { status: to, resolvedAt: null, closedAt: null, pendingUntil: null };
    case "PENDING":
      return {
        status: to,
        resolvedAt: null,
        closedAt: null,
        pendingUntil: pendingUntil === undefined && isSame ? ticket.pendingUntil : (pendingUntil ?? null),
      };
    case "RESOLVED":
      return { status: to, resolvedAt: isSame ? ticket.resolvedAt : now, closedAt: null, pendingUntil: null };
    case "CLOSED":
      return {
        status: to,
        resolvedAt: ticket.resolvedAt,
        closedAt: isSame ? ticket.closedAt : now,
        pendingUntil: null,
      };
    default:
      return to satisfies never;
  }
}

/**
 * The status after a member's public reply: the one that the call gives. Without one, an OPEN ticket becomes
 * PENDING.
 *
 * @throws INVALID_STATUS_TRANSITION on a CLOSED ticket when the call gives no status
 */
export function statusAfterReply(
  ticket: { status: TicketStatus; code: string },
  asked: TicketStatus | null | undefined,
): TicketStatus {
  if (asked) return asked;
  if (ticket.status === "CLOSED") {
    throw new DomainError(
      "INVALID_STATUS_TRANSITION",
      `Ticket ${ticket.code} is CLOSED, so a reply must give its status: OPEN to reopen it, or CLOSED to leave it closed.`,
      { details: { from: "CLOSED", to: null, allowed: ["OPEN", "CLOSED"] } },
    );
  }
  return ticket.status === "OPEN" ? "PENDING" : ticket.status;
}
