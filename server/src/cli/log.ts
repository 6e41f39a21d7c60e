/** The log of the server and of commands: JSON lines, without secrets and without customers' text. */
import pino, { type Logger } from "pino";
import type { Config } from "../config.ts";

/** JSON lines on stdout. Fields that can hold a secret are left out by name. */
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
 * What went wrong and where, without customers' text: Prisma's messages and PostgreSQL's details contain a statement's
 * arguments, and PostgreSQL's message about a value quotes it.
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
  // Classes 22 (data) and 23 (constraints): values are quoted. So are our own names, which are removed too.
  return /^2[23]/.test(code) ? message.replace(/"[^"]*"?/gs, '"…"') : message;
}

/** Recognizes tokens by our prefix and connection strings by their form, anywhere in a text. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\btk[ari]?_[\w-]{20,}/g, "[token]")
    .replace(/((?:postgres(?:ql)?|rediss?):\/\/[^:@/\s]*):[^@/\s]+@/g, "$1:[password]@");
}
