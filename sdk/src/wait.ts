import { TikettiError } from "./errors.ts";

/** Full jitter: anything up to a bound that doubles, from 250 ms to 8 s. */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(8_000, 250 * 2 ** attempt);
}

/** Rejects with ABORTED when the signal is. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(aborted(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

export function throwIfAborted(signal: AbortSignal | undefined, cause?: unknown): void {
  if (signal?.aborted) throw aborted(signal, cause);
}

function aborted(signal: AbortSignal | undefined, cause: unknown = signal?.reason): TikettiError {
  return new TikettiError({ code: "ABORTED", message: "The call was ended by its signal.", cause });
}

export function isAborted(error: unknown): boolean {
  return error instanceof TikettiError && error.code === "ABORTED";
}
