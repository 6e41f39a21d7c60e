/** The protocol graphql-transport-ws over the pipeline of all requests. */
import type { IncomingMessage, Server } from "node:http";
import { type ExecutionArgs, type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import { CloseCode, makeServer, type SubscribePayload } from "graphql-ws";
import type { WebSocket } from "ws";
import type { Services } from "../context.ts";
import { runAsWork, Work } from "../db/pool.ts";
import type { AllowedOperations } from "../limits/operations.ts";
import { type ErrorSink, toWireError } from "../schema/error-format.ts";
import { DomainError, HangUp } from "../wire/errors.ts";
import type { Incoming } from "./incoming.ts";
import { limits } from "./limits.ts";
import { documentOf } from "./listed-operations.ts";
import type { LiveCounters, Results } from "./live-execution.ts";
import type { LiveSession, LiveSessions } from "./live-session.ts";
import { bounded, isRefusal, withoutHttp } from "./refusal.ts";
import type { RefusalBrake } from "./refusal-brake.ts";
import { documentOfStrangers } from "./request-address.ts";
import { shapeFault } from "./request-body.ts";
import { credentialsOf, identify, type RequestBody, type RequestHead, requestIdOf } from "./request-context.ts";
import { closeCodes, closeReason } from "./socket-writer.ts";
import { withSuggestions } from "./validation.ts";

export interface SocketCounters extends LiveCounters {
  sockets: number;
  slowReadersClosed: number;
}

/** What yoga gives to run one operation: parse, validate and execute with all its plugins. */
export interface Enveloped {
  schema: GraphQLSchema;
  parse(text: string): ExecutionArgs["document"];
  validate(schema: GraphQLSchema, document: ExecutionArgs["document"]): readonly GraphQLError[];
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<Results | ExecutionResult>;
  contextFactory(): Promise<unknown>;
}

export interface SocketOptions {
  server: Server;
  services: Services;
  sessions: LiveSessions;
  counters: SocketCounters;
  /** Whether a browser's page of this origin may connect. */
  isOriginAllowed(origin: string | null, host: string | null): boolean;
  addressOf(req: IncomingMessage): string;
  operations: AllowedOperations | null;
  brake: RefusalBrake;
  envelop(initial: Omit<Incoming, "summary"> & { params: RequestBody }): Enveloped;
  isStopping(): boolean;
}

export interface Extra {
  socket: WebSocket;
  head: RequestHead;
  requestId: string;
  session: LiveSession | null;
  /** A token that a ping brought and that is being asked about; the last that came meanwhile is next. */
  renewing: { next: string | null } | null;
  /** By their ids, also those that were completed, until they are over. */
  operations: Map<string, Operation>;
  /** The operation that the message which is being read began. */
  begun: Operation | null;
}

export interface Operation {
  id: string;
  work: Work;
  /** Whether it is a subscription that has begun. */
  isStreaming: boolean;
  /** False once it was completed. */
  isWanted(): boolean;
}

export function createProtocol({ services, sessions, envelop, operations, brake }: SocketOptions) {
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.socketInitMs.value,
    async onConnect({ connectionParams, extra }) {
      extra.head = headOf(connectionParams ?? {}, extra.head);
      const credentials = credentialsOf(extra.head.get("authorization"));
      const sender = brake.senderOf(credentials, extra.head.clientAddress);
      if (!(await brake.begin(sender))) return closeWith(extra, 4413, closeCodes[4413]);
      const identity = await identify(services, extra.head);
      const isOpening = identity.viewer !== null || identity.user !== null;
      const isUnknown = identity.refusal?.code === "UNAVAILABLE";
      brake.end(sender, credentials !== null && !isOpening);
      if (credentials !== null && !isUnknown) brake.tell(credentials, isOpening);
      // Hung up meanwhile: nothing would end the session.
      if (extra.socket.readyState !== extra.socket.OPEN) return false;
      // Who gives credentials that open nothing is told so now; signing in needs none.
      if (credentials !== null && !isOpening)
        return closeWith(extra, CloseCode.Forbidden, identity.refusal?.message ?? "Forbidden");
      const session = sessions.open(extra.head, identity);
      extra.session = session;
      session.onEnd = (reason) => closeWith(extra, 4410, reason.message);
      if (sessions.isOneTooMany(session)) {
        session.close();
        return closeWith(extra, 4413, closeCodes[4413]);
      }
      return true;
    },
    async onSubscribe(context, id, payload) {
      const { extra } = context;
      const session = extra.session as LiveSession;
      const requestId = requestIdOf(null);
      const { head, isSomebody } = session;
      const sender = brake.senderOf(credentialsOf(head.get("authorization")), head.clientAddress, isSomebody);
      let hasBegun = false;
      const over = (isRefused: boolean) => {
        if (hasBegun) brake.end(sender, isRefused);
        hasBegun = false;
      };
      try {
        if (placesTaken(extra) >= limits.socketOperations.value)
          throw new DomainError(
            "RATE_LIMITED",
            `${limits.socketOperations.value} operations already run on this socket; complete one of them, or open another socket.`,
            { retryAfterMs: 1_000 },
          );
        const isWanted = () => id in context.subscriptions;
        const operation = { id, work: new Work(), isStreaming: false, isWanted };
        extra.operations.set(id, operation);
        extra.begun = operation;
        hasBegun = await brake.begin(sender);
        if (!hasBegun) {
          closeWith(extra, 4413, closeCodes[4413]);
          throw new DomainError("RATE_LIMITED", closeCodes[4413], { retryAfterMs: 10_000 });
        }
        const query = documentOf(payload as unknown as RequestBody, operations) ?? "";
        const asked = { ...payload, query };
        const prepared = await prepare({ services, envelop, session, requestId, operation, over }, asked);
        if (Array.isArray(prepared)) over(true);
        return prepared;
      } catch (error) {
        if (!hasBegun) brake.refuse(sender);
        over(true);
        return [toWireError(error, requestId, services, extra.operations.get(id)?.work)];
      }
    },
    execute: (args) => (runners.get(args) as Runner).execute(args),
    // as never: graphql-ws has the result types of graphql 16, here and in the next two.
    subscribe: (args) => (runners.get(args) as Runner).subscribe(args) as never,
    onNext(_ctx, _id, _payload, _args, result) {
      if (result.errors) return { ...result, errors: onTheWire(result.errors, services, result) } as never;
    },
    onError(_ctx, _id, _payload, errors) {
      return onTheWire(errors, services) as never;
    },
  });
}

