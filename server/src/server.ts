import type { Database } from "./db/index.ts";
import { openServiceDatabase, openServices, type ServiceDeps, type ServiceOptions } from "./services.ts";
import "./entity-tables.ts";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pino, { type Logger } from "pino";
import { Feeds } from "./changes/feed.ts";
import { openWakeUp } from "./changes/wake-up.ts";
import type { Services } from "./context.ts";
import { findBreaches } from "./db/catalogue.ts";
import { loginOf } from "./db/roles.ts";
import { openQueue } from "./jobs/worker.ts";
import { Closers } from "./lib/closers.ts";
import { openBudgets } from "./limits/budgets.ts";
import { type AllowedOperations, refuseFaults } from "./limits/operations.ts";
import { missingPlans } from "./limits/plans.ts";
import { buildSchema } from "./schema.ts";
import { openDesk } from "./transport/desk.ts";
import { createHttp, type HttpOptions } from "./transport/http.ts";
import { limits } from "./transport/limits.ts";
import { LiveSessions } from "./transport/live-session.ts";
import type { createMetrics, Metrics } from "./transport/metrics.ts";
import { OperatorError } from "./wire/errors.ts";

export interface ServerOptions extends ServiceOptions {
  /** Signs in as the role of the job queue. Without it no timed job runs, and large writes wait. */
  workerUrl?: string;
  /** Whether this process runs the jobs, or only reports that some are due. Default true. */
  isWorker?: boolean;
  host: string;
  /** 0: a free one. */
  port: number;
  origins?: string[];
  /** Trusted proxies in front of the server. Default 0. */
  proxies?: number;
  /** Wakes other processes through Redis instead of PostgreSQL's NOTIFY. */
  redisUrl?: string | null;
  /** A folder of built files, served at /desk. */
  deskFolder?: string | null;
  /** How long /health/ready reports that the server stops before it stops listening. Default 0. */
  drainMs?: number;
  /** Whether /metrics answers. Default false. */
  hasMetrics?: boolean;
  /** The operations that the server runs. Default: any. */
  operations?: AllowedOperations | null;
  graphiql?: HttpOptions["graphiql"];
  log?: Logger;
  /** Replaced by tests and the demo. */
  deps?: ServerDeps;
}

export interface ServerDeps extends ServiceDeps {
  /** Default: limits.requestMs. */
  requestMs?: number;
  onRequest?: NonNullable<HttpOptions["onRequest"]>;
}

