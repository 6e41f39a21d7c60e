import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { isPermission, type Permission, permissionEnumValue } from "../access/permissions.ts";
import type { Services } from "../context.ts";
import { toDomainError } from "../db/faults.ts";
import type { Work } from "../db/pool.ts";
import { DomainError, HangUp, type InputIssue } from "../wire/errors.ts";
import { type IdType, idPrefixes, toGlobalId } from "../wire/ids.ts";

/** Logs errors and counts them by code. */
export type ErrorSink = Pick<Services, "log" | "errorCounts">;

/**
 * The only translation of errors to the wire: expected errors keep their code; all others are logged under the request
 * id and masked.
 */
export function toWireError(
  error: unknown,
  requestId: string,
  { log, errorCounts }: ErrorSink,
  work?: Pick<Work, "reason">,
): GraphQLError {
  if (error instanceof GraphQLError && onTheWire.has(error)) return error;
  if (work?.reason instanceof HangUp) {
    log.debug({ requestId, err: error }, work.reason.message);
    return translate(work.reason, requestId, silent);
  }
  const wire = translate(error, requestId, log);
  const code = String(wire.extensions.code);
  errorCounts.set(code, (errorCounts.get(code) ?? 0) + 1);
  onTheWire.add(wire);
  return wire;
}

/** Errors already translated, because a result can pass through here several times. */
const onTheWire = new WeakSet<GraphQLError>();

const silent = { warn() {}, error() {} };

function translate(error: unknown, requestId: string, log: Pick<Logger, "warn" | "error">): GraphQLError {
  const original = withoutWrapper(error);
  const place =
    error instanceof GraphQLError
      ? { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path }
      : {};
  const domain = findDomainError(original) ?? toDomainError(original);
  if (domain) {
    if (domain.code === "UNAVAILABLE") log.warn({ requestId, err: domain.cause ?? domain }, domain.message);
    const http = place.path ? undefined : statusOf(domain);
    const extensions = { ...extensionsOf(domain, requestId), ...(http ? { http } : {}) };
    // as never: graphql doesn't accept `undefined` for a missing location.
    return new GraphQLError(cut(domain.message), { ...place, extensions } as never);
  }
  if (original instanceof GraphQLError) {
    // From graphql itself: the document or its variables are wrong. The texts of scalars and validation can be shown.
    const { http, code } = original.extensions;
    const message = cut(original.message);
    const issue = variableIssue(message);
    return new GraphQLError(message, {
      ...place,
      extensions: {
        code: typeof code === "string" && ownCodes.has(code) ? code : "BAD_REQUEST",
        requestId,
        isRetryable: false,
        ...(issue ? { issues: [issue] } : {}),
        // Refused before execution: 400, but 200 for clients that accept plain JSON (GraphQL over HTTP, section 6.4.1).
        ...(http ? { http } : place.path ? {} : { http: { spec: true, status: 400 } }),
      },
    });
  }
  log.error({ requestId, err: original }, "a bug was masked");
  return new GraphQLError(
    `The server failed unexpectedly; the fault was logged under ${requestId}. Give this id when you report it.`,
    {
      ...place,
      extensions: { code: "INTERNAL", requestId, isRetryable: false, http: { status: 500 } },
    },
  );
}

/** The status of a request refused as a whole for now, which proxies and clients without GraphQL know to retry. */
function statusOf({ code, isRetryable, retryAfterMs = 1_000 }: DomainError) {
  const status = { RATE_LIMITED: 429, UNAVAILABLE: 503 }[code as string];
  const headers = isRetryable ? { "retry-after": String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) } : {};
  return status && { status, headers };
}

/**
 * The status of an answer in which no root field has a value because the server couldn't answer now; null for any other
 * answer, which is a 200 with partial data (GraphQL over HTTP, section 6.4.2).
 */
export function wholeStatus(data: unknown, errors: readonly GraphQLError[]): ReturnType<typeof statusOf> | null {
  const isEmpty = data === null || (typeof data === "object" && Object.values(data ?? {}).every((one) => one === null));
  if (!isEmpty || !errors.every(({ extensions }) => extensions.code === "UNAVAILABLE")) return null;
  return statusOf(new DomainError("UNAVAILABLE", ""));
}

/** The error that was thrown. graphql's errors wrap each other, and the outer one has the location. */
function withoutWrapper(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || !error.originalError) return error;
  return error.originalError instanceof GraphQLError && !error.originalError.originalError
    ? error
    : error.originalError;
}

const longestMessage = 600;

/** Values are named, not printed: graphql's messages contain them in full, and a value can be as large as a request. */
function cut(message: string): string {
  if (message.length <= longestMessage) return message;
  const named = message.slice(0, 10_000).replace(/[,.]? [Ff]ound: .*$/s, ".");
  return named.length <= longestMessage ? named : `${named.slice(0, longestMessage)} …`;
}

/** As many issues as fit into a small answer; the message has the total. */
function bounded(issues: readonly InputIssue[]): InputIssue[] {
  let left = longestIssues;
  return issues
    .map(({ path, message, code }) => ({
      path: path.map((part) => (typeof part === "string" ? part.slice(0, 100) : part)),
      message: cut(message),
      code,
    }))
    .filter((issue) => {
      left -= Buffer.byteLength(JSON.stringify(issue));
      return left > 0;
    });
}

const longestIssues = 8_000;

/** The place in the variables, parsed from graphql's message. */
function variableIssue(message: string) {
  const match = /^Variable "\$(\w{1,100})"(?: has invalid value at ([^:]*):)?/s.exec(message);
  if (!match) return null;
  const [, variable, rest = ""] = match as unknown as [string, string, string | undefined];
  const below = [...rest.matchAll(/\.(\w+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return { path: [variable, ...below], message, code: "INVALID_TYPE" };
}

const ownCodes = new Set(["QUERY_TOO_COMPLEX", "BODY_TOO_LARGE", "UNAVAILABLE"]);

/** The expected error that this error is or was caused by. */
export function findDomainError(error: unknown): DomainError | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (current instanceof DomainError) return current;
    if (current instanceof GraphQLError && current.originalError && current.originalError !== current) {
      return findDomainError(current.originalError);
    }
  }
  return undefined;
}

function extensionsOf(error: DomainError, requestId: string) {
  const { code, isRetryable, retryAfterMs, details, issues } = error;
  return {
    code,
    requestId,
    isRetryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
    ...(details === undefined ? {} : { details: withGlobalIds(details) }),
    ...(issues === undefined ? {} : { issues: bounded(issues) }),
  };
}

/** `ticketId` and the like, of every type. */
const idFields = new Map(
  (Object.keys(idPrefixes) as IdType[]).map((type) => [`${type.charAt(0).toLowerCase()}${type.slice(1)}Id`, type]),
);

function withGlobalId(key: string, field: unknown): unknown {
  const type = idFields.get(key);
  return type && typeof field === "string" ? toGlobalId(type, field) : withGlobalIds(field);
}

/** Inside the server, details have plain UUIDs; on the wire every id is a global one. */
export function withGlobalIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withGlobalIds);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      key === "permission" && isPermission(String(field))
        ? permissionEnumValue(String(field) as Permission)
        : withGlobalId(key, field),
    ]),
  );
}
