/** The only reader of the environment: parses, sets defaults, and says what is wrong and how to mend it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { OperatorError } from "./errors.ts";
import { parseDatabaseUrl } from "./lib/database-url.ts";

export interface Config {
  /** embedded: a PostgreSQL of our own below `dataFolder`; external: the one of DATABASE_URL. */
  mode: "embedded" | "external";
  isProduction: boolean;
  host: string;
  port: number;
  databaseUrl: string | null;
  dataFolder: string;
  /** Null in embedded mode without TIKETTI_SECRET: then it is generated into the data folder. */
  secret: string | null;
  /** The secret before this one, while both are in use; null: there is none. */
  previousSecret: string | null;
  /** How long a start waits for a database that is starting or read-only. */
  databaseWaitMs: number;
  /** How long the server goes on taking requests after it has told balancers that it stops. */
  drainMs: number;
  /** A folder of built files that /desk serves; null: nothing is there. */
  deskFolder: string | null;
  logLevel: LogLevel;
  origins: string[];
  isDemoWanted: boolean;
  poolSize: number;
  proxies: number;
  /** Where the frontend is; null: unknown. */
  appUrl: string | null;
  /** Whether the server does the jobs too. */
  isWorker: boolean;
  /** A Redis to wake other processes by; null: PostgreSQL does. */
  wakeUrl: string | null;
  hasMetrics: boolean;
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

interface Variable {
  default: string;
  description: string;
  /** What a good value looks like, shown with a fault. */
  rule: string;
  example: string;
  isSecret?: boolean;
  accepts(value: string): boolean;
  /** What is wrong with a value, where the rule alone doesn't say it. */
  fault?(value: string): string | null;
}

