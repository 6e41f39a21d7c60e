import { useCallback, useEffect, useRef, useState } from "react";
import type { DeskQueue } from "../words.ts";

export type { DeskQueue } from "../words.ts";

/** In the order in which they show; the keys 1 to 8. */
export const queueOrder = [
  "MINE",
  "UNASSIGNED",
  "OPEN",
  "PENDING",
  "RESOLVED",
  "CLOSED",
  "ALL",
  "TRASH",
] as const satisfies readonly DeskQueue[];

export interface Place {
  queue: DeskQueue;
  /** The code of the ticket that is open. */
  code: string | null;
}

function readHash(): Place {
  const [queue, code] = location.hash.slice(1).split("/");
  return { queue: queueOrder.find((key) => key === queue) ?? "OPEN", code: code || null };
}

/** Where the page is: `#MINE/NORD-7`. `onElsewhere` is called when a link or the browser's history changes it. */
export function usePlace(onElsewhere: () => void): [place: Place, go: (place: Place) => void] {
  const [place, setPlace] = useState(readHash);
  const current = useRef(place);
  const told = useRef(onElsewhere);
  told.current = onElsewhere;
  useEffect(() => {
    const onChange = () => {
      const next = readHash();
      if (next.queue === current.current.queue && next.code === current.current.code) return;
      told.current();
      current.current = next;
      setPlace(next);
    };
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  const go = useCallback((next: Place) => {
    // Before the browser says so: a key pressed now is meant for the next ticket.
    current.current = next;
    setPlace(next);
    location.hash = next.code ? `${next.queue}/${next.code}` : next.queue;
  }, []);
  return [place, go];
}
