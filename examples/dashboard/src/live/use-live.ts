/** The counts of the queues, the running timer, and whether the page is up to date. */
import type { LiveState, Tiketti } from "@tiketti/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Fault } from "../notices/faults.ts";
import { position } from "./position.ts";
import { useLoop } from "./use-loop.ts";

export type Queue = Extract<
  Awaited<ReturnType<ReturnType<Tiketti["tickets"]["counts"]>["next"]>>["value"],
  { type: "CHANGE" }
>["queues"][number];

/** The counts of the queues; null until they are there. */
export function useQueues(tiketti: Tiketti): { queues: Queue[] | null; fault: Fault | null } {
  const [queues, setQueues] = useState<Queue[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = useCallback(
    async (signal: AbortSignal) => {
      for await (const change of tiketti.tickets.counts({ signal })) {
        if (change.type !== "CHANGE") continue;
        setQueues(change.queues);
        setFault(null);
      }
    },
    [tiketti],
  );
  useLoop(run, setFault);
  return { queues, fault };
}

export type Timer = Awaited<ReturnType<Tiketti["time"]["running"]>>;

/** The viewer's running timer. */
export function useTimer(tiketti: Tiketti): [timer: Timer, refresh: () => Promise<void>] {
  const [timer, setTimer] = useState<Timer>(null);
  const refresh = useCallback(async () => setTimer(await tiketti.time.running()), [tiketti]);
  const run = useCallback(
    async (signal: AbortSignal) => {
      const after = await position(tiketti, signal);
      await refresh();
      for await (const change of tiketti.time.changes({ filter: { member: { isMe: true } }, after, signal })) {
        if (signal.aborted) return;
        if (change.type === "RESET" || change.kinds.length > 0) await refresh();
      }
    },
    [tiketti, refresh],
  );
  useLoop(run, () => {});
  return [timer, refresh];
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
