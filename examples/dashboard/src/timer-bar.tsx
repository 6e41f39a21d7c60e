import type { Tiketti } from "@tiketti/sdk";
import { useEffect, useState } from "react";
import type { Timer } from "./use-live.ts";
import { clock, said } from "./words.ts";

interface Props {
  tiketti: Tiketti;
  timer: NonNullable<Timer>;
  onChange: () => Promise<void>;
  onOpen: (code: string) => void;
}

/** The running timer, wherever one is. */
export function TimerBar({ tiketti, timer, onChange, onOpen }: Props) {
  const [now, setNow] = useState(Date.now);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, []);
  const act = (run: () => PromiseLike<unknown>) => async () => {
    try {
      await run();
      await onChange();
    } catch (error) {
      setFault(said(error));
    }
  };
  return (
    <aside className="timer" aria-label="Running timer">
      <span className="pulse" />
      <span className="clock">{clock(now - Date.parse(timer.startedAt ?? ""))}</span>
      <button type="button" className="quiet subject" onClick={() => onOpen(timer.ticketCode)}>
        {timer.ticketCode} · {timer.ticketSubject}
      </button>
      {fault && <span className="fault">{fault}</span>}
      <button type="button" onClick={act(() => tiketti.time.discard())}>
        Discard
      </button>
      <button type="button" className="primary" onClick={act(() => tiketti.time.stop())}>
        Stop and log
      </button>
    </aside>
  );
}
