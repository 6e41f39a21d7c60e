import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import { type CORSOptions, createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Context, Services } from "../context.ts";
import { runAsWork, Work } from "../db/pool.ts";
import { DomainError } from "../errors.ts";
import { toWireError } from "../schema/errors.ts";
import { guardNodes, parseGuarded } from "./document-guard.ts";
import { graphiqlPage } from "./graphiql.ts";
import { createHealth } from "./health.ts";
import { limits } from "./limits.ts";
import { contextFor, requestIdOf } from "./request-context.ts";

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
  { services, isStopping, graphiql, onRequest, requestMs }: HttpOptions,
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

  const work = new Work();
  const cancel = (reason: DomainError) =>
    work
      .cancel(services.database.control, reason)
      .catch((error) => services.log.warn({ requestId, err: error }, "a cancel failed"));
  const timer = setTimeout(() => cancel(tooSlow(requestMs)), requestMs);
  res.once("close", () => {
    clearTimeout(timer);
    if (!res.writableFinished) cancel(new DomainError("UNAVAILABLE", "The client went away."));
    const durationMs = Math.round(performance.now() - started);
    onRequest?.({ requestId, statements: work.statements, status: res.statusCode, durationMs });
    services.log.info({ requestId, status: res.statusCode, durationMs, statements: work.statements }, "request");
  });
  await runAsWork(work, () => yoga.handle(req, res, { req, requestId, work } as never));
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
      guardNodes(document, operationName, (variableValues ?? {}) as Record<string, unknown>);
      refuseAnonymousIntrospection(document, contextValue as unknown as Context);
    },
  };
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
      const requestId = (serverContext as unknown as Incoming).requestId;
      if (!result || Symbol.asyncIterator in (result as object) || Array.isArray(result)) return;
      const { errors, ...rest } = result as { errors?: unknown[]; extensions?: object };
      const toWire = (error: unknown) => {
        const wire = toWireError(error, requestId, services.log);
        // Suggestions tell the schema's names, which strangers aren't shown.
        if (!request.headers.has("authorization")) wire.message = wire.message.replace(/ Did you mean .*\?$/s, "");
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

/** Reads the body whole, so that its size is known before anything parses it. */
async function readBody(req: IncomingMessage): Promise<{ status: number; code: string; message: string } | null> {
  if (req.method !== "POST") return null;
  // Forms are what a browser sends across origins without asking (CSRF).
  if (!isJson(req))
    return {
      status: 415,
      code: "BAD_REQUEST",
      message: "Send the request as JSON: content-type application/json, in UTF-8.",
    };
  const encoding = header(req, "content-encoding");
  if (encoding && encoding !== "identity")
    return { status: 415, code: "BAD_REQUEST", message: "Send the body as it is, without content-encoding." };
  const limit = limits.bodyBytes.value;
  const tooLarge = {
    status: 413,
    code: "BODY_TOO_LARGE",
    message: `The body is over ${limit.toLocaleString("en")} bytes.`,
  };
  if (Number(header(req, "content-length") ?? 0) > limit) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the socket: the refusal still goes out on it.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return tooLarge;
    chunks.push(chunk);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return { status: 400, code: "BAD_REQUEST", message: "The body is not valid UTF-8." };
  }
  try {
    const body: unknown = JSON.parse(text);
    if (body === null || typeof body !== "object" || Array.isArray(body)) throw new TypeError("not an object");
    if (isDeeperThan(body, limits.bodyDepth.value))
      return {
        status: 400,
        code: "BAD_REQUEST",
        message: `The body is nested more than ${limits.bodyDepth.value} deep.`,
      };
    // Yoga's adapter takes a body that was read already from here.
    (req as IncomingMessage & { body: unknown }).body = body;
  } catch {
    return {
      status: 400,
      code: "BAD_REQUEST",
      message: 'The body must be one JSON object such as {"query": "{ viewer { roleName } }"}; batches are not taken.',
    };
  }
  return null;
}

/** Without recursion: the depth is what could end the stack. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (item !== null && typeof item === "object" ? Object.values(item) : []));
  }
  return false;
}

function isJson(req: IncomingMessage): boolean {
  const type = header(req, "content-type") ?? "";
  return /^application\/(graphql\+)?json\s*(;|$)/i.test(type) && !/charset=(?!["']?utf-?8)/i.test(type);
}

function headOf(req: IncomingMessage, proxies: number) {
  return { get: (name: string) => header(req, name), clientAddress: addressOf(req, proxies) };
}

/** Each trusted proxy appends whom it was called by; what stands before is the caller's own word. */
function addressOf(req: IncomingMessage, proxies: number): string {
  const chain = (header(req, "x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  return (proxies > 0 && chain.at(-proxies)) || (req.socket.remoteAddress ?? "");
}

function header(req: IncomingMessage, name: string): string | null {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

/** Also with a query in the address: GraphiQL puts it there, and a reload must bring GraphiQL back. */
function isBrowserVisit(req: IncomingMessage): boolean {
  const wantsPage = (header(req, "accept") ?? "").includes("text/html");
  return req.method === "GET" && wantsPage && (isAtGraphql(req) || req.url?.split("?")[0] === "/");
}

function isAtGraphql(req: IncomingMessage): boolean {
  return req.url?.split("?")[0] === "/graphql";
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
