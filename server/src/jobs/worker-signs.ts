/**
 * Who is alive. graphile-worker takes a job away from a worker only after 4 hours, because it can't tell
 * a slow one from a dead one. Here each worker holds a lock of its own for as long as its connection
 * lives: whose lock is free, is dead, and its jobs run again with the next sweep.
 */
import type pg from "pg";
import type { Logger } from "pino";

export interface WorkerSign {
  lower(): Promise<void>;
}

/** The number of a worker's lock. */
const signOf = "hashtextextended('tiketti worker ' || $1, 0)";

/** `pool` needs a connection to spare for as long as the worker runs. */
export async function raiseSign(pool: pg.Pool, workerPoolId: string, log: Logger): Promise<WorkerSign> {
  const client = await pool.connect();
  let isLowered = false;
  client.on("error", (error) => log.warn({ err: error }, "the sign of a worker was lost"));
  await client.query(`select pg_advisory_lock(${signOf})`, [workerPoolId]);
  return {
    async lower() {
      if (isLowered) return;
      isLowered = true;
      // Closed, not given back: the lock goes with the connection.
      client.release(true);
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
