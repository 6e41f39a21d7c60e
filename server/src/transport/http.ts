import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { Identity } from "../auth/authenticate.ts";
import type { Services } from "../context.ts";
import { runAsWork, Work } from "../db/pool.ts";
import { serveTimeExport, timeExportPath } from "../exports/time-export.ts";
import { type Balance, headersOf } from "../limits/budgets.ts";
import type { AllowedOperations } from "../limits/operations.ts";
import { DomainError, HangUp } from "../wire/errors.ts";
import { type Desk, deskPath } from "./desk.ts";
import { type GraphiqlOptions, sendGraphiql } from "./graphiql.ts";
import { createHealth } from "./health.ts";
import type { Incoming } from "./incoming.ts";
import { limits } from "./limits.ts";
import type { LiveSession, LiveSessions } from "./live-session.ts";
import type { Metrics } from "./metrics.ts";
import { createPipeline, type LiveOptions, type Pipeline } from "./pipeline.ts";
import { RefusalBrake } from "./refusal-brake.ts";
import { addressFault } from "./request-address.ts";
import { type BodyFault, header, readBody, releaseBody } from "./request-body.ts";
import { contextFor, credentialsOf, identify, type RequestHead, requestIdOf } from "./request-context.ts";
import { enter } from "./request-entry.ts";
import {
  addressOf,
  corsFor,
  exposedHeaders,
  headOf,
  isAt,
  isAtGraphql,
  isBrowserVisit,
  isOwnHost,
} from "./request-origin.ts";
import { closeCodes } from "./socket-writer.ts";
import { attachSockets } from "./sockets.ts";

export interface HttpOptions {
  schema: GraphQLSchema;
  services: Services;
  live: LiveOptions;
  origins: string[];
  /** The page for browsers at /graphql; null without one. */
  graphiql: GraphiqlOptions | null;
  /** The operations that the server runs; null: any. */
  operations: AllowedOperations | null;
  /** Answers below /desk; null: /desk serves nothing. */
  desk: Desk | null;
  /** What /metrics answers; null: /metrics is off. */
  metrics: Metrics | null;
  isStopping: () => boolean;
  /** How many proxies in front append to X-Forwarded-For. */
  proxies: number;
  /** The time after which a request is cancelled, in the database too. */
  requestMs: number;
  /** Called for each answered request; for logs and tests. */
  onRequest?: (request: { requestId: string; statements: number; status: number; durationMs: number }) => void;
}

/**
 * The HTTP server: GraphQL at /graphql, for sockets too, health checks, and GraphiQL where it is on. `endLive`
 * closes the streams and sockets that would hold up a stop; their clients reconnect to another server.
 */
