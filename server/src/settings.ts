/** Every setting: its default, what it means, and what a good value looks like. config.ts reads them. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseDatabaseUrl } from "./lib/database-url.ts";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Variable {
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

/** The README's table derives from this one. */
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
      "A Redis by which processes wake each other when something changed, redis://… or rediss://…. Empty: PostgreSQL's NOTIFY does. They count points together there too; losing it loses a minute's counts.",
    rule: "a URL that starts with redis:// or rediss://",
    example: "redis://localhost:6379",
    isSecret: true,
    accepts: (value) => /^rediss?:$/.test(parseUrl(value)?.protocol ?? ""),
  },
  TIKETTI_LIMITS: {
    default: "",
    description:
      "A JSON file with limits by plan: points a minute, invitations and exports an hour (docs/limits.md). Empty: the plan `default`, with its defaults.",
    rule: "a file that is there",
    example: "/etc/tiketti/limits.json",
    accepts: (value) => existsSync(value),
  },
  TIKETTI_OPERATIONS: {
    default: "",
    description:
      "JSON files, separated by commas, with the only operations that are run: for an API that is open to your own frontend alone (docs/limits.md). Empty: any operation.",
    rule: "files that are there, separated by commas",
    example: "sdk/operations.json,/etc/tiketti/frontend.json",
    accepts: (value) => listOf(value).every((file) => existsSync(file)),
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

/** The items of a value with commas. */
export function listOf(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

/** What is wrong with a DATABASE_URL; null: nothing. */
export function databaseUrlFault(value: string): string | null {
  try {
    parseDatabaseUrl(value);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function isWellKnown(secret: string): boolean {
  return /^(.)\1*$/.test(secret) || /change.?me|example|openssl rand|secret.?secret|0123456789/i.test(secret);
}

export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
