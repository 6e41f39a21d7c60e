import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type DocumentNode, type GraphQLSchema, Kind } from "graphql";
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Context, Services } from "../context.ts";
import { runAsWork, Work } from "../db/pool.ts";
import { DomainError } from "../errors.ts";
import { toWireError } from "../schema/errors.ts";
import { guardNodes, parseGuarded } from "./document-guard.ts";
import { graphiqlPage } from "./graphiql.ts";
import { createHealth } from "./health.ts";
import { header, readBody } from "./request-body.ts";
import { contextFor, requestIdOf } from "./request-context.ts";
import { serveTimeExport, timeExportPath } from "./time-export.ts";

export interface HttpOptions {
  schema: GraphQLSchema;
  services: Services;
  origins: string[];
  /** The page for browsers at /graphql; null: there is none. */
  graphiql: { query: string; headers: Record<string, string> } | null;
  isStopping: () => boolean;
  /** How many proxies in front append to X-Forwarded-For. */
  proxies: number;
  /** After this time a request is cancelled, in the database too. */
  requestMs: number;
  /** Told about each answered request; for logs and tests. */
  onRequest?: (request: { requestId: string; statements: number; status: number; durationMs: number }) => void;
}

interface Incoming {
  req: IncomingMessage;
  requestId: string;
  work: Work;
  /** For the log: what was asked, and the codes it was answered with. */
  summary: { operation?: string; codes?: string[] };
}

type Yoga = YogaServerInstance<Incoming, Context>;

