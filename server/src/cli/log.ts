/** The log of the server and of commands: JSON lines, without secrets and without words of customers. */
import pino, { type Logger } from "pino";
import type { Config } from "../config.ts";

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
