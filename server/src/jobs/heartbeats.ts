/**
 * Finds out which workers are alive. graphile-worker takes a job away from a worker only after 4 hours, because
 * it can't distinguish a slow worker from a dead one. Here each worker holds its own lock for as long as its
 * connection lives: if the lock is free, the worker is dead, and its jobs run again with the next sweep.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "pino";

export interface Heartbeat {
  stop(): Promise<void>;
}

/** The number of a worker's lock. */
const lockOf = "hashtextextended('tiketti worker ' || $1, 0)";

const restartAfterMs = 2_000;

/** Uses a connection of `pool` for as long as the worker runs. A heartbeat that is lost is started again. */
export async function startHeartbeat(pool: pg.Pool, workerPoolId: string, log: Logger): Promise<Heartbeat> {
  const stopped = new AbortController();
  let client: pg.PoolClient | null = null;
  const start = async () => {
    const started = await pool.connect();
    started.once("error", () => {
      // Until it is up again, another worker may take over the job.
      started.release(true);
      client = null;
      log.warn("a worker's heartbeat was lost with its connection");
      void restart();
    });
    await started.query(`select pg_advisory_lock(${lockOf})`, [workerPoolId]);
    client = started;
  };
  const restart = async () => {
    while (!client && !stopped.signal.aborted) {
      await delay(restartAfterMs, undefined, { signal: stopped.signal }).catch(() => {});
      if (!stopped.signal.aborted)
        await start().catch((error) => log.warn({ err: error }, "a worker's heartbeat can't start yet"));
    }
  };
  await start();
  return {
    async stop() {
      stopped.abort();
      // Closed, not released to the pool: the lock ends with the connection.
      client?.release(true);
      client = null;
    },
  };
}

/** Releases the jobs of workers without a heartbeat; returns how many. */
export async function releaseJobsOfTheDead(pool: pg.Pool): Promise<number> {
  // A worker that has just started takes its first job before its heartbeat is up.
  const { rows } = await pool.query<{ id: string }>(
    `select distinct locked_by as id from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - interval '10 seconds'`,
  );
  let released = 0;
  for (const { id } of rows) {
    const client = await pool.connect();
    try {
      const { rows: tried } = await client.query<{ is_free: boolean }>(
        `select pg_try_advisory_lock(${lockOf}) as is_free`,
        [id],
      );
      if (!tried[0]?.is_free) continue;
      await client.query(`select pg_advisory_unlock(${lockOf})`, [id]);
      const { rows: jobs } = await client.query<{ count: string }>(
        "select count(*) from graphile_worker._private_jobs where locked_by = $1",
        [id],
      );
      await client.query("select graphile_worker.force_unlock_workers(array[$1])", [id]);
      released += Number(jobs[0]?.count);
    } finally {
      client.release();
    }
  }
  return released;
}
