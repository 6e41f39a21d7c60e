/** One ticket with its messages and its customer, kept up to date. */
import { isTikettiError, type Tiketti } from "@tiketti/sdk";
import { useCallback, useEffect, useState } from "react";
import type { Changed, Changes } from "../notices/changes.ts";
import type { Fault } from "../notices/faults.ts";
import { position } from "./position.ts";
import { useLoop } from "./use-loop.ts";

const person = { id: true, name: true } as const;
const other = { id: true, code: true, subject: true, status: true } as const;
const shown = {
  id: true,
  code: true,
  subject: true,
  status: true,
  priority: true,
  version: true,
  pendingUntil: true,
  waitingSince: true,
  deletedAt: true,
  assignee: person,
  labels: { id: true, name: true, color: true },
  mergedInto: { id: true, code: true },
  followUpOf: { id: true, code: true },
  participants: { id: true, name: true, email: true },
  company: person,
  contact: {
    id: true,
    name: true,
    email: true,
    phone: true,
    notes: true,
    company: person,
    ticketCount: true,
    tickets: { $: { first: 6 }, nodes: other },
  },
  allowedStatuses: true,
  viewerCan: { reply: true, note: true, update: true, assign: true, delete: true, merge: true, logTime: true },
  timeSummary: { minutes: true },
  messages: {
    $: { last: 100 },
    nodes: {
      id: true,
      visibility: true,
      direction: true,
      author: { id: true, name: true },
      bodyText: true,
      delivery: { state: true },
      isDeleted: true,
      createdAt: true,
    },
  },
} as const;

type By = { id: string } | { code: string };

async function readThread(tiketti: Tiketti, by: By) {
  try {
    const { ticket } = await tiketti.query({ ticket: { $: { by }, ...shown } });
    if (ticket) return ticket;
  } catch (error) {
    if (!isTikettiError(error, "NOT_FOUND")) throw error;
    const trashed = await readTrashed(tiketti, by);
    if (trashed) return trashed;
    throw error;
  }
  throw new Error("There is no such ticket.");
}

/** A ticket in the trash is found by lists alone, and by those who may restore it. */
async function readTrashed(tiketti: Tiketti, by: By) {
  const which = "id" in by ? { id: { eq: by.id } } : { code: { eq: by.code } };
  const { tickets } = await tiketti.query({
    tickets: { $: { filter: { ...which, isDeleted: true }, first: 1 }, nodes: shown },
  });
  return tickets.nodes[0] ?? null;
}

export type Ticket = Awaited<ReturnType<typeof readThread>>;
export type Message = Ticket["messages"]["nodes"][number];

export interface LiveThread {
  ticket: Ticket | null;
  fault: Fault | null;
}

/** Followed from before it is read, so that nothing falls between. */
export function useThread(tiketti: Tiketti, changes: Changes, code: string): LiveThread {
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = useCallback(
    async (signal: AbortSignal) => {
      const after = await position(tiketti, signal);
      const found = await readThread(tiketti, { code });
      // Answers whether it is in the trash.
      const show = (read: Ticket): boolean => {
        if (signal.aborted) return false;
        setTicket(read);
        setFault(null);
        return read.deletedAt !== null;
      };
      show(found);
      const again = async () => show(await readThread(tiketti, { id: found.id }));
      if (found.deletedAt) await followTrash(tiketti, { after, signal }, again);
      for await (const change of tiketti.tickets.activity({ ticketId: found.id, after, signal })) {
        // At once what was written; then what it means for status, rights and sums.
        const message = change.type === "CHANGE" ? change.message : null;
        if (message) setTicket((before) => before && withMessage(before, message));
        await again();
      }
    },
    [tiketti, code],
  );
  useLoop(run, setFault);
  useEffect(() => {
    const end = changes.subscribe((now) => setTicket((before) => before && withChange(before, now)));
    return () => void end();
  }, [changes]);
  return { ticket, fault };
}

/** What is in the trash has no activity of its own; this ends when the ticket is taken out. */
async function followTrash(
  tiketti: Tiketti,
  at: { after: string; signal: AbortSignal },
  again: () => Promise<boolean>,
): Promise<void> {
  const kinds = ["TICKET_RESTORED", "TICKET_PURGED"] as const;
  for await (const _change of tiketti.changes.follow({ kinds, ...at })) if (!(await again())) return;
}

function withChange(ticket: Ticket, now: Changed): Ticket {
  if (now.id !== ticket.id || now.version < ticket.version) return ticket;
  const { status, priority, assignee, labels, pendingUntil, version } = now;
  return { ...ticket, status, priority, assignee, labels, pendingUntil, version };
}

function withMessage(ticket: Ticket, message: Message): Ticket {
  const rest = ticket.messages.nodes.filter(({ id }) => id !== message.id);
  const nodes = [...rest, message].sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return { ...ticket, messages: { ...ticket.messages, nodes } };
}

/** The last message that the customer sees too; null before the first one. */
export function lastPublicId(ticket: Ticket): string | null {
  return (
    ticket.messages.nodes.findLast(({ visibility, isDeleted }) => visibility === "PUBLIC" && !isDeleted)?.id ?? null
  );
}
