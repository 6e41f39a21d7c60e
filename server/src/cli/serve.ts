import type { Logger } from "pino";
import { type Config, readConfig } from "../config.ts";
import { openStorage, type Storage, servedBy } from "../db/storage.ts";
import { readOperations } from "../limits/operations.ts";
import { readPlans } from "../limits/plans.ts";
import { createServer, type RunningServer, refuseTakenPort } from "../server.ts";
import { banner, exampleQuery } from "./banner.ts";
import type { Command } from "./command.ts";
import { writeDemoIfEmpty } from "./demo.ts";
import { createLog } from "./log.ts";
import { listenForSignals } from "./signals.ts";

export const serveCommand: Command = {
  usage: "Usage: npm start   (tiketti serve [--no-migrate])",
  help: `Starts the server. Without DATABASE_URL it runs an embedded PostgreSQL, with the data in .tiketti/,
and writes a demo into it when it is empty. The line "ready <url>" on stderr ends the start.
SIGTERM or Ctrl-C stops it in order, within 15 s; a second one stops it immediately.

  --no-migrate  refuse a database that lacks a migration, instead of applying the migration

Settings are environment variables: PORT, HOST, DATABASE_URL, TIKETTI_DATA, TIKETTI_SECRET … (docs/configuration.md).`,
  options: { "no-migrate": { type: "boolean", default: false } },
  async run(values) {
    const config = readConfig();
    const log = createLog(config);
    const say = (line: string) => process.stderr.write(`${line}\n`);
    // From here on, a signal during the start stops what has been started so far, in order.
    const signals = listenForSignals(say);
    // Before anything is created: a taken port is the most common reason for a failed start.
    await refuseTakenPort(config.host, config.port);
    const upkeep = values["no-migrate"] ? "check" : "migrate";
    const storage = await openStorage(config, { isExclusive: true, upkeep, progress: say });
    signals.kill = storage.kill;
    const server = await openServer(config, storage, log, say);
    say(`ready ${server.url}`);
    await signals.stopped;
    await server.close();
    await storage.close();
    say("stopped");
    return 0;
  },
};

async function openServer(
  config: Config,
  storage: Storage,
  log: Logger,
  say: (line: string) => void,
): Promise<RunningServer> {
  try {
    const demo = config.isDemoWanted ? await writeDemoIfEmpty(config, storage, say) : null;
    const isLoopback = ["127.0.0.1", "localhost", "::1"].includes(config.host);
    const server = await createServer({
      ...servedBy(storage),
      workerUrl: storage.workerUrl,
      isWorker: config.isWorker,
      drainMs: config.drainMs,
      deskFolder: config.deskFolder,
      appUrl: config.appUrl,
      redisUrl: config.wakeUrl,
      hasMetrics: config.hasMetrics,
      plans: readPlans(config.limitsFile),
      operations: config.operationsFiles.length > 0 ? readOperations(config.operationsFiles) : null,
      host: config.host,
      port: config.port,
      origins: config.isProduction ? config.origins : [...config.origins, "localhost"],
      proxies: config.proxies,
      poolSize: config.poolSize,
      log,
      graphiql: config.isProduction
        ? null
        : { query: exampleQuery, headers: demo && isLoopback ? { Authorization: `Bearer ${demo.apiKey}` } : {} },
    });
    const hasOrganizations = await server.services.database.preTenant.hasOrganizations();
    say(banner(config, server.url, demo, hasOrganizations));
    return server;
  } catch (error) {
    await storage.close();
    throw error;
  }
}
