/**
 * Runs a subscription: the same for sockets and server-sent events. Each change is executed under the rights
 * of that moment, once for all who would be answered the same.
 */
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  executeRootSelectionSet,
  type GraphQLSchema,
  getNamedType,
  mapSourceToResponseEvent,
  TypeInfo,
  type ValidatedSubscriptionArgs,
  validateSubscriptionArgs,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Change } from "../changes/change.ts";
import { answerKey } from "../changes/change.visibility.ts";
import { type Context, createContext } from "../context.ts";
import { isOutOfReach } from "../db/faults.ts";
import { runAsWork, Work } from "../db/pool.ts";
import { startShared } from "../lib/shared-work.ts";
import type { Operation } from "../limits/cost.ts";
import type { ChangeEvent } from "../live/change.type.ts";
import { toWireError } from "../schema/error-format.ts";
import { DomainError } from "../wire/errors.ts";
import { placesOf } from "./admission.ts";
import type { Incoming } from "./incoming.ts";
import { limits } from "./limits.ts";
import type { LiveSession } from "./live-session.ts";
import { withoutHttp } from "./refusal.ts";

export type Results = AsyncGenerator<ExecutionResult, void, void>;

/** What ended a stream, told as its last result. */
class StreamFault {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

export interface LiveCounters {
  subscriptions: number;
  eventsSent: number;
  executions: number;
}

/** `operation` names document and variables: the same text is the same subscription. */
export async function subscribeLive(
  args: ExecutionArgs,
  session: LiveSession,
  operation: string,
  counters: LiveCounters,
): Promise<Results | ExecutionResult> {
  const own = new AbortController();
  const context = args.contextValue as Context;
  if (context.viewer) await session.freshen(context.viewer);
  if (session.signal.reason instanceof DomainError) throw session.signal.reason;
  const viewer = context.viewer && session.identity.viewer;
  if (viewer && viewer.organizationId !== context.viewer?.organizationId)
    throw new DomainError("UNAUTHENTICATED", "The credentials of this connection now belong to another viewer.");
  const contextValue = { ...context, viewer, follower: session.follower(own.signal) };
  const validated = validateSubscriptionArgs({ ...args, contextValue });
  if (!("operation" in validated)) return { errors: validated };
  const stream = await createSourceEventStream(validated);
  if (!isStream(stream)) {
    own.abort();
    return stream;
  }
  const isViewersOwn = selectsViewersOwn(args.schema, args.document);
  const name = createHash("sha256")
    .update(`${operation} ${isViewersOwn ? context.viewer?.actor.id : ""}`)
    .digest("base64");
  const results: Results = mapSourceToResponseEvent(validated, withFault(stream), (event) => {
    const told = event.rootValue;
    if (told instanceof StreamFault)
      return { errors: [withoutHttp(toWireError(told.error, context.requestId, context))] } as ExecutionResult;
    counters.eventsSent++;
    return shared(event, session, name, counters);
  });
  counters.subscriptions++;
  let isOver = false;
  const end = () => {
    if (!isOver) counters.subscriptions--;
    isOver = true;
    // A wait for the next change wouldn't notice that its reader has left.
    own.abort();
  };
  const stop = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    end();
    return results.return();
  };
  return {
    async next() {
      const result = await results.next();
      if (result.done) end();
      return result;
    },
    return: stop,
    throw(error: unknown) {
      end();
      return results.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  } satisfies Results;
}

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

async function* withFault(stream: AsyncIterable<unknown>): AsyncGenerator<unknown, void, void> {
  try {
    yield* stream;
  } catch (error) {
    yield new StreamFault(error);
  }
}

/** An answer and those who wait for it; it is retried while at least one of them waits. */
interface Answer {
  result: Promise<ExecutionResult>;
  waiting: Set<AbortSignal>;
}

/** Per change: what was executed for it, by all that an answer depends on. */
const answers = new WeakMap<Change, Map<string, Answer>>();

function shared(
  event: ValidatedSubscriptionArgs,
  session: LiveSession,
  operation: string,
  counters: LiveCounters,
): Promise<ExecutionResult> {
  const { user, viewer } = session.identity;
  const told = event.rootValue as Partial<ChangeEvent>;
  const { change, ticket, setChange } = told;
  if (!change || !viewer) return execute(event, { user, viewer }, new Set([session.signal]), counters);
  let known = answers.get(change);
  if (!known) {
    known = new Map();
    answers.set(change, known);
  }
  // A later reader, for example after a reconnect, gets the data of that later moment.
  const moment = Math.floor(performance.now() / limits.sharedEventMs.value);
  const seen = ticket ? `${ticket.assigneeId} ${ticket.deletedAt === null}` : "";
  const key = `${operation} ${moment} ${setChange} ${seen} ${answerKey(viewer, change)}`;
  let answer = known.get(key);
  if (!answer) {
    const waiting = new Set<AbortSignal>();
    // Rights that changed since it was picked hold for what is said of it too.
    const now: ValidatedSubscriptionArgs = { ...event, rootValue: { ...told, viewer } };
    answer = { result: startShared(() => execute(now, { user, viewer }, waiting, counters)), waiting };
    known.set(key, answer);
    const kept = known;
    startShared(() => setTimeout(() => kept.delete(key), 2 * limits.sharedEventMs.value).unref());
  }
  answer.waiting.add(session.signal);
  return answer.result;
}

/** Runs under the current rights, with its own loaders; waits while the database can't be reached. */
async function execute(
  event: ValidatedSubscriptionArgs,
  identity: Pick<Context, "user" | "viewer">,
  waiting: ReadonlySet<AbortSignal>,
  counters: LiveCounters,
): Promise<ExecutionResult> {
  const base = event.contextValue as Context;
  for (;;) {
    counters.executions++;
    const work = new Work();
    const context = createContext(base, { requestId: base.requestId, work, ...identity });
    const group = identity.viewer?.organizationId ?? "nobody";
    // An event can't be refused, only delayed; a client that can't keep up is closed as a slow reader.
    const whose = { group, key: "events", isPatient: true };
    // Nobody waits for it as for an answer: it takes two places, and rests while others want turns.
    const weight = 1 + placesOf((base as Context & Incoming).operation as Operation);
    const result = await base.readTurns.run({ ...whose, weight }, async () => {
      const timer = setTimeout(
        () =>
          work
            .cancel(base.database.control, new DomainError("UNAVAILABLE", "The request took too long."))
            .catch(() => {}),
        limits.requestMs.value,
      );
      try {
        return await runAsWork(work, () => executeRootSelectionSet({ ...event, contextValue: context }));
      } finally {
        clearTimeout(timer);
      }
    });
    const isAway = !work.isCancelled && result.errors?.some(({ originalError }) => isOutOfReach(originalError));
    if (!isAway || [...waiting].every((signal) => signal.aborted))
      return result.errors
        ? { ...result, errors: result.errors.map((error) => withoutHttp(toWireError(error, base.requestId, base))) }
        : result;
    await delay(limits.sharedEventMs.value);
  }
}

/** Whether the document asks for something that differs between two viewers with the same rights. */
function selectsViewersOwn(schema: GraphQLSchema, document: DocumentNode): boolean {
  let isOwn = false;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field() {
        if (types.getFieldDef()?.extensions.isViewersOwn) isOwn = true;
        const type = types.getType();
        if (type && ["Viewer", "Queue"].includes(getNamedType(type).name)) isOwn = true;
      },
    }),
  );
  return isOwn;
}
