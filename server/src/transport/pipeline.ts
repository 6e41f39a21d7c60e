/** One execution pipeline for requests, streams and sockets: context, guards, masking. */
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
} from "graphql";
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Context, Services } from "../context.ts";
import type { Work } from "../db/pool.ts";
import type { AllowedOperations } from "../limits/operations.ts";
import { findDomainError, toWireError, wholeStatus } from "../schema/error-format.ts";
import { DomainError } from "../wire/errors.ts";
import { admit, payForSubscription } from "./admission.ts";
import { guardNodes } from "./document-cost.ts";
import { parseGuarded } from "./document-guard.ts";
import type { Incoming } from "./incoming.ts";
import { keptDocuments } from "./kept-documents.ts";
import { limits } from "./limits.ts";
import { documentOf, notListed } from "./listed-operations.ts";
import { subscribeLive } from "./live-execution.ts";
import type { LiveSessions } from "./live-session.ts";
import { bounded, isRefusal } from "./refusal.ts";
import { contextFor, identify, operationKey, type RequestBody, type RequestHead } from "./request-context.ts";
import type { SocketCounters } from "./socket-protocol.ts";
import { validateDocument, withSuggestions } from "./validation.ts";

export interface LiveOptions {
  sessions: LiveSessions;
  counters: SocketCounters;
}

interface PipelineOptions {
  schema: GraphQLSchema;
  services: Services;
  live: LiveOptions;
  /** The only operations that are run; null: any. */
  operations: AllowedOperations | null;
  cors(origin: string | null): CORSOptions;
}

export type Pipeline = YogaServerInstance<Incoming, Context>;

export function createPipeline({ schema, services, live, operations, cors }: PipelineOptions): Pipeline {
  return createYoga<Incoming, Context>({
    schema,
    graphqlEndpoint: "/graphql",
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    logging: false,
    cors: (request) => cors(request.headers.get("origin")),
    extraParamNames: ["documentId"],
    parserAndValidationCache: keptDocuments(),
    context: async ({ head, requestId, work, params, tellCredentials, summary }) => {
      const context = await contextFor(services, head, params, requestId, work);
      const { viewer, user, refusal } = context;
      // Unknown while the database can't be reached.
      if (refusal?.code !== "UNAVAILABLE") tellCredentials?.(viewer !== null || user !== null);
      if (viewer) Object.assign(summary, { organizationId: viewer.organizationId, actorId: viewer.actor.id });
      // as never: yoga wants what it adds itself to be there already.
      return context as never;
    },
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [listed(operations), guarded(operations), streamed(live), masked(services), unbuffered()] as Plugin[],
  }) as unknown as Pipeline;
}

/** Of streams: proxies pass each event on at once, and no encoding is made up (`none` is none, RFC 9110, section 8.4.1). */
function unbuffered(): Plugin {
  return {
    onResponse({ response }) {
      if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return;
      response.headers.delete("content-encoding");
      response.headers.set("x-accel-buffering", "no");
    },
  };
}

/** An id in the place of a document, where documents are listed. */
function listed(operations: AllowedOperations | null): Plugin {
  return {
    onParams({ params, setParams }) {
      const query = documentOf(params as RequestBody, operations);
      if (query !== undefined && query !== params.query) setParams({ ...params, query });
    },
  };
}

/** Looks at the document before validation, and at what it may cost before execution. */
function guarded(operations: AllowedOperations | null): Plugin {
  return {
    onParse({ setParseFn, context }) {
      setParseFn((source: string) => {
        if (operations && !operations.allows(source)) {
          (context as unknown as Incoming).summary.document = withoutTexts(source.slice(0, 4_000));
          throw notListed();
        }
        return parseGuarded(source);
      });
    },
    onValidate({ setValidationFn }) {
      setValidationFn(validateDocument);
    },
    onExecute({ args, setExecuteFn }) {
      guard(args);
      // graphql's own: yoga's reports 50 faults of variables whatever it is told, each with the whole value.
      setExecuteFn(async (given: ExecutionArgs) => {
        const context = args.contextValue as unknown as Context & Incoming;
        return admit(context, async () => withReason(await execute(given), context.work));
      });
    },
    onSubscribe: ({ args }) => guard(args),
  };
}

/**
 * A cancel inside Prisma surfaces as one of Prisma's errors, which looks like a bug. An error after the work
 * was cancelled counts as the effect of the cancel.
 */
function withReason(result: ExecutionResult, { isCancelled, reason }: Work): ExecutionResult {
  if (!isCancelled || !(reason instanceof DomainError) || !result.errors) return result;
  const errors = result.errors.map((error) =>
    findDomainError(error)
      ? error
      : new GraphQLError(reason.message, { nodes: error.nodes, path: error.path, originalError: reason }),
  );
  return { ...result, errors };
}

interface Guarded {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
  contextValue?: unknown;
  hideSuggestions?: boolean;
  options?: { maxCoercionErrors?: number };
}

