import { openWakeUp } from "../changes/wake-up.ts";
import { readConfig } from "../config.ts";
import { loginOf } from "../db/roles.ts";
import { openStorage, servedBy } from "../db/storage.ts";
import { openQueue } from "../jobs/worker.ts";
import { Closers } from "../lib/closers.ts";
import { trashDays } from "../lib/retention.ts";
import { openServiceDatabase, openServices } from "../services.ts";
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
    const closers = new Closers();
    closers.add(() => storage.close());
    const options = { ...servedBy(storage), poolSize: config.poolSize };
    const database = openServiceDatabase(options, log);
    closers.add(() => database.close());
    const wakeUp = await openWakeUp({
      login: loginOf(storage.appUrl, storage.previousSecret),
      redisUrl: config.wakeUrl,
      pool: database.control,
      log,
    });
    closers.add(() => wakeUp.close());
    const queue = await openQueue(loginOf(storage.workerUrl, storage.previousSecret), log, closers);
    const changed = (organizationId: string) => wakeUp.tell(organizationId);
    closers.add(await queue.work(openServices(options, log, { database, wake: queue.wake, changed })));
    say("working");
    await signals.stopped;
    await closers.close();
    say("stopped");
    return 0;
  },
};