export interface RunningServer {
  url: string;
  services: Services;
  /** Stops accepting, lets what runs finish for up to `graceMs` (default 15 s), closes everything. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Opens the database and the HTTP server. The same for `tiketti serve` and for tests.
 *
 * @throws OperatorError when a wall of the database is down or the port is taken
 */
export async function createServer(options: ServerOptions): Promise<RunningServer> {
  const closers = new Closers();
  try {
    return await open(options, closers);
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

async function open(options: ServerOptions, closers: Closers): Promise<RunningServer> {
  const { deps = {}, log = pino({ level: "silent" }) } = options;
  const database = openServiceDatabase(options, log);
  closers.add(() => database.close());
  await refuseBreaches(database);
  const queue = options.workerUrl
    ? await openQueue(loginOf(options.workerUrl, options.previousSecret), log, closers)
    : null;
  const connections = await openConnections(options, database, log, closers);
  const services = openServices(options, log, { database, ...connections, ...(queue ? { wake: queue.wake } : {}) });
  const sessions = new LiveSessions(services);
  closers.add(async () => sessions.close());
  const counters = { sockets: 0, subscriptions: 0, eventsSent: 0, executions: 0, slowReadersClosed: 0 };
  const live = { sessions, counters };

  const schema = buildSchema();
  if (options.operations) refuseFaults(options.operations, schema);
  for (const warning of missingPlans(services.plans, await services.database.preTenant.organizationPlans()))
    log.warn(warning);
  let isStopping = false;
  const metrics = options.hasMetrics ? await openMetrics(live.counters, services) : null;
  const { server: http, endLive } = createHttp({
    schema,
    services,
    live,
    origins: options.origins ?? [],
    proxies: options.proxies ?? 0,
    // Its queries are nobody's listed operations.
    graphiql: options.operations ? null : (options.graphiql ?? null),
    operations: options.operations ?? null,
    metrics,
    isStopping: () => isStopping,
    desk: options.deskFolder ? await openDesk(options.deskFolder) : null,
    requestMs: deps.requestMs ?? limits.requestMs.value,
    ...(deps.onRequest ? { onRequest: deps.onRequest } : {}),
  });
  await listen(http, options.host, options.port);
  if (queue) {
    metrics?.watchQueue(queue.figures);
    if (options.isWorker ?? true) closers.add(await queue.work(services));
  }
  const { port } = http.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    services,
    async close(graceMs = 13_000) {
      isStopping = true;
      const deadline = Date.now() + graceMs;
      // Balancers look at /health/ready now and then; until they have, requests still come.
      if (options.drainMs) await delay(Math.min(options.drainMs, graceMs));
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      endLive();
      // Two seconds are for what is behind the wire.
      const isInTime = await within(deadline - 2_000, closed);
      if (!isInTime) http.closeAllConnections();
      const isClosed = await within(deadline, closers.close());
      if (!isClosed) log.warn("the database didn't answer during the stop; its connections were left open");
    },
  };
}

/** Whether the promise resolved in time; throws what it throws. */
async function within(deadline: number, done: Promise<unknown>): Promise<boolean> {
  const ms = Math.max(0, deadline - Date.now());
  return Promise.race([done.then(() => true), delay(ms, false, { ref: false })]);
}

/** What reaches other processes: points in Redis, and hints that the change log grew. */
async function openConnections(
  { databaseUrl, previousSecret, redisUrl = null }: ServerOptions,
  database: Database,
  log: Logger,
  closers: Closers,
): Promise<Pick<Services, "changed" | "feeds"> & Partial<Pick<Services, "budgets">>> {
  const shared = redisUrl ? await openBudgets(redisUrl, log) : null;
  if (shared) closers.add(shared.close);
  const login = loginOf(databaseUrl, previousSecret);
  const wakeUp = await openWakeUp({ login, redisUrl, pool: database.control, log });
  closers.add(() => wakeUp.close());
  const feeds = new Feeds(database, wakeUp, log);
  closers.add(async () => feeds.close());
  return {
    ...(shared ? { budgets: shared.budgets } : {}),
    changed: (organizationId) => wakeUp.tell(organizationId),
    feeds,
  };
}

/** Loaded where it is used: otherwise each start would pay for it. */
async function openMetrics(...args: Parameters<typeof createMetrics>): Promise<Metrics> {
  return (await import("./transport/metrics.ts")).createMetrics(...args);
}

async function refuseBreaches(database: Database): Promise<void> {
  const breaches = await findBreaches(database.control);
  if (breaches.length === 0) return;
  throw new OperatorError(
    `The database doesn't keep organizations apart, so the server refuses to use it:\n${breaches.map((breach) => `  ${breach}`).join("\n")}\n` +
      "Run `npm run tiketti migrate`; if that doesn't fix it, somebody changed the database by hand.",
  );
}

/** @throws OperatorError when the port can't be listened on */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  const probe = createSocketServer();
  await listen(probe, host, port);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: SocketServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const texts: Record<string, string> = {
        EADDRINUSE: `Port ${port} on ${host} is taken, possibly by another Tiketti server. Stop that program, or choose another port, such as PORT=4001.`,
        EACCES: `This user isn't allowed to use port ${port}; choose one above 1023, such as PORT=4000.`,
        EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
        ENOTFOUND: `HOST ${host} can't be resolved on this machine.`,
      };
      const text = texts[error.code ?? ""];
      reject(text ? new OperatorError(text, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
}
