import { useEffect, useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { Timer } from "../live/use-live.ts";
import { clock } from "../words.ts";
import { timerDiscard, timerStop } from "./time-changes.ts";

interface Props {
  timer: NonNullable<Timer>;
  onChange: () => Promise<void>;
  onOpen: (code: string) => void;
}

/** The running timer, wherever one is. */
export function TimerBar({ timer, onChange, onOpen }: Props) {
  const { tiketti, changes } = useDesk();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, []);
  return (
    <aside className="timer" aria-label="Running timer">
      <span className="pulse" />
      <span className="clock">{clock(now - Date.parse(timer.startedAt ?? ""))}</span>
      <button type="button" className="quiet subject" onClick={() => onOpen(timer.ticketCode)}>
        {timer.ticketCode} · {timer.ticketSubject}
      </button>
      <button type="button" onClick={() => changes.make(timerDiscard(tiketti, timer)).then(onChange)}>
        Discard
      </button>
      <button type="button" className="primary" onClick={() => changes.make(timerStop(tiketti, timer)).then(onChange)}>
        Stop and log
      </button>
    </aside>
  );
}
