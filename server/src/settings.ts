/** Every setting: its default, its meaning, and what a valid value looks like. config.ts reads them. */
import { existsSync } from "node:fs";
import path from "node:path";
import { parseDatabaseUrl } from "./lib/database-url.ts";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Variable {
  default: string;
  description: string;
  /** What a valid value looks like, shown with a fault. */
  rule: string;
  example: string;
  isSecret?: boolean;
  accepts(value: string): boolean;
  /** What is wrong with a value, where the rule alone isn't enough. */
  fault?(value: string): string | null;
}

/** The table of docs/configuration.md derives from this one. */
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
      "The URL of your own PostgreSQL (15 to 18), with the role that owns the tables and creates the server's other roles. Empty: an embedded PostgreSQL runs in TIKETTI_DATA.",
    rule: "a URL that starts with postgresql:// or postgres:// and names one host or socket folder and a database",
    example: "postgresql://tiketti:secret@localhost:5432/tiketti",
    isSecret: true,
    accepts: (value) => databaseUrlFault(value) === null,
    fault: (value) => databaseUrlFault(value),
  },
  TIKETTI_DATA: {
    default: ".tiketti",
    description: "The folder for the embedded PostgreSQL, its generated secrets and the demo's logins.",
    rule: "a path",
    example: ".tiketti",
    accepts: (value) => !value.includes("\0"),
  },
  TIKETTI_SECRET: {
    default: "",
    description:
      "The secret that signs cursors and from which the passwords of the database's roles are derived. It must be the same for every process. Required with DATABASE_URL or NODE_ENV=production; otherwise generated into TIKETTI_DATA.",
    rule: "at least 32 characters, not one from an example",
    example: "the output of: openssl rand -base64 32",
    isSecret: true,
    accepts: (value) => value.length >= 32 && !isWellKnown(value),
  },
  TIKETTI_SECRET_PREVIOUS: {
    default: "",
    description:
      "The previous TIKETTI_SECRET, while you change it: cursors that it signed stay valid, and the database's roles may still have its passwords. docs/operating.md lists the steps.",
    rule: "the previous value of TIKETTI_SECRET",
    example: "the value that TIKETTI_SECRET had",
    isSecret: true,
    accepts: (value) => value.length >= 32 && !isWellKnown(value),
  },
  TIKETTI_DATABASE_WAIT: {
    default: "60",
    description: "The seconds that a start waits for a database that is starting, unreachable or read-only.",
    rule: "a whole number from 0 to 3600",
    example: "60",
    accepts: (value) => /^\d{1,4}$/.test(value) && Number(value) <= 3_600,
  },
  TIKETTI_DRAIN: {
    default: "auto",
    description:
      "The seconds for which /health/ready answers 503 before the server stops listening, so that a load balancer stops sending requests. auto: 3 with DATABASE_URL, 0 without. At most 10, because a stop takes 15 seconds at most.",
    rule: "auto, or a whole number from 0 to 10",
    example: "5",
    accepts: (value) => /^(auto|\d|10)$/.test(value),
  },
  TIKETTI_DESK: {
    default: "",
    description:
      "The folder of files to serve at /desk: examples/dashboard/dist after `npm run dashboard:build`, or your own frontend. Empty: nothing is served at /desk.",
    rule: "a folder with an index.html",
    example: "examples/dashboard/dist",
    accepts: (value) => existsSync(path.join(value, "index.html")),
  },
  TIKETTI_ORIGINS: {
    default: "",
    description:
      "The origins of pages that may call the API, separated by commas. Empty: the server's own origin only. Outside production, localhost may call it too, on every port.",
    rule: "origins such as https://desk.example.com, separated by commas",
    example: "https://desk.example.com,https://admin.example.com",
    accepts: (value) => value.split(",").every((origin) => parseUrl(origin.trim())?.origin === origin.trim()),
  },
  TIKETTI_APP_URL: {
    default: "",
    description:
      "The address of your frontend. Links in invitations point to TIKETTI_APP_URL/invitations/TOKEN. Empty: invitations have no link.",
    rule: "an http or https URL",
    example: "https://desk.example.com",
    accepts: (value) => /^https?:$/.test(parseUrl(value)?.protocol ?? ""),
  },
  TIKETTI_WORKER: {
    default: "on",
    description:
      "Whether this server also runs jobs: purging, closing and reopening by time, and finishing large writes. off: run `tiketti worker` in a process of its own.",
    rule: "on or off",
    example: "off",
    accepts: (value) => ["on", "off"].includes(value),
  },
  TIKETTI_WAKE_URL: {
    default: "",
    description:
      "The URL of a Redis (redis:// or rediss://) through which processes wake each other after changes and count points together. If Redis is lost, the counts of one minute are lost. Empty: processes wake each other with PostgreSQL's NOTIFY.",
    rule: "a URL that starts with redis:// or rediss://",
    example: "redis://localhost:6379",
    isSecret: true,
    accepts: (value) => /^rediss?:$/.test(parseUrl(value)?.protocol ?? ""),
  },
  TIKETTI_LIMITS: {
    default: "",
    description:
      "A JSON file with limits by plan: points a minute, invitations and exports an hour (docs/limits.md). Empty: all organizations have the plan `default`.",
    rule: "an existing file",
    example: "/etc/tiketti/limits.json",
    accepts: (value) => existsSync(value),
  },
  TIKETTI_OPERATIONS: {
    default: "",
    description:
      "JSON files, separated by commas, that list the operations the server runs, for an API that only your own frontend uses (docs/limits.md). The server refuses all others. Empty: the server runs any operation.",
    rule: "existing files, separated by commas",
    example: "sdk/operations.json,/etc/tiketti/frontend.json",
    accepts: (value) => listOf(value).every((file) => existsSync(file)),
  },
  TIKETTI_METRICS: {
    default: "off",
    description:
      "Whether GET /metrics reports sockets, subscriptions, lag, events, slow readers and the process, in Prometheus' text format. Everybody who reaches the port can read it.",
    rule: "on or off",
    example: "on",
    accepts: (value) => ["on", "off"].includes(value),
  },
  TIKETTI_DEMO: {
    default: "auto",
    description:
      "Whether to write the demo into an empty database: on, off, or auto (off with DATABASE_URL or NODE_ENV=production, otherwise on).",
    rule: "auto, on or off",
    example: "off",
    accepts: (value) => ["auto", "on", "off"].includes(value),
  },
  TIKETTI_PROXIES: {
    default: "0",
    description:
      "The number of reverse proxies in front that append to X-Forwarded-For. Limits per network address depend on it.",
    rule: "a whole number from 0 to 9",
    example: "1",
    accepts: (value) => /^\d$/.test(value),
  },
  TIKETTI_POOL_SIZE: {
    default: "10",
    description: "The number of database connections in each of the three pools: reads, writes and sign-in checks.",
    rule: "a whole number from 2 to 100",
    example: "10",
    accepts: (value) => /^\d{1,3}$/.test(value) && Number(value) >= 2 && Number(value) <= 100,
  },
  LOG_LEVEL: {
    default: "info",
    description: "The lowest level to log, as JSON lines on stdout: fatal, error, warn, info, debug, trace or silent.",
    rule: logLevels.join(", "),
    example: "info",
    accepts: (value) => (logLevels as readonly string[]).includes(value),
  },
  NODE_ENV: {
    default: "",
    description:
      "`production` turns GraphiQL and the automatic demo off, requires TIKETTI_SECRET, and refuses requests from localhost's pages unless TIKETTI_ORIGINS lists them. DATABASE_URL has the same effects.",
    rule: "production, development, test or nothing",
    example: "production",
    accepts: (value) => ["production", "development", "test"].includes(value),
  },
} as const satisfies Record<string, Variable>;

/** The items of a comma-separated value. */
export function listOf(value: string): string[] {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

/** What is wrong with a DATABASE_URL; null when nothing is. */
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
