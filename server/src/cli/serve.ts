import pino, { type Logger } from "pino";
import { stopWithParent } from "../../bin/current-node.js";
import { type Config, readConfig } from "../config.ts";
import { readOperations } from "../limits/operations.ts";
import { readPlans } from "../limits/plans.ts";
import { createServer, type RunningServer, refuseTakenPort } from "../server.ts";
import { openStorage, type Storage, servedBy } from "../storage.ts";
import { banner, exampleQuery } from "./banner.ts";
import { writeDemoIfEmpty } from "./demo.ts";
import type { Command } from "./index.ts";

export const serveCommand: Command = {
  usage: "Usage: npm start   (tiketti serve [--no-migrate])",
  help: `Starts the server. Without DATABASE_URL it brings its own PostgreSQL, with the data in .tiketti/,
and writes a demo into it when it is empty. The line "ready <url>" on stderr ends the start.
SIGTERM or Ctrl-C stops it in order, within 15 s; a second one at once.

  --no-migrate  refuse a database that lacks a migration, in place of applying it

Settings are environment variables: PORT, HOST, DATABASE_URL, TIKETTI_DATA, TIKETTI_SECRET … (README.md).`,
  options: { "no-migrate": { type: "boolean", default: false } },
  async run(values) {
    const config = readConfig();
    const log = createLog(config);
    const say = (line: string) => process.stderr.write(`${line}\n`);
    // From here on: a signal during the start stops what there is by then, in order.
    const signals = listenForSignals(say);
    // Before anything is made: a taken port is the most usual reason that a start fails.
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
    const hasOrganizations = await server.services.database.gate.hasOrganizations();
    say(banner(config, server.url, demo, hasOrganizations));
    return server;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** JSON lines on stdout, with whatever can hold a secret left out by name. */
export function createLog({ logLevel }: Pick<Config, "logLevel">): Logger {
  return pino({
    level: logLevel,
    redact: {
      paths: ["authorization", "password", "secret", "token", "accessToken", "refreshToken", "apiKey"].flatMap(
        (name) => [name, `*.${name}`, `*.*.${name}`],
      ),
      censor: "[redacted]",
    },
    serializers: {
      err: serializeError,
    },
  });
}

/**
 * What went wrong and where, and no words of customers: Prisma's texts and PostgreSQL's details hold a statement's
 * arguments, and what PostgreSQL says of a value quotes it.
 */
export function serializeError(error: Error & { code?: string }, depth = 0): Record<string, unknown> {
  const message = messageOf(error);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: error.code,
    message: maskSecrets(message),
    stack: maskSecrets(frames.join("\n")),
    cause: error.cause instanceof Error && depth < 4 ? serializeError(error.cause, depth + 1) : undefined,
  };
}

function messageOf(error: Error & { code?: string; meta?: { modelName?: string } }): string {
  const { name, message, code = "" } = error;
  if (name.startsWith("PrismaClient")) return [name, code, error.meta?.modelName].filter(Boolean).join(" ");
  if (name === "DriverAdapterError") return name;
  // Classes 22 (data) and 23 (constraints): the values stand between quotes; names of ours do too, and go with them.
  return /^2[23]/.test(code) ? message.replace(/"[^"]*"?/gs, '"…"') : message;
}

/** Tokens have a prefix of ours, and connection strings a form, by which they are known anywhere. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\btk[ari]?_[\w-]{20,}/g, "[token]")
    .replace(/((?:postgres(?:ql)?|rediss?):\/\/[^:@/\s]*):[^@/\s]+@/g, "$1:[password]@");
}

/** Longer than this no stop takes, whatever holds it up: an orchestrator would kill it anyway. */
const stopMs = 15_000;

export interface Signals {
  /** Resolves with the first signal. */
  stopped: Promise<void>;
  /** Ends what would go on without this process; for the second signal. */
  kill: () => void;
}

/** The first signal stops in order, the second at once. */
export function listenForSignals(say: (line: string) => void): Signals {
  const signals: Signals = { stopped: Promise.resolve(), kill: () => {} };
  const endNow = (code: number) => {
    signals.kill();
    process.exit(code);
  };
  signals.stopped = new Promise((resolve) => {
    let isStopping = false;
    stopWithParent(() => process.emit("SIGTERM"));
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (isStopping) endNow(130);
        isStopping = true;
        say("stopping …");
        setTimeout(() => {
          say(`not stopped after ${stopMs / 1_000} s; ending now`);
          endNow(1);
        }, stopMs).unref();
        resolve();
      });
    }
  });
  return signals;
}
