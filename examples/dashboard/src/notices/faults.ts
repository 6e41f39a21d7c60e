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
  return { text: error instanceof Error ? error.message : String(error), isAway: false };
}

/** A refused connection, a cut one, no answer in time, and a proxy's 502 to 504 during a restart. */
export function isAway(error: unknown): boolean {
  if (!isTikettiError(error)) return false;
  if (["NETWORK", "TIMEOUT", "UNAVAILABLE"].includes(error.code)) return true;
  return error.code === "BAD_RESPONSE" && error.status !== null && error.status >= 500 && error.status <= 504;
}