function guard(args: Guarded): void {
  const { document, operationName, variableValues, contextValue } = args;
  const isStranger = !(contextValue as Context).viewer && !(contextValue as Context).user;
  const { refusal } = contextValue as Context;
  // The viewer is unknown while the database can't be reached.
  if (isStranger && refusal?.code === "UNAVAILABLE") throw refusal;
  if (isStranger) refuseLargeVariables(variableValues);
  args.hideSuggestions = isStranger;
  args.options = { maxCoercionErrors: 3 };
  (contextValue as Incoming).summary.operation = describeOperation(document, operationName);
  const variables = (variableValues ?? {}) as Record<string, unknown>;
  (contextValue as Incoming).operation = guardNodes(document, operationName, variables);
  refuseAnonymousIntrospection(document, contextValue as Context);
}

/** Subscriptions over HTTP: server-sent events. Sockets bring their own way to run them. */
function streamed({ counters }: LiveOptions): Plugin {
  return {
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(async (args: ExecutionArgs) => {
        const context = args.contextValue as Context & Incoming & { request?: Request; params: RequestBody };
        const { user, viewer, refusal, openSession } = context;
        // On a socket there is no request any more, and the session is the socket's.
        if (context.request && !context.request.headers.get("accept")?.includes("text/event-stream"))
          throw new DomainError(
            "BAD_REQUEST",
            "A subscription needs a stream: a WebSocket (subprotocol graphql-transport-ws), or a request with `accept: text/event-stream`.",
          );
        await payForSubscription(context);
        const session = openSession({ user, viewer, refusal });
        return subscribeLive(args, session, operationKey(context.params), counters);
      });
    },
  };
}

/** Quoted parts can contain a customer's text. */
function withoutTexts(document: string): string {
  return document.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g, '""');
}

/** Kind, name and root fields: enough to find a request by, without a value of it. */
function describeOperation(document: DocumentNode, name: string | null | undefined): string {
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && (!name || definition.name?.value === name),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return "";
  const fields = operation.selectionSet.selections.map((field) => (field.kind === Kind.FIELD ? field.name.value : "…"));
  return `${operation.operation} ${operation.name?.value ?? ""}{${fields.join(" ")}}`.slice(0, 200);
}

/** Signing in and the like need little; what else is sent without a viewer is refused anyway. */
function refuseLargeVariables(variables: unknown): void {
  const limit = limits.anonymousVariablesBytes.value;
  if (Buffer.byteLength(JSON.stringify(variables ?? {})) <= limit) return;
  throw new DomainError(
    "UNAUTHENTICATED",
    `The variables are over ${limit} bytes, and only signed-in viewers can send that many. Send \`Authorization: Bearer <access token or API key>\`.`,
  );
}

function refuseAnonymousIntrospection(document: unknown, context: Context): void {
  if (context.viewer || context.user) return;
  if (/"value":"__(schema|type)"/.test(JSON.stringify(document, (key, value) => (key === "loc" ? undefined : value)))) {
    throw (
      context.refusal ??
      new DomainError(
        "UNAUTHENTICATED",
        "The schema is shown to signed-in viewers only. Send `Authorization: Bearer <access token or API key>`, or read schema.graphql.",
      )
    );
  }
}

/** Masks errors wherever they come from and adds what every answer carries. */
function masked(services: Services): Plugin {
  /** One look at the credentials, only where the document is wrong and there are some. */
  const suggested = async (errors: readonly unknown[], head: RequestHead): Promise<readonly unknown[]> => {
    const told = withSuggestions(errors);
    if (told === errors || !head.get("authorization")) return errors;
    const { viewer, user } = await identify(services, head).catch(() => ({ viewer: null, user: null }));
    return viewer || user ? told : errors;
  };
  return {
    async onResultProcess({ result, setResult, serverContext }) {
      const { head, requestId, summary, work } = serverContext as unknown as Incoming;
      summary.isRefused = isRefusal(result, summary.actorId === undefined);
      if (!result || Symbol.asyncIterator in (result as object) || Array.isArray(result)) return;
      const { errors, ...rest } = result as { data?: unknown; errors?: unknown[]; extensions?: object };
      const toWire = (error: unknown) => {
        const wire = toWireError(error, requestId, services, work);
        const { budget } = (wire.extensions.details ?? {}) as { budget?: string };
        if (budget) summary.budget = budget;
        summary.codes = [...(summary.codes ?? []), String(wire.extensions.code)];
        return wire;
      };
      if (!errors || errors.length === 0) return setResult(rest);
      const told = bounded((await suggested(errors, head)).map(toWire), rest);
      const http = wholeStatus(rest.data, told);
      const extensions = http ? { extensions: { ...rest.extensions, http } } : {};
      setResult({ ...rest, ...extensions, errors: told });
    },
    onExecute() {
      return {
        onExecuteDone({ args, result, setResult }) {
          if (!(args.contextValue as unknown as Context).isReplayed || Symbol.asyncIterator in (result as object))
            return;
          const { extensions, ...rest } = result as { extensions?: object };
          setResult({ ...rest, extensions: { ...extensions, replayed: true } });
        },
      };
    },
  };
}
