import { Worker } from "node:worker_threads";

/**
 * Applies what is missing of `prisma/migrations` with Prisma's own engine and keeps Prisma's
 * `_prisma_migrations`, so that `prisma migrate deploy` stays usable.
 *
 * In a thread of its own, because the engine leaves a timer of 10 s behind that would hold up the end
 * of the process, and 20 MB that a server needs only at its start.
 *
 * @returns the names of the migrations that were applied now, in order
 * @throws when a migration fails; PostgreSQL has undone it, and running again retries it
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const worker = new Worker(new URL("./migrate.worker.ts", import.meta.url), { workerData: databaseUrl });
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
