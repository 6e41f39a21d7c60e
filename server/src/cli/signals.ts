import { stopWithParent } from "../../bin/current-node.js";

/** Longer than this no stop takes, whatever holds it up: an orchestrator would kill it anyway. */
const stopMs = 15_000;

export interface Signals {
  /** Resolves with the first signal. */
  stopped: Promise<void>;
  /** Ends what would go on without this process; for the second signal. */
  kill: () => void;
}

/** The first signal stops in order, the second at once. */
export function listenForSignals(say: (line: string) => void): Signals {
  const signals: Signals = { stopped: Promise.resolve(), kill: () => {} };
  const endNow = (code: number) => {
    signals.kill();
    process.exit(code);
  };
  signals.stopped = new Promise((resolve) => {
    let isStopping = false;
    stopWithParent(() => process.emit("SIGTERM"));
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (isStopping) endNow(130);
        isStopping = true;
        say("stopping …");
        setTimeout(() => {
          say(`not stopped after ${stopMs / 1_000} s; ending now`);
          endNow(1);
        }, stopMs).unref();
        resolve();
      });
    }
  });
  return signals;
}
