/** Loaded when the first subscription begins: the build puts graphql-ws's client into this file. */
import { type Core, textOf } from "../core.ts";
import { fromWire, isPassing, TikettiError } from "../errors.ts";
import type { LiveOptions, LiveResult, Subject } from "../live-types.ts";
import { backoff, sleep, throwIfAborted } from "../wait.ts";
import { overEvents } from "./events.ts";
import { positionQuery } from "./position.ts";
import { Sockets } from "./sockets.ts";

/** Retries in a row after temporary refusals; lost connections are always retried. */
const mostFaults = 10;
/** Faults this far apart don't count as in a row. */
const faultsApartMs = 60_000;

const sockets = new WeakMap<Core, Sockets>();

export async function* follow(
  core: Core,
  subject: Subject,
  { after, signal }: LiveOptions & { signal: AbortSignal },
): AsyncGenerator<unknown, void, void> {
  const query = await textOf(subject.query);
  if (!/(?:^|[\s},])subscription\b/.test(query))
    throw new TikettiError({ code: "INVALID_OPTIONS", message: "Only a subscription can be followed." });
  const canReplay = subject.canReplay ?? /\$after\b/.test(query);
  const positionIn = subject.positionIn ?? "after";
  let cursor = after ?? ((subject.variables?.[positionIn] as string | undefined) || null);
  let expired: TikettiError | null = null;
  let attempts = 0;
  let faults = 0;
  let faultAt = 0;
  for (;;) {
    let fault: TikettiError | null = null;
    try {
      if (expired) {
        const reset: Pending = { error: expired, cursor: await headOf(core, signal), subject };
        expired = null;
        yield tellReset(reset);
        cursor = reset.cursor;
      }
      // Without a position, changes before the connection is open, or while it is cut, would be lost.
      if (canReplay) cursor ??= await headOf(core, signal);
      const variables = canReplay ? { ...subject.variables, [positionIn]: cursor } : subject.variables;
      for await (const result of open(core, { query, variables }, signal)) {
        const event = eventOf(result, subject);
        attempts = 0;
        faults = 0;
        cursor = event.cursor ?? cursor;
        yield { ...event, type: "CHANGE" };
      }
    } catch (thrown) {
      throwIfAborted(signal, thrown);
      fault = toError(thrown);
    }
    throwIfAborted(signal);
    if (fault) {
      const isExpired = fault.code === "CURSOR_EXPIRED" && canReplay;
      const isLost = fault.code === "NETWORK" || fault.code === "TIMEOUT" || isPassing(fault.status);
      if (Date.now() - faultAt > faultsApartMs) faults = 0;
      faultAt = Date.now();
      // A token expired during the events: the next attempt gets another.
      const isToken = fault.code === "UNAUTHENTICATED" && core.canAskAgain;
      if (!isExpired && !isToken && !fault.isRetryable) throw fault;
      if (!isLost && ++faults > (isToken ? 2 : mostFaults)) throw fault;
      if (isExpired) expired = fault;
      // The first time it is reported at once.
      if (isExpired && attempts++ === 0) continue;
    }
    // Also after a clean end, such as a proxy's: it would end again at once.
    const delayMs = Math.max(fault?.retryAfterMs ?? 0, backoff(attempts));
    if (fault) core.options.onRetry?.({ operation: subject.field ?? null, attempt: attempts, error: fault, delayMs });
    await sleep(delayMs, signal);
    attempts++;
  }
}

interface Pending {
  error: TikettiError;
  cursor: string;
  subject: Subject;
}

function tellReset(reset: Pending) {
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
          // Changes while the rest is read come through the loop.
          if (isFirst && page.asOf) reset.cursor = page.asOf;
          isFirst = false;
          rows.push(...page.nodes);
        }
        return rows;
      }),
  };
}

/** The current position: any list has it, and everyone can list members. */
async function headOf(core: Core, signal: AbortSignal): Promise<string> {
  const { members } = await core.call<{ members: { asOf: string } }>({ query: positionQuery }, { signal });
  return members.asOf;
}

function eventOf({ data, errors }: LiveResult, { field, restore }: Subject): { cursor?: string } {
  const event = data?.[field ?? (Object.keys(data)[0] as string)];
  if (!event) throw fromWire(errors ?? [], { data });
  return restore ? restore(event) : event;
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
      message: 'This runtime has no WebSocket: give one as the option WebSocket, or use live: "sse".',
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
      // If neither works, the sockets aren't what is blocked.
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
