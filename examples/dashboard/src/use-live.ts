/** Lists and tickets that keep themselves up to date. */
import { isTikettiError, type LiveState, type Tiketti } from "@tiketti/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { said } from "./words.ts";

export type Ticket = Awaited<ReturnType<Tiketti["tickets"]["list"]>>["nodes"][number];
export type Message = Awaited<ReturnType<Tiketti["tickets"]["messages"]>>["nodes"][number];
export type Queue = Extract<
  Awaited<ReturnType<ReturnType<Tiketti["tickets"]["counts"]>["next"]>>["value"],
  { type: "CHANGE" }
>["queues"][number];
export type Filter = NonNullable<Parameters<Tiketti["tickets"]["changes"]>[0]>["filter"];

/** Runs while the component is there; what ends by its signal is no fault. */
function useLoop(run: (signal: AbortSignal) => Promise<void>, onFault: (text: string) => void): void {
  const latest = useRef(onFault);
  latest.current = onFault;
  useEffect(() => {
    const controller = new AbortController();
    run(controller.signal).catch((error) => {
      if (!controller.signal.aborted && !isTikettiError(error, "ABORTED")) latest.current(said(error));
    });
    return () => controller.abort();
  }, [run]);
}

/** The counts of the queues; null until they are there. */
export function useQueues(tiketti: Tiketti): { queues: Queue[] | null; fault: string | null } {
  const [queues, setQueues] = useState<Queue[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const run = useCallback(
    async (signal: AbortSignal) => {
      for await (const change of tiketti.tickets.counts({ signal }))
        if (change.type === "CHANGE") setQueues(change.queues);
    },
    [tiketti],
  );
  useLoop(run, setFault);
  return { queues, fault };
}

export interface Arrival {
  ticketId: string;
  setChange: "ENTERED" | "UPDATED" | "LEFT";
}

export interface LiveList {
  tickets: Ticket[] | null;
  fault: string | null;
  /** What came last, for a moment of light. */
  latest: Arrival | null;
  hasMore: boolean;
  loadMore: () => void;
}

/** The tickets of a queue: read once, then kept exact by what enters, changes and leaves. */
export function useTickets(
  tiketti: Tiketti,
  /** Null until it is known. */
  filter: Filter | null,
  search: string,
  onChange: (at: string) => void,
): LiveList {
  const [tickets, setTickets] = useState<Ticket[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [latest, setLatest] = useState<Arrival | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const text = JSON.stringify(filter);
  const current = useRef(text);
  current.current = text;
  const isLoading = useRef(false);

  const run = useCallback(
    async (signal: AbortSignal) => {
      const set = JSON.parse(text) as Filter | null;
      setTickets(null);
      setNext(null);
      setFault(null);
      if (!set) return;
      const page = await tiketti.tickets.list({ filter: set as never, first: 50 });
      if (signal.aborted) return;
      setTickets([...page.nodes]);
      setNext(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
      for await (const change of tiketti.tickets.changes({ filter: set, after: page.asOf, signal })) {
        if (change.type === "RESET") {
          setTickets(await change.snapshot());
          setNext(null);
          continue;
        }
        const { setChange, ticket, ticketId } = change;
        told.current(change.occurredAt);
        setLatest({ ticketId, setChange });
        setTickets((before) => {
          const rest = (before ?? []).filter(({ id }) => id !== ticketId);
          if (setChange === "LEFT" || !ticket) return rest;
          return [...rest, ticket].sort((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt));
        });
      }
    },
    [tiketti, text],
  );
  useLoop(run, setFault);

  const loadMore = async () => {
    if (!next || isLoading.current) return;
    isLoading.current = true;
    try {
      const page = await tiketti.tickets.list({ filter: JSON.parse(text), first: 50, after: next });
      // Another queue was chosen meanwhile.
      if (current.current !== text) return;
      setTickets((before) => {
        const known = new Set((before ?? []).map(({ id }) => id));
        return [...(before ?? []), ...page.nodes.filter(({ id }) => !known.has(id))];
      });
      setNext(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
    } catch (error) {
      setFault(said(error));
    } finally {
      isLoading.current = false;
    }
  };

  const wanted = search.trim().toLowerCase();
  const shown =
    tickets &&
    (wanted === ""
      ? tickets
      : tickets.filter(({ code, subject, contact }) =>
          [code, subject, contact.name, contact.email ?? ""].some((one) => one.toLowerCase().includes(wanted)),
        ));
  return { tickets: shown, fault, latest, hasMore: next !== null, loadMore };
}

/** What a thread shows beside the ticket itself. */
async function readThread(tiketti: Tiketti, id: string) {
  const [{ ticket }, page] = await Promise.all([
    tiketti.query({
      ticket: {
        $: { by: { id } },
        id: true,
        allowedStatuses: true,
        viewerCan: { reply: true, note: true, update: true, assign: true, logTime: true },
        timeSummary: { minutes: true },
      },
    }),
    tiketti.tickets.messages({ ticketId: id, last: 100 }),
  ]);
  return { about: ticket, messages: [...page.nodes] };
}

export type About = NonNullable<Awaited<ReturnType<typeof readThread>>["about"]>;

export interface LiveThread {
  ticket: Ticket | null;
  about: About | null;
  messages: Message[] | null;
  fault: string | null;
}

/** One ticket with its messages: followed from before it is read, so that nothing falls between. */
export function useThread(tiketti: Tiketti, code: string): LiveThread {
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [about, setAbout] = useState<About | null>(null);
  const [messages, setMessages] = useState<Message[] | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const run = useCallback(
    async (signal: AbortSignal) => {
      setTicket(null);
      setAbout(null);
      setMessages(null);
      setFault(null);
      const { asOf } = await tiketti.tickets.list({ first: 1 });
      const found = await tiketti.tickets.get({ code });
      const read = async () => {
        const thread = await readThread(tiketti, found.id);
        if (signal.aborted) return;
        setAbout(thread.about);
        setMessages(thread.messages);
      };
      if (signal.aborted) return;
      setTicket(found);
      await read();
      for await (const change of tiketti.tickets.activity({ ticketId: found.id, after: asOf, signal })) {
        if (change.type === "RESET") {
          setTicket(await tiketti.tickets.get({ id: found.id }));
          await read();
          continue;
        }
        const { ticket: now, message } = change;
        if (now) setTicket(now);
        if (message)
          setMessages((before) => [...(before ?? []).filter(({ id }) => id !== message.id), message].sort(byTime));
        // What is allowed depends on the status, and the sum on the time.
        if (change.kinds.some((kind) => /STATUS|ASSIGNED|TIME_ENTRY/.test(kind)))
          setAbout((await readThread(tiketti, found.id)).about);
      }
    },
    [tiketti, code],
  );
  useLoop(run, setFault);
  return { ticket, about, messages, fault };
}

const byTime = (a: Message, b: Message) => a.createdAt.localeCompare(b.createdAt);

export type Timer = Awaited<ReturnType<Tiketti["time"]["running"]>>;

/** The viewer's running timer. */
export function useTimer(tiketti: Tiketti): [timer: Timer, refresh: () => Promise<void>] {
  const [timer, setTimer] = useState<Timer>(null);
  const refresh = useCallback(async () => setTimer(await tiketti.time.running()), [tiketti]);
  const run = useCallback(
    async (signal: AbortSignal) => {
      await refresh();
      for await (const change of tiketti.time.changes({ filter: { member: { isMe: true } }, signal })) {
        if (signal.aborted) return;
        if (change.type === "RESET" || change.kinds.length > 0) await refresh();
      }
    },
    [tiketti, refresh],
  );
  useLoop(run, () => {});
  return [timer, refresh];
}

export interface Day {
  opened: number[];
  resolved: number[];
}

/** How many tickets were opened and resolved in each hour of today. */
export function useDay(tiketti: Tiketti): Day | null {
  const [day, setDay] = useState<Day | null>(null);
  const run = useCallback(
    async (signal: AbortSignal) => {
      const read = async () => {
        const midnight = new Date();
        midnight.setHours(0, 0, 0, 0);
        const since = { gte: midnight.toISOString() };
        const hours = (instants: (string | null)[]) => {
          const counts = Array.from({ length: 24 }, () => 0);
          for (const instant of instants) {
            const hour = instant ? new Date(instant).getHours() : null;
            if (hour !== null) counts[hour] = (counts[hour] ?? 0) + 1;
          }
          return counts;
        };
        const [opened, resolved] = await Promise.all([
          tiketti.tickets.list({ filter: { createdAt: since }, first: 100 }).toArray({ limit: 500 }),
          tiketti.tickets.list({ filter: { resolvedAt: since }, first: 100 }).toArray({ limit: 500 }),
        ]);
        if (!signal.aborted)
          setDay({
            opened: hours(opened.map(({ createdAt }) => createdAt)),
            resolved: hours(resolved.map(({ resolvedAt }) => resolvedAt)),
          });
      };
      await read();
      const kinds = ["TICKET_CREATED", "TICKET_STATUS_CHANGED"] as const;
      let isWaiting = false;
      for await (const _change of tiketti.changes.follow({ kinds, signal })) {
        if (isWaiting) continue;
        isWaiting = true;
        // Many at once are read of together.
        setTimeout(() => {
          isWaiting = false;
          read().catch(() => {});
        }, 1_500);
      }
    },
    [tiketti],
  );
  useLoop(run, () => {});
  return day;
}

/** Whether the page is up to date: live, or since when it isn't; and how much was caught up with after a cut. */
export function useCatchUp(live: LiveState): {
  isLost: boolean;
  caughtUp: number | null;
  heard: (occurredAt: string) => void;
} {
  const isAway = useRef(false);
  const backAt = useRef<number | null>(null);
  const [caughtUp, setCaughtUp] = useState<number | null>(null);
  const [isLost, setLost] = useState(false);

  useEffect(() => {
    if (live === "lost") {
      isAway.current = true;
      backAt.current = null;
      setLost(true);
      setCaughtUp(null);
    }
    if (live !== "connected" || !isAway.current) return;
    isAway.current = false;
    backAt.current = Date.now();
    setLost(false);
    setCaughtUp(0);
    const timer = setTimeout(() => {
      backAt.current = null;
      setCaughtUp(null);
    }, 8_000);
    return () => clearTimeout(timer);
  }, [live]);

  const heard = useCallback((occurredAt: string) => {
    if (backAt.current !== null && Date.parse(occurredAt) < backAt.current) setCaughtUp((count) => (count ?? 0) + 1);
  }, []);
  return { isLost, caughtUp, heard };
}