/** The HTTP server: GraphQL at /graphql, health checks, and GraphiQL where it is on. */
export function createHttp(options: HttpOptions): Server {
  const { services, isStopping } = options;
  const yoga = createPipeline(options);
  const health = createHealth(services.database.control, isStopping);
  const server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 30_000 }, (req, res) => {
    // A connection that was kept alive before the stop would hold it up.
    res.once("close", () => isStopping() && setImmediate(() => server.closeIdleConnections()));
    serve(options, yoga, health, req, res).catch((error) => {
      // A client that goes away while it sends is no fault of ours.
      if (!req.destroyed) services.log.error({ err: error }, "a request broke");
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  server.maxHeadersCount = 100;
  server.keepAliveTimeout = 65_000;
  return server;
}

async function serve(
  { schema, services, origins, proxies, isStopping, graphiql, onRequest, requestMs }: HttpOptions,
  yoga: Yoga,
  health: ReturnType<typeof createHealth>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const requestId = requestIdOf(header(req, "x-request-id"));
  res.setHeader("x-request-id", requestId);
  res.setHeader("x-content-type-options", "nosniff");
  // What keeps a connection alive would keep a stopping server alive too.
  if (isStopping()) res.setHeader("connection", "close");
  if (await health(req, res)) return;
  if (isBrowserVisit(req)) {
    if (!isAtGraphql(req)) return sendToGraphql(res);
    if (graphiql) return sendPage(res, await graphiqlPage(graphiql));
  }
  const fault = await readBody(req);
  if (fault) return refuse(res, requestId, fault.status, fault.code, fault.message);

  const isExport = isAt(req, timeExportPath);
  const work = new Work();
  const summary: Incoming["summary"] = {};
  const cancel = (reason: DomainError) =>
    work
      .cancel(services.database.control, reason)
      .catch((error) => services.log.warn({ requestId, err: error }, "a cancel failed"));
  // An export takes as long as its reader does; each of its statements has its own limit.
  const timer = isExport ? undefined : setTimeout(() => cancel(tooSlow(requestMs)), requestMs);
  res.once("close", () => {
    clearTimeout(timer);
    if (!res.writableFinished) cancel(new DomainError("UNAVAILABLE", "The client went away."));
    const durationMs = Math.round(performance.now() - started);
    onRequest?.({ requestId, statements: work.statements, status: res.statusCode, durationMs });
    services.log.info(
      { requestId, ...summary, status: res.statusCode, durationMs, statements: work.statements },
      "request",
    );
  });
  if (isExport) {
    const cors = corsFor(header(req, "origin"), origins);
    const open = () => contextFor(services, headOf(req, proxies), {}, requestId, work);
    return runAsWork(work, () => serveTimeExport({ schema, services, requestId, cors, open }, req, res));
  }
  await runAsWork(work, () => yoga.handle(req, res, { req, requestId, work, summary } as never));
}

function createPipeline({ schema, services, origins, proxies }: HttpOptions): Yoga {
  return createYoga<Incoming, Context>({
    schema,
    graphqlEndpoint: "/graphql",
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    logging: false,
    cors: (request) => corsFor(request.headers.get("origin"), origins),
    context: async ({ req, requestId, work, params }) =>
      (await contextFor(services, headOf(req, proxies), params, requestId, work)) as never,
    maskedErrors: { maskError: (error) => error as Error },
    plugins: [guarded(), masked(services)] as Plugin[],
  }) as unknown as Yoga;
}

/** "localhost" stands for every port of this machine: where frontends are developed. */
function corsFor(origin: string | null, origins: string[]): CORSOptions {
  const isLocal = origin !== null && /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
  const isAllowed = origin !== null && (origins.includes(origin) || (isLocal && origins.includes("localhost")));
  // No cookie is ever read, so the browser's credentials are never needed.
  return isAllowed ? { origin: [origin], credentials: false, exposedHeaders: ["x-request-id"] } : false;
}

/** Looks at the document before validation, and at what it may cost before execution. */
function guarded(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn(parseGuarded);
    },
    onExecute({ args }) {
      const { document, operationName, variableValues, contextValue } = args;
      (contextValue as unknown as Incoming).summary.operation = describeOperation(document, operationName);
      guardNodes(document, operationName, (variableValues ?? {}) as Record<string, unknown>);
      refuseAnonymousIntrospection(document, contextValue as unknown as Context);
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
        const wire = toWireError(error, requestId, services.log);
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

function headOf(req: IncomingMessage, proxies: number) {
  return { get: (name: string) => header(req, name), clientAddress: addressOf(req, proxies) };
}

/** Each trusted proxy appends whom it was called by; what stands before is the caller's own word. */
function addressOf(req: IncomingMessage, proxies: number): string {
  const chain = (header(req, "x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  return (proxies > 0 && chain.at(-proxies)) || (req.socket.remoteAddress ?? "");
}

/** Also with a query in the address: GraphiQL puts it there, and a reload must bring GraphiQL back. */
function isBrowserVisit(req: IncomingMessage): boolean {
  const wantsPage = (header(req, "accept") ?? "").includes("text/html");
  return req.method === "GET" && wantsPage && (isAtGraphql(req) || isAt(req, "/"));
}

function isAtGraphql(req: IncomingMessage): boolean {
  return isAt(req, "/graphql");
}

function isAt(req: IncomingMessage, path: string): boolean {
  return req.url?.split("?")[0] === path;
}

function sendToGraphql(res: ServerResponse): void {
  res.writeHead(302, { location: "/graphql" });
  res.end();
}

function sendPage(res: ServerResponse, page: string): void {
  res.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
  });
  res.end(page);
}

function refuse(res: ServerResponse, requestId: string, status: number, code: string, message: string): void {
  // What is still on its way isn't read any more.
  res.writeHead(status, { "content-type": "application/json", connection: "close" });
  res.end(JSON.stringify({ errors: [{ message, extensions: { code, requestId, isRetryable: false } }] }));
}

function tooSlow(requestMs: number): DomainError {
  return new DomainError(
    "UNAVAILABLE",
    `The request took longer than ${requestMs / 1_000} s and was cancelled; ask for less at once.`,
    { isRetryable: true, retryAfterMs: 1_000 },
  );
}
