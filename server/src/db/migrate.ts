import { Worker } from "node:worker_threads";
import type { MigrationJob } from "./migration-engine.ts";

/**
 * Applies the missing migrations of `prisma/migrations` with Prisma's own engine, which records applied
 * migrations in `_prisma_migrations`.
 *
 * It runs in its own thread, because the engine leaves a 10 s timer, which would delay the end of the process,
 * and 20 MB of memory, which a server needs only at its start.
 *
 * @returns the names of the migrations that it applied, in order
 * @throws with the migration's name and PostgreSQL's message when one fails. PostgreSQL has then undone it, and the
 *   next run tries it again.
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
