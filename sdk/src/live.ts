/** Live updates; the protocols are loaded when the first loop begins. */
import type { Core } from "./core.ts";
import type { TikettiError } from "./errors.ts";
import type { LiveOptions, Subject } from "./live-types.ts";

/** What happened: the subscription's own fields. */
export type Change<Event> = Event & { type: "CHANGE" };

/**
 * Missed changes can't be sent any more: the position is too old, or your permissions changed. Read again what you
 * show; the loop continues from there.
 */
export interface Reset<Node = never> {
  type: "RESET";
  /** CURSOR_EXPIRED, with the reason. */
  error: TikettiError;
  /** The position the loop continues from; after `snapshot()`, that of the snapshot. */
  cursor: string;
  /** The whole set as it is now, with the same filter; only for subscriptions to a set. */
  snapshot: [Node] extends [never] ? undefined : () => Promise<Node[]>;
}

/** A loop over changes, each once and in order, across lost connections. `break` or its signal ends it. */
export type Changes<Event, Node = never> = AsyncGenerator<Change<Event> | Reset<Node>, void, void>;

export function follow<Event, Node>(core: Core, subject: Subject, options: LiveOptions = {}): Changes<Event, Node> {
  const own = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
  const changes = begin<Event, Node>(core, subject, { ...options, signal });
  const over = { done: true, value: undefined } as const;
  // A generator's own return() would wait for the pending change.
  const end = async () => {
    own.abort();
    await changes.return().catch(() => {});
    return over;
  };
  const loop = {
    async next() {
      try {
        return await changes.next();
      } catch (error) {
        if (own.signal.aborted) return over;
        throw error;
      }
    },
    return: end,
    async throw(error: unknown) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => loop,
    // Where there is `await using`.
    ...((Symbol as { asyncDispose?: symbol }).asyncDispose && {
      [(Symbol as unknown as { asyncDispose: symbol }).asyncDispose]: end,
    }),
  };
  return loop as unknown as Changes<Event, Node>;
}

async function* begin<Event, Node>(
  core: Core,
  subject: Subject,
  options: LiveOptions & { signal: AbortSignal },
): AsyncGenerator<Change<Event> | Reset<Node>, void, void> {
  const live = await import("./lazy/live.ts");
  yield* live.follow(core, subject, options) as AsyncGenerator<Change<Event> | Reset<Node>, void, void>;
}
