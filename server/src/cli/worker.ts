import { openWakeUp } from "../changes/wake-up.ts";
import { readConfig } from "../config.ts";
import { loginOf } from "../db/roles.ts";
import { openStorage, servedBy } from "../db/storage.ts";
import { openJobs } from "../jobs/worker.ts";
import { trashDays } from "../lib/retention.ts";
import { openServices } from "../server.ts";
import type { Command } from "./command.ts";
import { createLog } from "./log.ts";
import { listenForSignals } from "./signals.ts";

export const workerCommand: Command = {
  usage: "Usage: npm run tiketti -- worker",
  help: `Runs the jobs: purges the trash after ${trashDays} days, closes resolved tickets, reopens pending tickets
when they are due, removes expired tokens and idempotency keys, and finishes writes of many rows.
The server runs them too unless TIKETTI_WORKER=off. Several workers share the work.
The line "working" on stderr ends the start. On SIGTERM or Ctrl-C the running batch is finished first.`,
  options: {},
  async run() {
    const config = readConfig();
    const log = createLog(config);
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const signals = listenForSignals(say);
    const storage = await openStorage(config, { isExclusive: false, upkeep: "check", progress: say });
    const services = openServices({ ...servedBy(storage), poolSize: config.poolSize }, log);
    const wakeUp = await openWakeUp({
      login: loginOf(storage.appUrl, storage.previousSecret),
      redisUrl: config.wakeUrl,
      pool: services.database.control,
      log,
    });
    services.changed = (organizationId) => wakeUp.tell(organizationId);
    const jobs = await openJobs(services, loginOf(storage.workerUrl, storage.previousSecret), { isWorker: true });
    say("working");
    await signals.stopped;
    await jobs.close();
    await wakeUp.close();
    await services.database.close();
    await storage.close();
    say("stopped");
    return 0;
  },
};
