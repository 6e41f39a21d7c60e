/** Options and results of following, shared by the part loaded at once and the part loaded on use. */
import type { Operation } from "./core.ts";
import type { WireError } from "./errors.ts";
import type { List } from "./pagination.ts";

export interface LiveOptions {
  /** The position to continue from: a list's `asOf`, or the last change's `cursor`. Default: now. */
  after?: string | undefined;
  /** Ends the loop, which rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** What is followed. */
export interface Subject<Node = unknown> extends Operation {
  /** The field whose events are returned. Default: the first in the answer. */
  field?: string;
  /** Whether it takes a position. Default: whether the document declares `$after`. */
  canReplay?: boolean;
  /** The variable of the position. Default: `after`. */
  positionIn?: string;
  /** Restores the requested names in an answer. */
  restore?: ((data: object) => object) | undefined;
  snapshot?: (() => List<Node, never>) | undefined;
}

/** One result of a subscription. */
export interface LiveResult {
  data?: Record<string, { cursor?: string } | null> | null;
  errors?: readonly WireError[];
}