export function createHttp(options: HttpOptions): { server: Server; endLive(): void } {
  const { services, isStopping } = options;
  const yoga = createPipeline({ ...options, cors: (origin) => corsFor(origin, options.origins) });
  const health = createHealth(services.database.control, isStopping);
  const brake = new RefusalBrake();
  const server = createServer(serverTimes, (req, res) => {
    // A connection that was kept alive before the stop would delay it.
    res.once("close", () => isStopping() && setImmediate(() => server.closeIdleConnections()));
    serve(options, yoga, health, brake, req, res).catch((error) => {
      // A client that disconnects while it sends isn't a fault of the server.
      if (!req.destroyed) services.log.error({ err: error }, "a request broke");
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  const { sessions, counters } = options.live;
  const sockets = attachSockets({
    server,
    services,
    sessions,
    counters,
    isStopping,
    isOriginAllowed: (origin, host) =>
      origin === null ||
      (URL.canParse(origin) && new URL(origin).host === host) ||
      Boolean(corsFor(origin, options.origins)),
    operations: options.operations,
    brake,
    addressOf: (req) => addressOf(req, options.proxies),
    // as never: the envelop of yoga has the types of a request, and a socket has none.
    envelop: (initial) => yoga.getEnveloped({ ...initial, summary: {} }) as never,
  });
  server.maxHeadersCount = 100;
  server.keepAliveTimeout = 65_000;
  const endLive = () => {
    sockets.close();
    sessions.close();
  };
  return { server, endLive };
}

async function serve(
  options: HttpOptions,
  yoga: Pipeline,
  health: ReturnType<typeof createHealth>,
  brake: RefusalBrake,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { services, metrics, desk, origins, proxies, isStopping, graphiql } = options;
  const started = performance.now();
  const requestId = requestIdOf(header(req, "x-request-id"));
  res.setHeader("x-request-id", requestId);
  res.setHeader("x-content-type-options", "nosniff");
  // A connection that is kept alive would keep a stopping server alive too.
  if (isStopping()) res.setHeader("connection", "close");
  // No honest client sends other forms of a target, or an invalid Host. Both are later made into addresses.
  if (!req.url?.startsWith("/") || !URL.canParse(`http://${header(req, "host") ?? "localhost"}`))
    return refuse(res, requestId, 400, "BAD_REQUEST", "The request's target must be a path, and Host a host name.");
  if (await health(req, res)) return;
  if (metrics && req.method === "GET" && isAt(req, "/metrics")) return metrics.answer(res);
  if (desk && (isAt(req, deskPath) || req.url?.startsWith(`${deskPath}/`))) return desk(req, res);
  if (isBrowserVisit(req)) {
    if (!isAtGraphql(req)) return sendToGraphql(res);
    if (graphiql && isOwnHost(req, origins)) return sendGraphiql(res, graphiql);
  }
  if (isAt(req, "/")) return sendJson(res, 200, welcome);
  const isExport = isAt(req, timeExportPath);
  // Exactly these: what a proxy's rule for /graphql doesn't match must not be answered here.
  if (!isExport && !isAtGraphql(req)) return sendJson(res, 404, nothingHere);
  res.setHeader("cache-control", "no-store");
  res.setHeader("vary", "Origin");
  const cors = corsFor(header(req, "origin"), origins);
  if (cors && Array.isArray(cors.origin)) {
    res.setHeader("access-control-allow-origin", String(cors.origin[0]));
    res.setHeader("access-control-expose-headers", exposedHeaders.join(", "));
  }
  const summary: Incoming["summary"] = {};
  // A browser asks without credentials whether it may ask.
  if (req.method === "OPTIONS") return run(options, yoga, brake, { req, res, requestId, summary, started });
  const credentials = credentialsOf(header(req, "authorization"));
  const sender = await enter(services, brake, credentials, headOf(req, proxies, services.log));
  if (!sender) return refuse(res, requestId, 429, "RATE_LIMITED", tooManyRefused);
  try {
    const refuseStranger = async (refusal: BodyFault): Promise<BodyFault | null> => {
      const { viewer, user, refusal: reason } = await identify(services, headOf(req, proxies));
      // The sender of a token for another organization isn't a stranger.
      if (viewer || user || reason?.code === "ORGANIZATION_REQUIRED") return null;
      return reason?.code === "UNAVAILABLE" ? { status: 503, code: reason.code, message: reason.message } : refusal;
    };
    const fault = isExport
      ? null
      : ((await readBody(req, refuseStranger)) ?? (await addressFault(req, refuseStranger)));
    if (fault) return refuse(res, requestId, fault.status, fault.code, fault.message);
    // The client has disconnected meanwhile.
    if (res.destroyed) return;
    await run(options, yoga, brake, { req, res, requestId, summary, started });
  } finally {
    releaseBody(req);
    brake.end(sender, summary.isRefused ?? res.statusCode >= 400);
  }
}

interface Running {
  req: IncomingMessage;
  res: ServerResponse;
  requestId: string;
  summary: Incoming["summary"];
  started: number;
}

/** Runs an admitted request until it is answered, times out, or its client disconnects. */
async function run(
  options: HttpOptions,
  yoga: Pipeline,
  brake: RefusalBrake,
  { req, res, requestId, summary, started }: Running,
): Promise<void> {
  const { schema, services, live, metrics, origins, proxies, onRequest, requestMs } = options;
  const isExport = isAt(req, timeExportPath);
  const work = new Work();
  const cancel = (reason: DomainError) =>
    work
      .cancel(services.database.control, reason)
      .catch((error) => services.log.warn({ requestId, err: error }, "a cancel failed"));
  // An export takes as long as its reader does; each of its statements has its own limit.
  const timer = isExport ? undefined : setTimeout(() => cancel(tooSlow(requestMs)), requestMs);
  const openSession = (identity: Identity) => {
    clearTimeout(timer);
    return openStream(live.sessions, headOf(req, proxies, services.log), identity, res);
  };
  res.once("close", () => {
    clearTimeout(timer);
    if (!res.writableFinished) cancel(new HangUp("The client disconnected."));
    const durationMs = Math.round(performance.now() - started);
    onRequest?.({ requestId, statements: work.statements, status: res.statusCode, durationMs });
    metrics?.countRequest(isExport ? "export" : kindOf(summary.operation), res.statusCode, durationMs);
    services.log.info(
      { requestId, ...summary, status: res.statusCode, durationMs, statements: work.statements },
      "request",
    );
  });
  if (isExport) {
    const cors = corsFor(header(req, "origin"), origins);
    const open = () => contextFor(services, headOf(req, proxies, services.log), {}, requestId, work);
    return runAsWork(work, () => serveTimeExport({ schema, services, requestId, cors, open }, req, res));
  }
  const initial = {
    head: headOf(req, proxies, services.log),
    requestId,
    work,
    summary,
    openSession,
    tellBalances: (balances: readonly Balance[]) => {
      if (!res.headersSent) for (const [name, value] of Object.entries(headersOf(balances))) res.setHeader(name, value);
    },
    tellCredentials: (isOpening: boolean) => {
      const credentials = credentialsOf(header(req, "authorization"));
      if (credentials) brake.tell(credentials, isOpening);
    },
  };
  await runAsWork(work, () => yoga.handle(req, res, initial));
}

/** query, mutation or subscription; none without a document to run. */
function kindOf(operation: string | undefined): string {
  return operation?.split(" ")[0] || "none";
}

const serverTimes = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

/** A response that lasts: who reads it is looked after, and one who takes nothing any more has gone. */
function openStream(sessions: LiveSessions, head: RequestHead, identity: Identity, res: ServerResponse): LiveSession {
  const session = sessions.open(head, identity);
  res.once("close", () => session.close());
  if (sessions.isOneTooMany(session)) {
    session.close();
    throw new DomainError("RATE_LIMITED", `${closeCodes[4413]} Close some of them.`, { retryAfterMs: 10_000 });
  }
  session.onStop = () => res.destroy();
  // Each heartbeat (12 s) that is taken starts the time anew.
  res.setTimeout(3 * limits.heartbeatMs.value, () => res.destroy());
  return session;
}

const welcome = { name: "Tiketti", graphql: "/graphql", health: "/health/ready", docs: "schema.graphql and README.md" };
const nothingHere = {
  errors: [{ message: "This address doesn't exist; the API is at /graphql.", extensions: { code: "NOT_FOUND" } }],
};

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(`${JSON.stringify(body)}\n`);
}

function sendToGraphql(res: ServerResponse): void {
  res.writeHead(302, { location: "/graphql" });
  res.end();
}

const tooManyRefused = "Too many requests from your network were refused; correct them and try again in a few seconds.";

function refuse(res: ServerResponse, requestId: string, status: number, code: string, message: string): void {
  const isRetryable = status === 429 || status === 503;
  const waitMs = status === 503 ? 1_000 : limits.refusalWindowMs.value;
  // The rest of the request is no longer read.
  res.writeHead(status, {
    "content-type": "application/json",
    connection: "close",
    ...(isRetryable ? { "retry-after": String(waitMs / 1_000) } : {}),
  });
  res.end(JSON.stringify({ errors: [{ message, extensions: { code, requestId, isRetryable } }] }));
}

function tooSlow(requestMs: number): DomainError {
  return new DomainError(
    "UNAVAILABLE",
    `The request took longer than ${requestMs / 1_000} s and was cancelled; ask for less in one request.`,
    { isRetryable: true, retryAfterMs: 1_000 },
  );
}
