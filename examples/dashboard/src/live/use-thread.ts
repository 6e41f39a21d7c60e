/** One ticket with its messages and its customer, kept up to date. */
import type { Tiketti } from "@tiketti/sdk";
import { useCallback, useEffect, useState } from "react";
import type { Changed, Changes } from "../notices/changes.ts";
import type { Fault } from "../notices/faults.ts";
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

async function readThread(tiketti: Tiketti, by: { id: string } | { code: string }) {
  const { ticket } = await tiketti.query({ ticket: { $: { by }, ...shown } });
  if (!ticket) throw new Error("There is no such ticket.");
  return ticket;
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
      const { members } = await tiketti.query({ members: { $: { first: 1 }, asOf: true } });
      const found = await readThread(tiketti, { code });
      const show = (read: Ticket) => {
        if (signal.aborted) return;
        setTicket(read);
        setFault(null);
      };
      show(found);
      for await (const change of tiketti.tickets.activity({ ticketId: found.id, after: members.asOf, signal })) {
        // At once what was written; then what it means for status, rights and sums.
        const message = change.type === "CHANGE" ? change.message : null;
        if (message) setTicket((before) => before && withMessage(before, message));
        show(await readThread(tiketti, { id: found.id }));
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