function onTheWire(
  errors: readonly GraphQLError[],
  sink: ErrorSink,
  result: { data?: unknown } = {},
): readonly GraphQLError[] {
  return bounded(
    errors.map((error) => withoutHttp(toWireError(error, requestIdOf(null), sink))),
    result,
  );
}

interface Runner {
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  subscribe(args: ExecutionArgs): Promise<Results | ExecutionResult>;
}

/** How each operation is run; the protocol asks for it by the arguments that it was given. */
const runners = new WeakMap<ExecutionArgs, Runner>();

interface Preparing extends Pick<SocketOptions, "services" | "envelop"> {
  session: LiveSession;
  requestId: string;
  operation: Operation;
  over(isRefused: boolean): void;
}

async function prepare(
  { services, envelop, session, requestId, operation, over }: Preparing,
  payload: SubscribePayload,
): Promise<ExecutionArgs | GraphQLError[]> {
  const fault = shapeFault("The message", payload);
  if (fault) throw new DomainError("BAD_REQUEST", fault);
  const isStranger = !session.isSomebody;
  if (isStranger && payload.query.length > limits.anonymousDocumentBytes.value)
    throw new DomainError("UNAUTHENTICATED", documentOfStrangers());
  const params = payload as unknown as RequestBody;
  const { work } = operation;
  const openSession = () => session;
  const pipeline = envelop({ head: session.head, requestId, work, params, openSession });
  const { schema, parse, validate, execute, subscribe, contextFactory } = pipeline;
  const document = parse(payload.query);
  const faults = validate(schema, document);
  if (faults.length > 0) {
    const told = isStranger ? faults : withSuggestions(faults);
    return told.map((fault) => toWireError(fault, requestId, services));
  }
  const { operationName, variables } = payload;
  const contextValue = await runAsWork(work, contextFactory);
  const args = {
    schema,
    document,
    contextValue,
    ...(operationName == null ? {} : { operationName }),
    ...(variables == null ? {} : { variableValues: variables }),
  };
  runners.set(args, {
    execute: (given) =>
      answered(
        (result) => over(isRefusal(result, isStranger)),
        () => {
          requireWanted(operation);
          return inTime(services, work, () => execute(given));
        },
      ),
    subscribe: (given) =>
      answered(
        (result) => over(isRefusal(result, isStranger)),
        async () => {
          requireWanted(operation);
          const results = await subscribe(given);
          operation.isStreaming = Symbol.asyncIterator in results;
          return results;
        },
      ),
  });
  return args;
}

/** A subscription that was completed only has to be told so; what else was completed still runs until it is over. */
function placesTaken({ operations }: Extra): number {
  return [...operations.values()].filter((one) => one.isWanted() || !one.isStreaming).length;
}

/** Nobody hears the answer of what was completed before it began. */
function requireWanted({ isWanted }: Operation): void {
  if (!isWanted()) throw new GraphQLError("The operation was completed before it began.");
}

/** An operation that was completed while it ran is cancelled. */
export function cancelUnwanted({ operations }: Extra, { database, log }: Services): void {
  for (const { work, isWanted } of operations.values())
    if (!isWanted() && !work.isCancelled)
      work
        .cancel(database.control, new HangUp("The operation was completed."))
        .catch((error) => log.error({ err: error }, "a completed operation couldn't be cancelled"));
}

/** What the pipeline throws, such as a limit that is passed, is an answer too. */
async function answered<T extends object>(
  over: (result: unknown) => void,
  run: () => Promise<T>,
): Promise<T | ExecutionResult> {
  let result: T | ExecutionResult;
  try {
    result = await run();
  } catch (error) {
    result = { errors: [error as GraphQLError] };
  }
  over(result);
  return result;
}

/** As a request over HTTP: it is cancelled when it takes too long. */
async function inTime<T>({ database }: Services, work: Work, run: () => Promise<T>): Promise<T> {
  const tooSlow = new DomainError(
    "UNAVAILABLE",
    "The operation took too long and was cancelled; ask for less in one request.",
  );
  const timer = setTimeout(() => work.cancel(database.control, tooSlow).catch(() => {}), limits.requestMs.value);
  try {
    return await runAsWork(work, run);
  } finally {
    clearTimeout(timer);
  }
}

/** connection_init carries what requests have in headers, by the same names. */
function headOf(params: Record<string, unknown>, before: RequestHead): RequestHead {
  const given = new Map(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === "string" ? [[name.toLowerCase(), value]] : [],
    ) as [string, string][],
  );
  return {
    clientAddress: before.clientAddress,
    get: (name) => given.get(name) ?? (["authorization", "x-organization-id"].includes(name) ? null : before.get(name)),
  };
}

/** False tells the protocol that the connection isn't acknowledged. */
export function closeWith({ socket }: Extra, code: number, text: string): false {
  socket.close(code, closeReason(text));
  return false;
}
