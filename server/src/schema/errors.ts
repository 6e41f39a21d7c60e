import { GraphQLError, Kind } from "graphql";
import type { Logger } from "pino";
import { toDomainError } from "../db/faults.ts";
import { DomainError } from "../errors.ts";
import { type IdType, toGlobalId } from "./ids.ts";

/**
 * The one translation of errors to the wire: expected ones with their code, everything else logged
 * under the request id and masked.
 */
export function toWireError(error: unknown, requestId: string, log: Logger): GraphQLError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const place =
    error instanceof GraphQLError
      ? { nodes: error.nodes, source: error.source, positions: error.positions, path: error.path }
      : {};
  const domain = findDomainError(original) ?? toDomainError(original);
  if (domain) {
    if (domain.code === "UNAVAILABLE") log.warn({ requestId, err: domain.cause ?? domain }, domain.message);
    return new GraphQLError(domain.message, { ...place, extensions: extensionsOf(domain, requestId) } as never);
  }
  if (original instanceof GraphQLError) {
    // graphql's own: the document or its variables are wrong. Scalars' and validation's texts are ours to show.
    const { http, code } = original.extensions;
    const variable = variableOf(error as GraphQLError);
    const message = variable ? `Variable "$${variable}": ${original.message}` : original.message;
    return new GraphQLError(message, {
      ...place,
      extensions: {
        code: typeof code === "string" && ownCodes.has(code) ? code : "BAD_REQUEST",
        requestId,
        isRetryable: false,
        ...(variable ? { issues: [{ path: [variable], message: original.message, code: "INVALID_TYPE" }] } : {}),
        ...(http ? { http } : {}),
      },
    } as never);
  }
  log.error({ requestId, err: original }, "a bug was masked");
  return new GraphQLError(`Something went wrong on our side; it was logged under ${requestId}.`, {
    ...place,
    extensions: { code: "INTERNAL", requestId, isRetryable: false, http: { status: 500 } },
  } as never);
}

/** The variable whose value doesn't fit its type; graphql points to it and doesn't name it. */
function variableOf(error: GraphQLError): string | null {
  const [node] = error.nodes ?? [];
  if (error.message.includes("$")) return null;
  if (node?.kind === Kind.VARIABLE) return node.name.value;
  return node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : null;
}

const ownCodes = new Set(["QUERY_TOO_COMPLEX", "BODY_TOO_LARGE", "UNAVAILABLE"]);

function findDomainError(error: unknown): DomainError | undefined {
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
    ...(issues === undefined ? {} : { issues }),
  };
}

const idFields: Record<string, IdType> = {
  organizationId: "Organization",
  memberId: "Member",
  messageId: "Message",
  ticketId: "Ticket",
};

/** Details carry plain UUIDs inside; on the wire every id is a global one. */
function withGlobalIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withGlobalIds);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      idFields[key] && typeof field === "string" ? toGlobalId(idFields[key], field) : withGlobalIds(field),
    ]),
  );
}
