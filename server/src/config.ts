/** The only reader of the environment: parses, sets defaults, and reports faults with the way to fix them. */

import { parseDatabaseUrl } from "./lib/database-url.ts";
import { databaseUrlFault, type LogLevel, listOf, parseUrl, type Variable, variables } from "./settings.ts";
import { OperatorError } from "./wire/errors.ts";

export interface Config {
  /** embedded: our own PostgreSQL below `dataFolder`; external: the one that DATABASE_URL names. */
  mode: "embedded" | "external";
  isProduction: boolean;
  host: string;
  port: number;
  databaseUrl: string | null;
  dataFolder: string;
  /** Null in embedded mode without TIKETTI_SECRET: the secret is then generated into the data folder. */
  secret: string | null;
  /** The previous secret, while both are in use; null without one. */
  previousSecret: string | null;
  /** How long a start waits for a database that is starting or read-only. */
  databaseWaitMs: number;
  /** How long the server keeps taking requests after it has told balancers that it is stopping. */
  drainMs: number;
  /** A folder of built files that /desk serves; null: /desk serves nothing. */
  deskFolder: string | null;
  logLevel: LogLevel;
  origins: string[];
  isDemoWanted: boolean;
  poolSize: number;
  proxies: number;
  /** The frontend's address; null: unknown. */
  appUrl: string | null;
  /** Whether the server runs the jobs too. */
  isWorker: boolean;
  /** The Redis that wakes other processes; null: PostgreSQL does. */
  wakeUrl: string | null;
  hasMetrics: boolean;
  /** A file with the limits of plans; null: the default plan alone. */
  limitsFile: string | null;
  /** Files that list the operations the server runs; empty: it runs any. */
  operationsFiles: string[];
}

/**
 * @throws OperatorError that lists all faults, each with name, value, rule and example
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const read = (name: keyof typeof variables): string => {
    const variable: Variable = variables[name];
    const value = environment[name]?.trim() || variable.default;
    if (value !== "" && value !== variable.default && !variable.accepts(value)) {
      faults.push(fault(name, variable, variable.isSecret ? mask(value) : `"${value}"`, variable.fault?.(value)));
    }
    return value;
  };
  const givenUrl = read("DATABASE_URL");
  const databaseUrl = givenUrl && databaseUrlFault(givenUrl) === null ? parseDatabaseUrl(givenUrl).href : null;
  const secret = read("TIKETTI_SECRET") || null;
  const isProduction = givenUrl !== "" || read("NODE_ENV") === "production";
  if (isProduction && !secret) {
    faults.push(
      fault(
        "TIKETTI_SECRET",
        variables.TIKETTI_SECRET,
        "not set, and required with DATABASE_URL or NODE_ENV=production",
      ),
    );
  }
  const demo = read("TIKETTI_DEMO");
  const drain = read("TIKETTI_DRAIN");
  const config: Config = {
    mode: databaseUrl ? "external" : "embedded",
    isProduction,
    host: read("HOST"),
    port: Number(read("PORT")),
    databaseUrl,
    dataFolder: read("TIKETTI_DATA"),
    secret,
    previousSecret: read("TIKETTI_SECRET_PREVIOUS") || null,
    databaseWaitMs: Number(read("TIKETTI_DATABASE_WAIT")) * 1_000,
    drainMs: (drain === "auto" ? (givenUrl === "" ? 0 : 3) : Number(drain)) * 1_000,
    deskFolder: read("TIKETTI_DESK") || null,
    logLevel: read("LOG_LEVEL") as LogLevel,
    origins: listOf(read("TIKETTI_ORIGINS")),
    isDemoWanted: demo === "on" || (demo === "auto" && databaseUrl === null && !isProduction),
    poolSize: Number(read("TIKETTI_POOL_SIZE")),
    proxies: Number(read("TIKETTI_PROXIES")),
    appUrl: read("TIKETTI_APP_URL") || null,
    isWorker: read("TIKETTI_WORKER") === "on",
    wakeUrl: read("TIKETTI_WAKE_URL") || null,
    hasMetrics: read("TIKETTI_METRICS") === "on",
    limitsFile: read("TIKETTI_LIMITS") || null,
    operationsFiles: listOf(read("TIKETTI_OPERATIONS")),
  };
  if (faults.length > 0) {
    throw new OperatorError(
      `${faults.length === 1 ? "A setting is" : `${faults.length} settings are`} wrong:\n${faults.join("\n")}`,
    );
  }
  return config;
}

function fault(name: string, { rule, example }: Variable, seen: string, reason?: string | null): string {
  return `  ${name} is ${seen}${reason ? `: ${reason}` : ""}; it must be ${rule}. Example: ${example}`;
}

function mask(value: string): string {
  const url = parseUrl(value);
  if (url?.host) return `"${url.protocol}//***@${url.host}${url.pathname}"`;
  return `set (${value.length} characters, not shown)`;
}
