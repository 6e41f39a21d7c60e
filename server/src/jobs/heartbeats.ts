/**
 * Who is alive. graphile-worker takes a job away from a worker only after 4 hours, because it can't tell
 * a slow one from a dead one. Here each worker holds a lock of its own for as long as its connection
 * lives: whose lock is free, is dead, and its jobs run again with the next sweep.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "pino";

export interface WorkerSign {
  lower(): Promise<void>;
}

/** The number of a worker's lock. */
const signOf = "hashtextextended('tiketti worker ' || $1, 0)";

const raiseAgainAfterMs = 2_000;

/** `pool` needs a connection to spare for as long as the worker runs. A sign that is lost is raised again. */
export async function raiseSign(pool: pg.Pool, workerPoolId: string, log: Logger): Promise<WorkerSign> {
  const lowered = new AbortController();
  let client: pg.PoolClient | null = null;
  const raise = async () => {
    const raised = await pool.connect();
    raised.once("error", () => {
      // Until it is up again another worker may take the job over.
      raised.release(true);
      client = null;
      log.warn("the sign of a worker was lost with its connection");
      void raiseAgain();
    });
    await raised.query(`select pg_advisory_lock(${signOf})`, [workerPoolId]);
    client = raised;
  };
  const raiseAgain = async () => {
    while (!client && !lowered.signal.aborted) {
      await delay(raiseAgainAfterMs, undefined, { signal: lowered.signal }).catch(() => {});
      if (!lowered.signal.aborted) await raise().catch((error) => log.warn({ err: error }, "no sign of a worker yet"));
    }
  };
  await raise();
  return {
    async lower() {
      lowered.abort();
      // Closed, not given back: the lock goes with the connection.
      client?.release(true);
      client = null;
    },
  };
}

/** Gives jobs back that a worker without a sign holds; how many. */
export async function releaseJobsOfTheDead(pool: pg.Pool): Promise<number> {
  // A worker that just began takes its first job before its sign is up.
  const { rows } = await pool.query<{ id: string }>(
    `select distinct locked_by as id from graphile_worker._private_jobs
     where locked_by is not null and locked_at < now() - interval '10 seconds'`,
  );
  let released = 0;
  for (const { id } of rows) {
    const client = await pool.connect();
    try {
      const { rows: tried } = await client.query<{ is_free: boolean }>(
        `select pg_try_advisory_lock(${signOf}) as is_free`,
        [id],
      );
      if (!tried[0]?.is_free) continue;
      await client.query(`select pg_advisory_unlock(${signOf})`, [id]);
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
