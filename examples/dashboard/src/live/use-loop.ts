import { isTikettiError } from "@tiketti/sdk";
import { useEffect, useRef } from "react";
import { type Fault, pauseOf, toFault } from "../notices/faults.ts";

const againMs = 1_000;

/**
 * Runs while the component is there. When the server is away, or points have run out, the fault is told and the loop
 * begins again; what ends by its signal is no fault.
 */
export function useLoop(run: (signal: AbortSignal) => Promise<void>, onFault: (fault: Fault | null) => void): void {
  const latest = useRef(onFault);
  latest.current = onFault;
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const repeat = async () => {
      while (!signal.aborted) {
        try {
          return await run(signal);
        } catch (error) {
          if (signal.aborted || isTikettiError(error, "ABORTED")) return;
          const fault = toFault(error);
          latest.current(fault);
          const waitMs = fault.isAway ? againMs : pauseOf(error);
          if (waitMs === null) return;
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
      }
    };
    void repeat();
    return () => controller.abort();
  }, [run]);
}
