/**
 * The hint between processes that an organization's change log has grown. It is sent after the commit and
 * can be lost: followers also check on their own, only later.
 */
import type pg from "pg";
import type { Logger } from "pino";
import { connectClient, type Login } from "../db/connection.ts";
import { breakWhenSilent } from "../db/pool.ts";
import { Closers } from "../lib/closers.ts";
import { startShared } from "../lib/shared-work.ts";

export interface WakeUp {
  /** Returns at once; many for one organization in a moment are one. */
  tell(organizationId: string): void;
  /** `null`: hints may have been lost, look everywhere. */
  listen(listener: (organizationId: string | null) => void): void;
  close(): Promise<void>;
}

const channel = "tiketti_changes";
const coalesceMs = 5;
const reconnectMs = 1_000;
const silentMs = 10_000;

interface Options {
  /** The app's role: LISTEN needs a connection of its own. */
  login: Login;
  /** redis://… in place of PostgreSQL's NOTIFY. */
  redisUrl: string | null;
  /** For NOTIFY. */
  pool: pg.Pool;
  log: Logger;
}

export async function openWakeUp(options: Options): Promise<WakeUp> {
  const listeners: ((organizationId: string | null) => void)[] = [];
  const hear = (organizationId: string | null) => {
    for (const listener of listeners) listener(organizationId);
  };
  const wire = options.redisUrl ? await openRedis(options.redisUrl, options.log, hear) : openPostgres(options, hear);
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    const organizations = [...waiting];
    waiting.clear();
    wire
      .send(organizations)
      .catch((error) =>
        options.log.warn({ err: error }, "other processes couldn't be woken; they will find the change on their own"),
      );
  };
  return {
    tell(organizationId) {
      // This process needs no wire.
      hear(organizationId);
      waiting.add(organizationId);
      timer ??= startShared(() => setTimeout(flush, coalesceMs));
    },
    listen(listener) {
      listeners.push(listener);
    },
    async close() {
      if (timer) clearTimeout(timer);
      await wire.close();
    },
  };
}

interface Wire {
  send(organizationIds: string[]): Promise<void>;
  close(): Promise<void>;
}

function openPostgres({ login, pool, log }: Options, hear: (organizationId: string | null) => void): Wire {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let beating: NodeJS.Timeout | undefined;
  let isClosed = false;
  const again = () => {
    clearInterval(beating);
    client = null;
    if (!isClosed) timer ??= setTimeout(connect, reconnectMs);
  };
  const connect = async () => {
    timer = null;
    try {
      const next = await connectClient(login, { name: "tiketti listens" });
      if (isClosed) return void (await next.end());
      client = next;
      next.on("error", (error) => log.warn({ err: error }, "the connection that listens for changes broke"));
      next.on("end", () => client === next && again());
      next.on("notification", ({ payload }) => payload && hear(payload));
      await next.query(`listen ${channel}`);
      // Nobody would notice that a connection which only listens has gone silent.
      breakWhenSilent(next, silentMs);
      beating = setInterval(() => next.query("select 1").catch(() => {}), silentMs / 2);
      beating.unref();
      // What was told while nobody listened.
      hear(null);
    } catch (error) {
      log.warn({ err: error }, "listening for changes failed; trying again");
      const broken = client;
      client = null;
      await broken?.end().catch(() => {});
      again();
    }
  };
  connect();
  return {
    async send(organizationIds) {
      await pool.query(`select pg_notify('${channel}', id) from unnest($1::text[]) as told (id)`, [organizationIds]);
    },
    async close() {
      isClosed = true;
      clearInterval(beating);
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

async function openRedis(url: string, log: Logger, hear: (organizationId: string | null) => void): Promise<Wire> {
  // Loaded where it is used: each start would pay for it.
  const { Redis } = await import("ioredis");
  const closers = new Closers();
  const open = (name: string) => {
    const redis = new Redis(url, {
      connectionName: `tiketti ${name}`,
      // A hint that can't be sent now is worth nothing later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, reconnectMs),
    });
    redis.on("error", (error) => log.warn({ err: error }, "Redis can't be reached; changes are found more slowly"));
    closers.add(async () => redis.disconnect());
    return redis;
  };
  const publisher = open("tells");
  const subscriber = open("listens");
  subscriber.on("ready", () => {
    subscriber.subscribe(channel).then(
      () => hear(null),
      (error) => log.warn({ err: error }, "subscribing at Redis failed"),
    );
  });
  subscriber.on("message", (_channel, organizationId) => hear(organizationId));
  return {
    async send(organizationIds) {
      if (publisher.status !== "ready") return;
      const pipeline = publisher.pipeline();
      for (const organizationId of organizationIds) pipeline.publish(channel, organizationId);
      await pipeline.exec();
    },
    close: () => closers.close(),
  };
}
