import { setTimeout as delay } from "node:timers/promises";

interface Options {
  /** How long it may take. Default 10 s. */
  timeoutMs?: number;
  /** How long to wait between two looks. Default 20 ms. */
  everyMs?: number;
}

/** Looks again and again until what it finds is true, and returns that; fails with `what` after the deadline. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 20 }: Options = {},
): Promise<Exclude<T, false | null | undefined | 0 | "">> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, false | null | undefined | 0 | "">;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
    await delay(everyMs);
  }
}
