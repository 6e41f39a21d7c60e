/** The list of a queue that keeps itself up to date. */
import type { TicketFilter, Tiketti } from "@tiketti/sdk";
import { useCallback, useRef, useState } from "react";
import { type Fault, toFault } from "../notices/faults.ts";
import { useLoop } from "./use-loop.ts";

const row = {
  id: true,
  code: true,
  subject: true,
  status: true,
  priority: true,
  version: true,
  waitingSince: true,
  lastActivityAt: true,
  pendingUntil: true,
  assignee: { id: true, name: true },
  contact: { id: true, name: true, email: true },
  company: { id: true, name: true },
  labels: { id: true, name: true, color: true },
  lastMessage: { preview: true, direction: true },
} as const;
const pageSize = 50;

const readPage = (tiketti: Tiketti, filter: TicketFilter, after?: string) =>
  tiketti.query({
    tickets: {
      $: { filter, first: pageSize, ...(after ? { after } : {}) },
      asOf: true,
      nodes: row,
      pageInfo: { hasNextPage: true, endCursor: true },
    },
  });

type Page = Awaited<ReturnType<typeof readPage>>["tickets"];
export type Row = Page["nodes"][number];

export interface Arrival {
  ticketId: string;
  setChange: "ENTERED" | "UPDATED" | "LEFT";
}

export interface LiveList {
  /** As far as they match the search; null until they are read. */
  tickets: Row[] | null;
  fault: Fault | null;
  /** The last change, to highlight it. */
  latest: Arrival | null;
  hasMore: boolean;
  loadMore: () => void;
}

/** The tickets of a queue: read once, then kept exact by what enters, changes and leaves. */
export function useTickets(
  tiketti: Tiketti,
  /** Null until it is known. */
  filter: TicketFilter | null,
  search: string,
  onChange: (occurredAt: string) => void,
): LiveList {
  const [tickets, setTickets] = useState<Row[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [latest, setLatest] = useState<Arrival | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const text = JSON.stringify(filter);
  const run = useCallback(
    async (signal: AbortSignal) => {
      const set = JSON.parse(text) as TicketFilter | null;
      setTickets(null);
      setNext(null);
      if (!set) return;
      const show = async () => {
        const { tickets: page } = await readPage(tiketti, set);
        if (signal.aborted) return page.asOf;
        setFault(null);
        setTickets(page.nodes);
        setNext(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
        return page.asOf;
      };
      await followSet(
        tiketti,
        set,
        { signal, after: await show(), show },
        ({ setChange, ticket, ticketId, occurredAt }) => {
          told.current(occurredAt);
          setLatest({ ticketId, setChange });
          setTickets((before) => placed(before ?? [], ticketId, setChange === "LEFT" ? null : ticket));
        },
      );
    },
    [tiketti, text],
  );
  useLoop(run, setFault);

  const loadMore = useMore(
    tiketti,
    text,
    next,
    (page) => {
      setTickets((before) => {
        const known = new Set((before ?? []).map(({ id }) => id));
        return [...(before ?? []), ...page.nodes.filter(({ id }) => !known.has(id))];
      });
      setNext(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
    },
    setFault,
  );
  return { tickets: tickets && matching(tickets, search), fault, latest, hasMore: next !== null, loadMore };
}

/** Reads the next page of the set; one at a time. */
function useMore(
  tiketti: Tiketti,
  text: string,
  next: string | null,
  onPage: (page: Page) => void,
  onFault: (fault: Fault) => void,
): () => Promise<void> {
  const current = useRef(text);
  current.current = text;
  const isLoading = useRef(false);
  return async () => {
    if (!next || isLoading.current) return;
    isLoading.current = true;
    try {
      const { tickets } = await readPage(tiketti, JSON.parse(text), next);
      // Another queue may have been chosen in between.
      if (current.current === text) onPage(tickets);
    } catch (error) {
      onFault(toFault(error));
    } finally {
      isLoading.current = false;
    }
  };
}

interface SetChange extends Arrival {
  ticket: Row | null;
  occurredAt: string;
}

async function followSet(
  tiketti: Tiketti,
  set: TicketFilter,
  { signal, after, show }: { signal: AbortSignal; after: string; show: () => Promise<string> },
  onChange: (change: SetChange) => void,
): Promise<void> {
  // The trash has no live updates of its own: it is read again when a ticket goes in or comes out.
  if (set.isDeleted) {
    const kinds = ["TICKET_DELETED", "TICKET_RESTORED", "TICKET_PURGED"] as const;
    for await (const _change of tiketti.changes.follow({ kinds, signal, after })) await show();
    return;
  }
  const subscription = {
    ticketsChanged: {
      $: { filter: set as never },
      setChange: true,
      ticketId: true,
      occurredAt: true,
      ticket: row,
    },
  } as const;
  for await (const change of tiketti.subscribe(subscription, { after, signal }))
    if (change.type === "RESET") await show();
    else onChange(change);
}

function placed(before: Row[], ticketId: string, ticket: Row | null): Row[] {
  const rest = before.filter(({ id }) => id !== ticketId);
  return ticket ? [...rest, ticket].sort((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt)) : rest;
}

function matching(tickets: Row[], search: string): Row[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return tickets;
  return tickets.filter(({ code, subject, contact }) =>
    [code, subject, contact.name, contact.email ?? ""].some((one) => one.toLowerCase().includes(wanted)),
  );
}
