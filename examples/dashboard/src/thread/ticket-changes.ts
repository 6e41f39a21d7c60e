/** The changes of one ticket, each with what takes it back. */
import type { TicketPriority, TicketStatus, Tiketti } from "@tiketti/sdk";
import type { Member } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import type { Change } from "../notices/changes.ts";
import { moment, priorityNames, statusNames } from "../words.ts";

/** Forward, also skipping; backward only to OPEN: the server's rule. */
const forward: readonly TicketStatus[] = ["OPEN", "PENDING", "RESOLVED", "CLOSED"];

export function mayBecome(from: TicketStatus, to: TicketStatus): boolean {
  return to === "OPEN" || forward.indexOf(to) >= forward.indexOf(from);
}

export const noWayBack = (from: TicketStatus, to: TicketStatus) =>
  `No undo: from ${statusNames[to]} a ticket goes back to Open only, not to ${statusNames[from]}.`;

interface Step {
  status: TicketStatus;
  pendingUntil?: string | null;
  expectedVersion?: number;
}

export async function setStatus(tiketti: Tiketti, ticketId: string, step: Step) {
  return (await tiketti.tickets.setStatus({ ticketId, ...step })).ticket;
}

export function statusChange(tiketti: Tiketti, ticket: Ticket, step: Step): Change {
  const { id, code, status } = ticket;
  const until = step.pendingUntil ? ` until ${moment(step.pendingUntil)}` : "";
  return {
    told: `${code} is ${statusNames[step.status]}${until}.`,
    undone: `Undone: ${code} is ${statusNames[status]} again.`,
    before: ticket,
    run: () => setStatus(tiketti, id, step),
    undo: mayBecome(step.status, status)
      ? (expectedVersion) => setStatus(tiketti, id, { ...stepBack(ticket), expectedVersion })
      : { whyNot: noWayBack(status, step.status) },
  };
}

/** What makes the status what it is on this ticket. */
export function stepBack({ status, pendingUntil }: Pick<Ticket, "status" | "pendingUntil">): Step {
  return status === "PENDING" ? { status, pendingUntil } : { status };
}

export function assigneeChange(tiketti: Tiketti, ticket: Ticket, to: Member | null): Change {
  const { id, code, assignee } = ticket;
  const assign = async (member: { id: string } | null, expectedVersion?: number) =>
    (await tiketti.tickets.assign({ ticketId: id, assignee: member && { id: member.id }, expectedVersion })).ticket;
  return {
    told: to ? `${code} is assigned to ${to.name}.` : `${code} is unassigned.`,
    undone: `Undone: ${code} is ${assignee ? `assigned to ${assignee.name}` : "unassigned"} again.`,
    before: ticket,
    run: () => assign(to),
    undo: (expectedVersion) => assign(assignee, expectedVersion),
  };
}

export function priorityChange(tiketti: Tiketti, ticket: Ticket, to: TicketPriority): Change {
  const { id, code, priority } = ticket;
  const set = async (one: TicketPriority, expectedVersion?: number) =>
    (await tiketti.tickets.update({ ticketId: id, priority: one, expectedVersion })).ticket;
  return {
    told: `The priority of ${code} is ${priorityNames[to]}.`,
    undone: `Undone: the priority of ${code} is ${priorityNames[priority]} again.`,
    before: ticket,
    run: () => set(to),
    undo: (expectedVersion) => set(priority, expectedVersion),
  };
}

export function labelChange(
  tiketti: Tiketti,
  { id, code, version }: Ticket,
  label: { id: string; name: string },
  isOn: boolean,
): Change {
  const set = async (isAdded: boolean) =>
    (await tiketti.tickets.updateLabels({ ticketId: id, [isAdded ? "addLabels" : "removeLabels"]: [{ id: label.id }] }))
      .ticket;
  return {
    told: isOn ? `${code} has the label ${label.name}.` : `${code} no longer has the label ${label.name}.`,
    before: { id, version },
    run: () => set(isOn),
    undo: () => set(!isOn),
  };
}

type Person = { id: string; name: string };

export function participantRemoval(
  tiketti: Tiketti,
  { id, code, version }: Ticket,
  { id: contactId, name }: Person,
): Change {
  const of = { ticketId: id };
  return {
    told: `${name} no longer gets the replies of ${code}.`,
    before: { id, version },
    run: async () =>
      (await tiketti.tickets.updateParticipants({ ...of, removeParticipants: [{ id: contactId }] })).ticket,
    undo: async () =>
      (await tiketti.tickets.updateParticipants({ ...of, addParticipants: [{ id: contactId }] })).ticket,
  };
}

export function participantAddition(tiketti: Tiketti, { id, code, version }: Ticket, email: string): Change {
  const of = { ticketId: id };
  return {
    told: `${email} gets the replies of ${code} too.`,
    before: { id, version },
    run: async () =>
      (await tiketti.tickets.updateParticipants({ ...of, addParticipants: [{ person: { email } }] })).ticket,
    undo: async () => (await tiketti.tickets.updateParticipants({ ...of, removeParticipants: [{ email }] })).ticket,
  };
}

export function trashChange(tiketti: Tiketti, { id, code }: { id: string; code: string }, isDeleted: boolean): Change {
  const set = async (isGone: boolean) => {
    if (isGone) await tiketti.tickets.delete({ ticketId: id });
    else await tiketti.tickets.restore({ ticketId: id });
    return null;
  };
  return {
    told: isDeleted ? `${code} is in the trash.` : `${code} is restored.`,
    before: null,
    run: () => set(isDeleted),
    undo: () => set(!isDeleted),
  };
}
