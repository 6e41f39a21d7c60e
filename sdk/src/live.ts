/** Live updates; what speaks the protocols is loaded when the first loop begins. */
import type { Core, Operation } from "./core.ts";
import type { TikettiError } from "./errors.ts";
import type { LiveOptions, Subject } from "./live-types.ts";
import type { List } from "./pagination.ts";

/** What happened: the subscription's own fields. */
export type Change<Event> = Event & { type: "CHANGE" };

/**
 * What was missed can't be told any more: the position is too old, or your rights changed since. Read anew what you
 * show; the loop goes on from there.
 */
export interface Reset<Node = never> {
  type: "RESET";
  /** CURSOR_EXPIRED, with the reason. */
  error: TikettiError;
  /** Where the loop goes on from; after `snapshot()`, where that was read. */
  cursor: string;
  /** The whole set as it is now, with the same filter; there where the subscription is of a set. */
  snapshot: [Node] extends [never] ? undefined : () => Promise<Node[]>;
}

/** A loop over changes, each told once and in order, over lost connections too. It ends with `break` or its signal. */
export type Changes<Event, Node = never> = AsyncGenerator<Change<Event> | Reset<Node>, void, void>;

export function follow<Event, Node>(core: Core, subject: Subject, options: LiveOptions = {}): Changes<Event, Node> {
  const own = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
  const changes = begin<Event, Node>(core, subject, { ...options, signal });
  const over = { done: true, value: undefined } as const;
  // A generator's own return() would wait for the change that it waits for.
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
