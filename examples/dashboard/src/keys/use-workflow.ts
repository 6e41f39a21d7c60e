/** From one ticket to the next, without a key going astray. */
import { useCallback, useLayoutEffect, useRef } from "react";
import type { Finish } from "../composer/use-composer.ts";
import type { DeskContext } from "../desk-context.ts";
import type { Row } from "../live/use-tickets.ts";
import type { Place } from "./use-place.ts";

export interface Workflow {
  /** Opens a ticket; keys wait until its thread is there. */
  open: (place: Place) => void;
  onReady: (isThere: boolean) => void;
  finish: Finish;
}

export function useWorkflow(
  { keyboard, notices }: DeskContext,
  place: Place,
  go: (place: Place) => void,
  tickets: readonly Row[] | null,
): Workflow {
  const current = useRef(place);
  const shown = useRef(tickets);
  shown.current = tickets;
  useLayoutEffect(() => {
    current.current = place;
    // A place from a link, or from the address the page was opened at.
    if (!place.code) keyboard.release("loading");
  }, [place, keyboard]);
  useLayoutEffect(() => {
    if (place.code) keyboard.hold("loading");
  }, [place.code, keyboard]);

  const open = useCallback(
    (next: Place) => {
      if (next.code && next.code !== current.current.code) keyboard.hold("loading");
      current.current = next;
      go(next);
    },
    [keyboard, go],
  );
  const onReady = useCallback(
    (isThere: boolean) => {
      if (!isThere) keyboard.drop();
      keyboard.release("loading");
    },
    [keyboard],
  );
  const finish: Finish = useCallback(
    async (run) => {
      const from = current.current;
      const next = nextAfter(shown.current ?? [], from.code);
      keyboard.hold("saving");
      try {
        const isDone = await run();
        const isElsewhere = current.current.code !== from.code;
        if (!isDone || isElsewhere || !next) {
          // They were meant for a ticket that won't open.
          const lost = keyboard.drop();
          if (lost > 0) notices.refuse(`${lost} key${lost === 1 ? " was" : "s were"} ignored.`);
        }
        if (isDone && !isElsewhere) open({ queue: from.queue, code: next });
      } finally {
        keyboard.release("saving");
      }
    },
    [keyboard, notices, open],
  );
  return { open, onReady, finish };
}

/** The ticket below, or the one above the last; null when there is no other. */
function nextAfter(tickets: readonly Row[], code: string | null): string | null {
  const at = tickets.findIndex((ticket) => ticket.code === code);
  return (tickets[at + 1] ?? tickets[at - 1])?.code ?? null;
}
