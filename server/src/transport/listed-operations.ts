/** For servers that run only listed operations: finds documents by their ids and refuses all others. */

import type { AllowedOperations } from "../limits/operations.ts";
import { DomainError } from "../wire/errors.ts";
import type { RequestBody } from "./request-context.ts";

/**
 * The document of a request: its text, or the listed one of its id, as `documentId` (GraphQL over HTTP, appendix on
 * persisted documents) or `extensions.persistedQuery.sha256Hash` (Apollo).
 *
 * @throws OPERATION_NOT_LISTED for an id that isn't in the list
 */
export function documentOf(body: RequestBody, operations: AllowedOperations | null): string | undefined {
  const { query, documentId, extensions } = body;
  const hash = (extensions?.persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
  const id = documentId ?? hash;
  // A request with the text needs no id; Apollo's clients send both.
  if (query || id === undefined || id === null) return query;
  const document = operations?.find(String(id)) ?? null;
  if (document !== null) return document;
  throw new DomainError(
    "OPERATION_NOT_LISTED",
    operations
      ? "No operation with this id is in this server's list (TIKETTI_OPERATIONS)."
      : "This server has no list of operations (TIKETTI_OPERATIONS); send the document itself as `query`.",
  );
}

export function notListed(): DomainError {
  return new DomainError(
    "OPERATION_NOT_LISTED",
    "This server runs only the operations in its list (TIKETTI_OPERATIONS), and this operation isn't listed. Ask the operator to add it.",
  );
}
