import type { Viewer } from "../access/viewer.ts";

/** Who follows: a socket or a stream, with its viewer as of now. */
export interface Follower {
  viewer: Viewer;
  /** The number of a change that the viewer is at least as new as. */
  asOf: number;
  /** Aborted when the socket closed or its credentials ended; the reason is a DomainError then. */
  signal: AbortSignal;
  /** Asks anew who the credentials belong to, unless that was done after the change of this number. */
  refresh(number: number): Promise<void>;
}
