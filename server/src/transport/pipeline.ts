/** One execution pipeline for requests, streams and sockets: context, guards, masking. */
import { type DocumentNode, type ExecutionArgs, type GraphQLSchema, Kind } from "graphql";
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Identity } from "../auth/authenticate.ts";
import type { Context, Services } from "../context.ts";
import type { Work } from "../db/pool.ts";
import { DomainError } from "../errors.ts";
import { toWireError } from "../schema/errors.ts";
import { guardNodes, parseGuarded } from "./document-guard.ts";
import { subscribeLive } from "./live-execution.ts";
import type { LiveSession, LiveSessions } from "./live-session.ts";
import { contextFor, operationKey, type RequestBody, type RequestHead } from "./request-context.ts";
import type { SocketCounters } from "./socket-protocol.ts";

/** What a request brings into the pipeline. */
export interface Incoming {
  head: RequestHead;
  requestId: string;
  work: Work;
  /** For the log: what was asked, and the codes it was answered with. */
  summary: { operation?: string; codes?: string[] };
  /** Makes the response one that lasts; on a socket, its session. */
  openSession(identity: Identity): LiveSession;
}

export interface LiveOptions {
  sessions: LiveSessions;
  counters: SocketCounters;
}

interface PipelineOptions {
  schema: GraphQLSchema;
  services: Services;
  live: LiveOptions;
  cors(origin: string | null): CORSOptions;
}

export type Pipeline = YogaServerInstance<Incoming, Context>;

export function createPipeline({ schema, services, live, cors }: PipelineOptions): Pipeline {
  return createYoga<Incoming, Context>({
    schema,
    graphqlEndpoint: "/graphql",
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    logging: false,
    cors: (request) => cors(request.headers.get("origin")),
    context: async ({ head, requestId, work, params }) =>
      (await contextFor(services, head, params, requestId, work)) as never,
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [guarded(), streamed(live), masked(services)] as Plugin[],
  }) as unknown as Pipeline;
}

/** Looks at the document before validation, and at what it may cost before execution. */
function guarded(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn(parseGuarded);
    },
    onExecute: ({ args }) => guard(args),
    onSubscribe: ({ args }) => guard(args),
  };
}

interface Guarded {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
  contextValue?: unknown;
}

function guard({ document, operationName, variableValues, contextValue }: Guarded): void {
  (contextValue as Incoming).summary.operation = describeOperation(document, operationName);
  guardNodes(document, operationName, (variableValues ?? {}) as Record<string, unknown>);
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
        const session = openSession({ user, viewer, refusal });
        return subscribeLive(args, session, operationKey(context.params), counters);
      });
    },
  };
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
  return {
    onResultProcess({ request, result, setResult, serverContext }) {
      const { requestId, summary } = serverContext as unknown as Incoming;
      if (!result || Symbol.asyncIterator in (result as object) || Array.isArray(result)) return;
      const { errors, ...rest } = result as { errors?: unknown[]; extensions?: object };
      const toWire = (error: unknown) => {
        const wire = toWireError(error, requestId, services);
        // Suggestions tell the schema's names, which strangers aren't shown.
        if (!request.headers.has("authorization")) wire.message = wire.message.replace(/ Did you mean .*\?$/s, "");
        summary.codes = [...(summary.codes ?? []), String(wire.extensions.code)];
        return wire;
      };
      setResult({
        ...rest,
        ...(errors && errors.length > 0 ? { errors: errors.map(toWire) } : {}),
      } as never);
    },
    onExecute() {
      return {
        onExecuteDone({ args, result, setResult }) {
          if (!(args.contextValue as unknown as Context).isReplayed || Symbol.asyncIterator in (result as object))
            return;
          const { extensions, ...rest } = result as { extensions?: object };
          setResult({ ...rest, extensions: { ...extensions, replayed: true } } as never);
        },
      };
    },
  };
}
