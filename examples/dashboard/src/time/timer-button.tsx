import { useDesk } from "../desk-context.ts";
import type { Timer } from "../live/use-live.ts";
import type { Ticket } from "../live/use-thread.ts";
import { whyNot } from "../thread/reasons.ts";
import { timerStart, timerStop } from "./time-changes.ts";

/** Starts a timer on the ticket, or stops it. */
export function TimerButton({
  ticket,
  timer,
  onTimer,
}: {
  ticket: Ticket;
  timer: Timer;
  onTimer: () => Promise<void>;
}) {
  const { tiketti, changes, notices, viewer } = useDesk();
  const isTimed = timer?.ticketCode === ticket.code;
  const why = isTimed ? null : whyNot("logTime", ticket, viewer);
  const press = async () => {
    if (why !== null) return notices.refuse(why);
    await changes.make(isTimed && timer ? timerStop(tiketti, timer) : timerStart(tiketti, ticket));
    await onTimer();
  };
  return (
    <button
      type="button"
      data-key="timer"
      data-why={why ?? undefined}
      title={why ?? undefined}
      aria-disabled={why !== null}
      className={isTimed ? "timing" : ""}
      onClick={press}
    >
      {isTimed ? "Stop timer" : "Start timer"}
    </button>
  );
}
