import { Worker } from "node:worker_threads";
import type { MigrationJob } from "./migration-engine.ts";

/**
 * Applies what is missing of `prisma/migrations` with Prisma's own engine, which keeps its list of what was
 * applied in `_prisma_migrations`.
 *
 * In a thread of its own, because the engine leaves a timer of 10 s behind that would hold up the end
 * of the process, and 20 MB that a server needs only at its start.
 *
 * @returns the names of the migrations that were applied now, in order
 * @throws with the migration's name and PostgreSQL's words when one fails; PostgreSQL has undone it, and running
 *   again retries it
 */
export async function applyMigrations(job: MigrationJob): Promise<string[]> {
  const worker = new Worker(new URL("./migrate.worker.ts", import.meta.url), { workerData: job });
  try {
    const { applied, fault } = await new Promise<{ applied?: string[]; fault?: string }>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    if (!applied) throw new Error(fault);
    return applied;
  } finally {
    await worker.terminate();
  }
}
