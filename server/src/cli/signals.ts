import { stopWithParent } from "../../bin/current-node.js";

/** The longest that a stop takes, whatever holds it up: an orchestrator would kill the process anyway. */
const stopMs = 15_000;

export interface Signals {
  /** Resolves with the first signal. */
  stopped: Promise<void>;
  /** For the second signal: ends what would outlive this process. */
  kill: () => void;
}

/** The first signal stops in order, the second immediately. */
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
