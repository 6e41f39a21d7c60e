/** What went wrong, for people. */
import { isTikettiError } from "@tiketti/sdk";

export interface Fault {
  text: string;
  /** Whether the server didn't answer. That ends by itself: the connection is made again. */
  isAway: boolean;
}

const away = "The server isn't answering. Reconnecting …";

export function toFault(error: unknown): Fault {
  if (isAway(error)) return { text: away, isAway: true };
  const waitMs = pauseOf(error);
  if (waitMs !== null)
    return {
      text: `Too much was asked for in this minute; it goes on in ${Math.ceil(waitMs / 1_000)} s.`,
      isAway: false,
    };
  return { text: error instanceof Error ? error.message : String(error), isAway: false };
}

/** How long to wait, in milliseconds, before what ran out of points may be asked for again; null: it isn't that. */
export function pauseOf(error: unknown): number | null {
  return isTikettiError(error, "RATE_LIMITED") && error.isRetryable ? (error.retryAfterMs ?? 1_000) : null;
}

/** A refused connection, a cut one, no answer in time, and a proxy's 502 to 504 during a restart. */
export function isAway(error: unknown): boolean {
  if (!isTikettiError(error)) return false;
  if (["NETWORK", "TIMEOUT", "UNAVAILABLE"].includes(error.code)) return true;
  return error.code === "BAD_RESPONSE" && error.status !== null && error.status >= 500 && error.status <= 504;
}