/** Every variable the server reads. The README's table derives from this one. */
export const variables = {
  PORT: {
    default: "4000",
    description: "The port to listen on; 0 takes a free one.",
    rule: "a whole number from 0 to 65535",
    example: "4000",
    accepts: (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
  },
  HOST: {
    default: "127.0.0.1",
    description: "The address to listen on; 0.0.0.0 is every interface.",
    rule: "a host name or an IP address",
    example: "127.0.0.1",
    accepts: (value) => /^[\w.:-]+$/.test(value),
  },
  DATABASE_URL: {
    default: "",
    description:
      "A PostgreSQL 15-18 of your own, as the role that owns the tables (it creates the roles that serve). Without it an embedded one runs in TIKETTI_DATA.",
    rule: "a URL that starts with postgresql:// or postgres://, and names one host or socket folder and a database",
    example: "postgresql://tiketti:secret@localhost:5432/tiketti",
    isSecret: true,
    accepts: (value) => databaseUrlFault(value) === null,
    fault: (value) => databaseUrlFault(value),
  },
  TIKETTI_DATA: {
    default: ".tiketti",
    description: "The folder of the embedded PostgreSQL, its generated secrets and the demo's logins.",
    rule: "a path",
    example: ".tiketti",
    accepts: (value) => !value.includes("\0"),
  },
  TIKETTI_SECRET: {
    default: "",
    description:
      "Signs cursors and derives the database roles' passwords; the same on every process. Required with DATABASE_URL, generated into TIKETTI_DATA otherwise.",
    rule: "at least 32 characters, not one from an example",
    example: "the output of: openssl rand -base64 32",
    isSecret: true,
    accepts: (value) => value.length >= 32 && !isWellKnown(value),
  },
  TIKETTI_SECRET_PREVIOUS: {
    default: "",
    description:
      "The secret before TIKETTI_SECRET, while it is being changed: what it signed stays valid, and the database's roles may still have its passwords. docs/operating.md has the steps.",
    rule: "the TIKETTI_SECRET of before",
    example: "the value that TIKETTI_SECRET had",
    isSecret: true,
    accepts: (value) => value.length >= 32 && !isWellKnown(value),
  },
  TIKETTI_DATABASE_WAIT: {
    default: "60",
    description: "How many seconds a start waits for a database that is starting, out of reach or read-only.",
    rule: "a whole number from 0 to 3600",
    example: "60",
    accepts: (value) => /^\d{1,4}$/.test(value) && Number(value) <= 3_600,
  },
  TIKETTI_DRAIN: {
    default: "auto",
    description:
      "How many seconds /health/ready answers 503 before the server stops listening, so that a balancer sends it nothing any more. auto: 3 with DATABASE_URL, 0 without. At most 10: a stop takes 15 s in all.",
    rule: "auto, or a whole number from 0 to 10",
    example: "5",
    accepts: (value) => /^(auto|\d|10)$/.test(value),
  },
  TIKETTI_DESK: {
    default: "",
    description:
      "A folder of files to serve at /desk: the dashboard that `npm run dashboard:build` makes in examples/dashboard/dist, or a frontend of yours. Empty: /desk is not there.",
    rule: "a folder with an index.html",
    example: "examples/dashboard/dist",
    accepts: (value) => existsSync(path.join(value, "index.html")),
  },
  TIKETTI_ORIGINS: {
    default: "",
    description:
      "Origins of browsers that may call the API, separated by commas. Empty: same origin only. Outside production localhost may too, on every port.",
    rule: "origins such as https://desk.example.com, separated by commas",
    example: "https://desk.example.com,https://admin.example.com",
    accepts: (value) => value.split(",").every((origin) => parseUrl(origin.trim())?.origin === origin.trim()),
  },
  TIKETTI_APP_URL: {
    default: "",
    description: "Where your frontend is. Links in invitations lead there: TIKETTI_APP_URL/invitations/TOKEN.",
    rule: "an http or https URL",
    example: "https://desk.example.com",
    accepts: (value) => /^https?:$/.test(parseUrl(value)?.protocol ?? ""),
  },
  TIKETTI_WORKER: {
    default: "on",
    description:
      "Whether this server also does the jobs (purging, closing and reopening by time, the rest of large writes). off: `tiketti worker` does, in a process of its own.",
    rule: "on or off",
    example: "off",
    accepts: (value) => ["on", "off"].includes(value),
  },
  TIKETTI_WAKE_URL: {
    default: "",
    description:
      "A Redis by which processes wake each other when something changed, redis://… or rediss://…. Empty: PostgreSQL's NOTIFY does. Nothing is kept there, and losing it loses nothing.",
    rule: "a URL that starts with redis:// or rediss://",
    example: "redis://localhost:6379",
    isSecret: true,
    accepts: (value) => /^rediss?:$/.test(parseUrl(value)?.protocol ?? ""),
  },
  TIKETTI_METRICS: {
    default: "off",
    description:
      "Whether GET /metrics answers, in Prometheus' text format: sockets, subscriptions, lag, events, slow readers, the process. It shows to everybody who reaches the port.",
    rule: "on or off",
    example: "on",
    accepts: (value) => ["on", "off"].includes(value),
  },
  TIKETTI_DEMO: {
    default: "auto",
    description: "Whether to write the demo into an empty database: auto (embedded yes, DATABASE_URL no), on or off.",
    rule: "auto, on or off",
    example: "off",
    accepts: (value) => ["auto", "on", "off"].includes(value),
  },
  TIKETTI_PROXIES: {
    default: "0",
    description:
      "How many reverse proxies stand in front and append to X-Forwarded-For; limits per network address need it.",
    rule: "a whole number from 0 to 9",
    example: "1",
    accepts: (value) => /^\d$/.test(value),
  },
  TIKETTI_POOL_SIZE: {
    default: "10",
    description: "Database connections for reads, for writes and for sign-in checks, each.",
    rule: "a whole number from 2 to 100",
    example: "10",
    accepts: (value) => /^\d{1,3}$/.test(value) && Number(value) >= 2 && Number(value) <= 100,
  },
  LOG_LEVEL: {
    default: "info",
    description: "How much to log, as JSON lines on stdout: fatal, error, warn, info, debug, trace or silent.",
    rule: logLevels.join(", "),
    example: "info",
    accepts: (value) => (logLevels as readonly string[]).includes(value),
  },
  NODE_ENV: {
    default: "",
    description: "`production` turns GraphiQL off, as DATABASE_URL does.",
    rule: "production, development, test or nothing",
    example: "production",
    accepts: (value) => ["production", "development", "test"].includes(value),
  },
} as const satisfies Record<string, Variable>;

/**
 * @throws OperatorError that lists every fault at once, each with name, value, rule and example
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
    origins: read("TIKETTI_ORIGINS")
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
    isDemoWanted: demo === "on" || (demo === "auto" && databaseUrl === null && !isProduction),
    poolSize: Number(read("TIKETTI_POOL_SIZE")),
    proxies: Number(read("TIKETTI_PROXIES")),
    appUrl: read("TIKETTI_APP_URL") || null,
    isWorker: read("TIKETTI_WORKER") === "on",
    wakeUrl: read("TIKETTI_WAKE_URL") || null,
    hasMetrics: read("TIKETTI_METRICS") === "on",
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

function databaseUrlFault(value: string): string | null {
  try {
    parseDatabaseUrl(value);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function mask(value: string): string {
  const url = parseUrl(value);
  if (url?.host) return `"${url.protocol}//***@${url.host}${url.pathname}"`;
  return `set (${value.length} characters, not shown)`;
}

function isWellKnown(secret: string): boolean {
  return /^(.)\1*$/.test(secret) || /change.?me|example|openssl rand|secret.?secret|0123456789/i.test(secret);
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
