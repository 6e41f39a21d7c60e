/** What following is told, and what comes of it: shared by the part that loads at once and the part that loads when used. */
import type { Operation } from "./core.ts";
import type { WireError } from "./errors.ts";
import type { List } from "./pagination.ts";

export interface LiveOptions {
  /** The position to go on from: a list's `asOf`, or the last change's `cursor`. Default: what comes from now on. */
  after?: string | undefined;
  /** Ends the loop; it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** What is followed. */
export interface Subject<Node = unknown> extends Operation {
  /** The field whose events are told. Default: the first of the answer. */
  field?: string;
  /** Whether it takes a position. Default: whether the document declares `$after`. */
  canReplay?: boolean;
  /** The variable of the position. Default: `after`. */
  positionIn?: string;
  /** Reads what an answer has under other names than were asked for. */
  restore?: ((data: object) => object) | undefined;
  snapshot?: (() => List<Node, never>) | undefined;
}

/** One result of a subscription. */
export interface LiveResult {
  data?: Record<string, { cursor?: string } | null> | null;
  errors?: readonly WireError[];
}
