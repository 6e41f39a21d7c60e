/**
 * Runs the jobs, on graphile-worker's queue in the same PostgreSQL. A job is only a hint: the tables hold the
 * work that is due, and a sweep each minute finds it, even if a worker has died in between.
 */
import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import {
  type JobHelpers,
  makeWorkerUtils,
  parseCronItems,
  Logger as QueueLogger,
  type Runner,
  run,
  type TaskList,
  type WorkerEvents,
  type WorkerUtils,
} from "graphile-worker";
import type { Logger } from "pino";
import type { Services } from "../context.ts";
import { type Login, LoginPool } from "../db/connection.ts";
import type { Closers } from "../lib/closers.ts";
import { addDays } from "../lib/days.ts";
import { changeDays, trashDays } from "../lib/retention.ts";
import { startShared } from "../lib/shared-work.ts";
import { doDueWork } from "./due-work.ts";
import { type Heartbeat, releaseJobsOfTheDead, startHeartbeat } from "./heartbeats.ts";

export interface QueueFigures {
  /** Due, but not started. */
  waiting: number;
  /** Out of attempts. */
  failed: number;
  oldestAgeSeconds: number;
}

export interface Queue {
  /** Adds a hint that an organization has work. Returns immediately; if the hint is lost, no work is. */
  wake(organizationId: string): void;
  figures(): Promise<QueueFigures>;
  /** Does the jobs in this process, too. Returns the function that stops it and waits for the running batch. */
  work(services: Services): Promise<() => Promise<void>>;
}

const restartAfterMs = 5_000;
const releaseEveryMs = 15_000;
const expiredAtOnce = 5_000;

/** The queue of jobs. What it opens is closed by `closers`. */
export async function openQueue(login: Login, log: Logger, closers: Closers): Promise<Queue> {
  const pool = new LoginPool(login, { max: 6, name: "tiketti jobs", connectTimeoutMs: 30_000 });
  pool.on("error", (error) => log.warn({ err: error }, "a connection of the job queue broke"));
  // Also while a connection is in use: without a listener the process would end.
  pool.on("connect", (client) => {
    client.on("error", (error) => log.warn({ err: error }, "a connection of the job queue broke"));
  });
  closers.add(() => pool.end());
  const logger = new QueueLogger(() => (level, message, meta) => {
    const tell = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
    log[tell[level]]({ meta: meta?.error ? { error: String(meta.error) } : undefined }, `jobs: ${message}`);
  });
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  closers.add(() => utils.release());
  return {
    wake: waker(log, utils),
    figures: () => readQueue(pool),
    work: (services) => keepRunning(services, pool, logger),
  };
}

async function readQueue(pool: LoginPool): Promise<QueueFigures> {
  const { rows } = await pool.query<QueueFigures>(
    `select count(*) filter (where is_due)::int as waiting,
            count(*) filter (where attempts >= max_attempts)::int as failed,
            coalesce(extract(epoch from now() - min(run_at) filter (where is_due)), 0)::float8 as "oldestAgeSeconds"
     from (select *, run_at <= now() and locked_at is null and attempts < max_attempts as is_due from graphile_worker.jobs) jobs`,
  );
  return rows[0] as QueueFigures;
}

/** Adds each organization's job once, however many writes ask for it in the meantime. */
function waker(log: Logger, utils: WorkerUtils): (organizationId: string) => void {
  const asked = new Set<string>();
  return (organizationId) => {
    if (asked.has(organizationId)) return;
    asked.add(organizationId);
    startShared(() =>
      setImmediate(() => {
        asked.delete(organizationId);
        addOrganization(utils.addJob, organizationId).catch((error) =>
          log.warn({ err: error }, "the jobs couldn't be woken; the next sweep will find the work"),
        );
      }),
    );
  };
}

async function addOrganization(addJob: WorkerUtils["addJob"], organizationId: string): Promise<void> {
  // One job at a time for each organization; a new one waits for the running one.
  await addJob("organization", { organizationId }, { jobKey: `organization ${organizationId}`, maxAttempts: 5 });
}

function tasksOf(services: Services, stopping: AbortSignal): TaskList {
  const { database, clock } = services;
  return {
    async sweep(_payload, { addJob }: JobHelpers) {
      const now = clock.now();
      const due = await database.preTenant.findOrganizationsWithDueWork(now, trashDays);
      const old = await database.preTenant.findOrganizationsWithOldChanges(addDays(now, -changeDays));
      for (const organizationId of new Set([...due, ...old])) await addOrganization(addJob, organizationId);
    },
    async organization(payload, { addJob }: JobHelpers) {
      const { organizationId } = payload as { organizationId: string };
      const isDone = await doDueWork(services, organizationId, stopping);
      // After the jobs of other organizations that are waiting.
      if (!isDone) await addOrganization(addJob, organizationId);
    },
    async expire() {
      while ((await database.preTenant.removeExpired(expiredAtOnce)) >= expiredAtOnce);
    },
  };
}

async function tellReleased(releasing: Promise<number>, log: Services["log"]): Promise<void> {
  const released = await releasing.catch((error) => {
    log.warn({ err: error }, "the search for jobs of dead workers failed; it will be repeated");
    return 0;
  });
  if (released > 0) log.warn({ jobs: released }, "jobs of a dead worker were released");
}

const crontab = parseCronItems([
  { task: "sweep", match: "* * * * *", options: { backfillPeriod: 0, maxAttempts: 1, jobKey: "sweep" } },
  { task: "expire", match: "*/10 * * * *", options: { backfillPeriod: 0, maxAttempts: 1, jobKey: "expire" } },
]);

/** Restarts a worker that ended because the database couldn't be reached. Returns the function that ends it. */
async function keepRunning(services: Services, pool: LoginPool, logger: QueueLogger): Promise<() => Promise<void>> {
  const { log } = services;
  const stopping = new AbortController();
  let runner: Runner | null = null;
  let heartbeat: Heartbeat | null = null;
  const start = async () => {
    const events: WorkerEvents = new EventEmitter();
    const poolId = new Promise<string>((resolve) =>
      events.once("pool:create", ({ workerPool }) => resolve(workerPool.id)),
    );
    const started = await run({
      events,
      pgPool: pool,
      logger,
      taskList: tasksOf(services, stopping.signal),
      parsedCronItems: crontab,
      concurrency: 2,
      noHandleSignals: true,
      pollInterval: 2_000,
    });
    runner = started;
    heartbeat = await startHeartbeat(pool, await poolId, log).catch(async (error) => {
      await started.stop().catch(() => {});
      throw error;
    });
    await started.addJob("sweep", {}, { jobKey: "sweep", maxAttempts: 1 });
    return started;
  };
  const supervise = async (first: Runner) => {
    for (let current: Runner | null = first; !stopping.signal.aborted; ) {
      await current?.promise.catch((error) => log.error({ err: error }, "the jobs' worker ended"));
      await heartbeat?.stop();
      if (stopping.signal.aborted) return;
      await delay(restartAfterMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      current = await start().catch((error) => {
        log.error({ err: error }, "the jobs' worker can't start");
        return null;
      });
    }
  };
  const supervised = supervise(await start());
  // More often than the sweep, because a dead worker's job must run again within a minute.
  const releasing = setInterval(() => tellReleased(releaseJobsOfTheDead(pool), log), releaseEveryMs);
  return async () => {
    clearInterval(releasing);
    stopping.abort();
    await runner?.stop().catch(() => {});
    await supervised;
    await heartbeat?.stop();
  };
}
