import { parentPort, workerData } from "node:worker_threads";
import { applyWithEngine, type MigrationJob } from "./migration-engine.ts";

/** The body of the worker that migrate.ts starts. */
try {
  parentPort?.postMessage({ applied: await applyWithEngine(workerData as MigrationJob) });
} catch (error) {
  parentPort?.postMessage({ fault: (error as Error).message ?? String(error) });
}
