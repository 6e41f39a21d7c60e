/** Loaded when the first subscription begins: the build puts graphql-ws's client into this file. */
import type { Answer, Core } from "../core.ts";
import { textOf } from "../core.ts";
import { fromWire, TikettiError, type WireError } from "../errors.ts";
import type { Changes, Subject } from "../live.ts";
import type { LiveOptions } from "../resource.ts";
import { backoff, sleep, throwIfAborted } from "../wait.ts";
import { overEvents } from "./events.ts";
import { Sockets } from "./sockets.ts";

/** One result of a subscription. */
export interface LiveResult {
  data?: Record<string, { cursor?: string } | null> | null;
  errors?: readonly WireError[];
}

/** An answer with errors is asked for again so often; a lost connection always. */
const mostFaults = 10;

const sockets = new WeakMap<Core, Sockets>();

export async function* follow(core: Core, subject: Subject, { after, signal }: LiveOptions): Changes<unknown, unknown> {
  const query = await textOf(subject.query);
  const canReplay = subject.canReplay ?? /\$after\b/.test(query);
  const own = new AbortController();
  const until = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
  let cursor = after ?? null;
  let attempts = 0;
  let faults = 0;
  try {
    for (;;) {
      throwIfAborted(signal);
      try {
        // Without a position what happens before the connection holds, or while it is cut, would be lost.
        if (canReplay) cursor ??= await headOf(core, until);
        const variables = canReplay
          ? { ...subject.variables, [subject.positionIn ?? "after"]: cursor }
          : subject.variables;
        for await (const result of open(core, { query, variables }, until)) {
          attempts = 0;
          const event = eventOf(result, subject.field);
          faults = 0;
          cursor = event.cursor ?? cursor;
          yield { ...event, type: "CHANGE" } as never;
        }
      } catch (thrown) {
        throwIfAborted(signal, thrown);
        const error = toError(thrown);
        if (error.code === "CURSOR_EXPIRED" && canReplay) {
          const reset = { error, cursor: await headOf(core, until), subject };
          yield tellReset(reset) as never;
          cursor = reset.cursor;
          continue;
        }
        const isLost = error.code === "NETWORK" || error.code === "TIMEOUT";
        if (!error.isRetryable || (!isLost && ++faults > mostFaults)) throw error;
        const delayMs = Math.max(error.retryAfterMs ?? 0, backoff(attempts));
        core.options.onRetry?.({ operation: subject.field ?? null, attempt: attempts, error, delayMs });
        await sleep(delayMs, until);
      }
      attempts++;
    }
  } finally {
    own.abort();
  }
}

function tellReset(reset: { error: TikettiError; cursor: string; subject: Subject }) {
  const { snapshot } = reset.subject;
  return {
    type: "RESET",
    error: reset.error,
    get cursor() {
      return reset.cursor;
    },
    snapshot:
      snapshot &&
      (async () => {
        const rows: unknown[] = [];
        let isFirst = true;
        for await (const page of snapshot().pages() as AsyncIterable<{ nodes: unknown[]; asOf?: string }>) {
          // What changes while the rest is read is told by the loop.
          if (isFirst && page.asOf) reset.cursor = page.asOf;
          isFirst = false;
          rows.push(...page.nodes);
        }
        return rows;
      }),
  };
}

/** The position of now: any list tells it, and members are everybody's to list. */
async function headOf(core: Core, signal: AbortSignal): Promise<string> {
  const answer: Answer<{ members: { asOf: string } }> = await core
    .call<{ members: { asOf: string } }>({ query: "query Position{members(first:1){asOf}}" }, { signal })
    .withResponse();
  return answer.data.members.asOf;
}

function eventOf({ data, errors }: LiveResult, field: string | undefined): { cursor?: string } {
  const event = data?.[field ?? (Object.keys(data)[0] as string)];
  if (event) return event;
  throw fromWire(errors ?? [], { data });
}

async function* open(
  core: Core,
  operation: { query: string; variables: Record<string, unknown> | undefined },
  signal: AbortSignal,
): AsyncGenerator<LiveResult, void, void> {
  const { live = "auto", WebSocket = globalThis.WebSocket } = core.options;
  if (live === "websocket" && !WebSocket)
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message: 'There is no WebSocket here: give one as the option WebSocket, or take live: "sse".',
    });
  let mine = sockets.get(core);
  if (!mine) {
    mine = new Sockets(core);
    sockets.set(core, mine);
  }
  if (live === "sse" || !WebSocket || (live === "auto" && mine.areBlocked)) {
    try {
      yield* overEvents(core, operation, signal);
    } catch (error) {
      // Where neither works it is not the sockets that are blocked.
      if (toError(error).code === "NETWORK") mine.areBlocked = false;
      throw error;
    }
  } else yield* mine.follow(WebSocket, operation, signal);
}

function toError(thrown: unknown): TikettiError {
  if (thrown instanceof TikettiError) return thrown;
  if (Array.isArray(thrown)) return fromWire(thrown);
  return new TikettiError({
    code: "NETWORK",
    message: "The connection for live updates was lost.",
    isRetryable: true,
    cause: thrown,
  });
}
