/** Time that is logged, and the running timer; each with what takes it back. */
import type { Tiketti } from "@tiketti/sdk";
import type { Timer } from "../live/use-live.ts";
import type { Change } from "../notices/changes.ts";
import { duration } from "../words.ts";

interface Of {
  id: string;
  code: string;
}

export function timerStart(tiketti: Tiketti, { id, code }: Of): Change {
  return {
    told: `The timer runs on ${code}. If another one ran, its time is logged.`,
    undone: `The timer on ${code} is discarded.`,
    before: null,
    run: async () => {
      await tiketti.time.start({ ticketId: id });
      return null;
    },
    undo: async () => {
      await tiketti.time.discard();
      return null;
    },
  };
}

/** Undone, the entry is removed and the timer runs since it was started. */
export function timerStop(tiketti: Tiketti, timer: NonNullable<Timer>): Change {
  let entryId = "";
  return {
    told: `The timer is stopped, and its time logged on ${timer.ticketCode}.`,
    undone: `The timer on ${timer.ticketCode} runs on.`,
    before: null,
    run: async () => {
      entryId = (await tiketti.time.stop()).timeEntry?.id ?? "";
      return null;
    },
    undo: timer.ticket
      ? async () => {
          await tiketti.time.delete({ id: entryId });
          return runOn(tiketti, timer);
        }
      : gone,
  };
}

export interface Entry {
  duration: string;
  description: string;
  isBillable: boolean;
}

export function timeLog(tiketti: Tiketti, { id, code }: Of, entry: Entry): Promise<Change> {
  return tiketti.time.log({ ticketId: id, ...entry }).then(({ timeEntry }) => ({
    told: `${duration(timeEntry?.durationMinutes ?? 0)} are logged on ${code}.`,
    before: null,
    run: async () => null,
    undo: async () => {
      await tiketti.time.delete({ id: timeEntry?.id ?? "" });
      return null;
    },
  }));
}

/** Undone, the timer runs since it was started. */
export function timerDiscard(tiketti: Tiketti, timer: NonNullable<Timer>): Change {
  return {
    told: `The timer on ${timer.ticketCode} is discarded.`,
    undone: `The timer on ${timer.ticketCode} runs on.`,
    before: null,
    run: async () => {
      await tiketti.time.discard();
      return null;
    },
    undo: timer.ticket ? () => runOn(tiketti, timer) : gone,
  };
}

const gone = { whyNot: "No undo: the ticket isn't there any more." };

async function runOn(
  tiketti: Tiketti,
  { ticket, startedAt, description, isBillable }: NonNullable<Timer>,
): Promise<null> {
  await tiketti.time.start({ ticketId: ticket?.id ?? "", startedAt, description, isBillable });
  return null;
}
