import "./entity-tables.ts";
import { hkdfSync } from "node:crypto";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pino, { type Logger } from "pino";
import { InvitationLimits, type invitationLimits } from "./auth/invitation-limits.ts";
import { defaultPasswordCost, type PasswordCost, Passwords } from "./auth/passwords.ts";
import { SignInLimits, type signInLimits } from "./auth/sign-in-limits.ts";
import { Feeds } from "./changes/feed.ts";
import { openWakeUp } from "./changes/wake-up.ts";
import type { Services } from "./context.ts";
import { findBreaches } from "./db/catalogue.ts";
import { openDatabase } from "./db/client.ts";
import { loginOf } from "./db/roles.ts";
import { openJobs } from "./jobs/worker.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { Closers } from "./lib/closers.ts";
import { Turns } from "./lib/turns.ts";
import { Budgets, openBudgets } from "./limits/budgets.ts";
import { HourlyLimit } from "./limits/hourly-limit.ts";
import { type AllowedOperations, refuseFaults } from "./limits/operations.ts";
import { missingPlans, Plans } from "./limits/plans.ts";
import { buildSchema } from "./schema.ts";
import { openDesk } from "./transport/desk.ts";
import { createHttp, type HttpOptions } from "./transport/http.ts";
import { limits } from "./transport/limits.ts";
import { LiveSessions } from "./transport/live-session.ts";
import type { createMetrics, Metrics } from "./transport/metrics.ts";
import { CursorCodec } from "./wire/cursors.ts";
import { OperatorError } from "./wire/errors.ts";

export interface ServerOptions {
  /** Signs in as the app's role. */
  databaseUrl: string;
  secret: string;
  /** The previous secret: what it signed stays valid, and the roles may still have its passwords. */
  previousSecret?: string | null;
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
  poolSize?: number;
  /** Wakes other processes through Redis instead of PostgreSQL's NOTIFY. */
  redisUrl?: string | null;
  /** A folder of built files, served at /desk. */
  deskFolder?: string | null;
  /** How long /health/ready reports that the server stops before it stops listening. Default 0. */
  drainMs?: number;
  /** Whether /metrics answers. Default false. */
  hasMetrics?: boolean;
  /** The frontend's address, to which links in invitations point. */
  appUrl?: string | null;
  /** Limits of organizations by plan. Default: the default plan alone. */
  plans?: Plans;
  /** The operations that the server runs. Default: any. */
  operations?: AllowedOperations | null;
  graphiql?: HttpOptions["graphiql"];
  log?: Logger;
  /** Replaced by tests and the demo. */
  deps?: ServerDeps;
}

export interface ServerDeps {
  clock?: Clock;
  passwordCost?: PasswordCost;
  signInLimits?: typeof signInLimits;
  invitationLimits?: typeof invitationLimits;
  statementTimeoutMs?: number;
  /** The seconds after which all points are available again. Default: 60. */
  pointsWindowSeconds?: number;
  /** Default: limits.requestMs. */
  requestMs?: number;
  /** False: the organization-bound client adds no tenant (to prove row security alone). */
  isClientScoping?: boolean;
  /** False: the services' conditions name no tenant (to prove what stands behind them). */
  isServiceScoping?: boolean;
  /** True: an undeclared error code is a bug. */
  isStrict?: boolean;
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
  const services = openServices(options, log);
  closers.add(() => services.database.close());
  await refuseBreaches(services);
  if (options.redisUrl) {
    const { budgets, close } = await openBudgets(options.redisUrl, log);
    services.budgets = budgets;
    closers.add(close);
  }
  const live = await openLive(options, services, closers);

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
  if (options.workerUrl) {
    const jobs = await openJobs(services, loginOf(options.workerUrl, options.previousSecret), {
      isWorker: options.isWorker ?? true,
    });
    services.wake = jobs.wake;
    metrics?.watchQueue(jobs.queue);
    closers.add(() => jobs.close());
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

/** What follows the change log, here and across processes. */
async function openLive(options: ServerOptions, services: Services, closers: Closers) {
  const { database, log } = services;
  const { databaseUrl, previousSecret, redisUrl = null } = options;
  const login = loginOf(databaseUrl, previousSecret);
  const wakeUp = await openWakeUp({ login, redisUrl, pool: database.control, log });
  closers.add(() => wakeUp.close());
  services.changed = (organizationId) => wakeUp.tell(organizationId);
  services.feeds = new Feeds(database, wakeUp, log);
  closers.add(async () => services.feeds.close());
  const sessions = new LiveSessions(services);
  closers.add(async () => sessions.close());
  return { sessions, counters: { sockets: 0, subscriptions: 0, eventsSent: 0, executions: 0, slowReadersClosed: 0 } };
}

/** Loaded where it is used: otherwise each start would pay for it. */
async function openMetrics(...args: Parameters<typeof createMetrics>): Promise<Metrics> {
  return (await import("./transport/metrics.ts")).createMetrics(...args);
}

/** What operations need, without the wire: for the server, the CLI, the demo and jobs. */
export function openServices(
  { databaseUrl, secret, previousSecret, poolSize, appUrl, plans, deps = {} }: Omit<ServerOptions, "host" | "port">,
  log: Logger,
): Services {
  const secrets = previousSecret ? [secret, previousSecret] : [secret];
  const database = openDatabase({
    login: loginOf(databaseUrl, previousSecret),
    onError: (error) => log.warn({ err: error }, "a database connection broke"),
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(deps.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: deps.statementTimeoutMs }),
    ...(deps.isClientScoping === undefined ? {} : { isScoping: deps.isClientScoping }),
  });
  return {
    database,
    clock: deps.clock ?? systemClock,
    log,
    errorCounts: new Map(),
    passwords: new Passwords(deps.passwordCost ?? defaultPasswordCost),
    signInLimits: new SignInLimits(deps.signInLimits),
    invitationLimits: new InvitationLimits(deps.invitationLimits),
    organizationLimits: new HourlyLimit(24 * 60 * 60),
    cursors: new CursorCodec(secrets),
    requestHashKeys: secrets.map((each) => Buffer.from(hkdfSync("sha256", each, "", "idempotency", 32))),
    ...turnsOf(poolSize),
    budgets: new Budgets(null, deps.pointsWindowSeconds),
    plans: plans ?? new Plans(),
    wake: () => {},
    changed: () => {},
    // Replaced where there is a wire to hear of changes on.
    feeds: new Feeds(database, { tell() {}, listen() {}, close: async () => {} }, log),
    appUrl: appUrl ?? null,
    isStrict: deps.isStrict ?? false,
    isServiceScoping: deps.isServiceScoping ?? true,
  };
}

/** Two places less than there are for one organization: whoever else comes finds one, whatever a crowd does. */
function turnsOf(poolSize = 10): Pick<Services, "readTurns" | "requestTurns"> {
  const perGroup = Math.max(1, poolSize - 2);
  // And two less for one member or key: its colleagues find one too.
  const places = { atOnce: poolSize, perGroup, perKey: Math.max(1, perGroup - 2), rest: 2 };
  return {
    readTurns: new Turns({ ...places, waitMs: 5_000, mostWaiting: 1_000, lateMs: 2_000 }),
    requestTurns: new Turns({
      atOnce: Number.POSITIVE_INFINITY,
      perGroup: limits.requestsAtOnce.value,
      waitMs: 5_000,
      mostWaiting: limits.requestsWaiting.value,
      lateMs: 2_000,
    }),
  };
}

async function refuseBreaches({ database }: Services): Promise<void> {
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
