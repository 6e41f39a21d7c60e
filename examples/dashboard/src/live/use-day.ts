/** What today was like. */
import type { Tiketti } from "@tiketti/sdk";
import { useCallback, useState } from "react";
import { position } from "./position.ts";
import { useLoop } from "./use-loop.ts";

export interface Day {
  opened: number[];
  resolved: number[];
}

/** Many changes at once are read of together, after so long, in milliseconds. */
const togetherMs = 1_500;

/** How many tickets were opened and resolved in each hour of today. */
export function useDay(tiketti: Tiketti): Day | null {
  const [day, setDay] = useState<Day | null>(null);
  const run = useCallback(
    async (signal: AbortSignal) => {
      const read = async () => {
        const now = await readDay(tiketti);
        if (!signal.aborted) setDay(now);
      };
      const after = await position(tiketti, signal);
      await read();
      const kinds = ["TICKET_CREATED", "TICKET_STATUS_CHANGED"] as const;
      let isWaiting = false;
      for await (const _change of tiketti.changes.follow({ kinds, after, signal })) {
        if (isWaiting) continue;
        isWaiting = true;
        setTimeout(() => {
          isWaiting = false;
          read().catch(() => {});
        }, togetherMs);
      }
    },
    [tiketti],
  );
  useLoop(run, () => {});
  return day;
}

async function readDay(tiketti: Tiketti): Promise<Day> {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const since = { gte: midnight.toISOString() };
  const [opened, resolved] = await Promise.all([
    tiketti.tickets.list({ filter: { createdAt: since }, first: 100 }).toArray({ limit: 500 }),
    tiketti.tickets.list({ filter: { resolvedAt: since }, first: 100 }).toArray({ limit: 500 }),
  ]);
  return {
    opened: byHour(opened.map(({ createdAt }) => createdAt)),
    resolved: byHour(resolved.map(({ resolvedAt }) => resolvedAt)),
  };
}

function byHour(instants: (string | null)[]): number[] {
  const counts = Array.from({ length: 24 }, () => 0);
  for (const instant of instants) {
    const hour = instant ? new Date(instant).getHours() : null;
    if (hour !== null) counts[hour] = (counts[hour] ?? 0) + 1;
  }
  return counts;
}
