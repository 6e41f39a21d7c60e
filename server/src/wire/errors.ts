/**
 * The two kinds of errors: expected ones (DomainError, part of the API, with a stable code) and
 * bugs (anything else: logged with the request id and masked as INTERNAL).
 */

import { idempotencyKeyHours } from "../lib/retention.ts";
import { NoTurn, type Turns, type Whose } from "../lib/turns.ts";

/** Every error code, with its meaning and what to do. The schema's enum derives from it. */
export const errorCodes = {
  UNAUTHENTICATED: "The request has no valid credentials: sign in, refresh the session, or send an API key.",
  ORGANIZATION_REQUIRED:
    "The user belongs to several organizations (or none): choose one with the header X-Organization-Id; `details.memberships` lists them.",
  FORBIDDEN: "The viewer can see this but lacks the permission to do it.",
  NOT_FOUND: "The object doesn't exist in this organization, or the viewer can't see it.",
  VALIDATION: "The input breaks a rule; `issues` lists each place with its path.",
  CONFLICT: "Someone else changed or locked the object; read it again, or retry if `isRetryable`.",
  ALREADY_EXISTS: "Another object already has this unique value.",
  INVALID_STATUS_TRANSITION:
    "The ticket's status can't change this way; `details` has from, to and the allowed statuses.",
  LAST_ADMIN: "The organization's last active admin can be neither deactivated, removed nor given another role.",
  BUILT_IN_ROLE: "The four built-in roles can be neither changed nor deleted; create a custom role.",
  CONTACT_HAS_TICKETS: "A contact with tickets or time entries can't be deleted; merge or anonymize it.",
  COMPANY_HAS_TICKETS: "A company with tickets or time entries can't be deleted; archive it, or merge it into another.",
  DOMAIN_TAKEN: "The mail domain belongs to another company of the organization; `details` names it.",
  PUBLIC_DOMAIN: "This is a public mail domain, where anyone can have an address, so it can't belong to a company.",
  INVITATION_EXPIRED: "The invitation expired or was revoked; ask for a new one.",
  INVITATION_USED: "The invitation was already accepted; sign in.",
  TIMER_TOO_LONG: "The timer has run for more than 10 hours; stop it with the duration actually worked.",
  ENTRY_INVOICED: "The time entry is on an invoice and can't be changed; take it off with timeEntriesUninvoice first.",
  IDEMPOTENCY_MISMATCH: `This Idempotency-Key was used within ${idempotencyKeyHours} hours with another operation or other variables.`,
  CURSOR_EXPIRED:
    "This position is no longer valid. A change-log position expires when it is too old or the viewer's rights changed: read the lists again and continue from their `asOf`. Every cursor expires when the server's secret changes: read the list again from its start.",
  RATE_LIMITED:
    "Too many attempts, or too few points left; try again after `retryAfterMs`. If it isn't retryable, the operation costs more points than the budget can ever hold.",
  QUERY_TOO_COMPLEX:
    "The document exceeds a limit (depth, aliases, directives, tokens or estimated nodes); the message names it.",
  OPERATION_NOT_LISTED:
    "This server runs only the operations on its operator's list, and this one isn't on it; ask the operator to add it.",
  BODY_TOO_LARGE: "The request body is larger than 1 MB.",
  BAD_REQUEST: "The request is not a valid GraphQL request.",
  UNAVAILABLE: "The server can't answer now (database unavailable, too slow, or shutting down); retry later.",
  INTERNAL: "A bug in the server, logged under `requestId`; give this id when you report it.",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** One broken rule of an input: where, what, and a code for machines. */
export interface InputIssue {
  path: (string | number)[];
  message: string;
  code: string;
}

interface DomainErrorOptions {
  cause?: unknown;
  details?: Record<string, unknown>;
  issues?: InputIssue[];
  isRetryable?: boolean;
  retryAfterMs?: number;
}

/** An expected error. The message names the thing, the rule and the way out. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly issues: InputIssue[] | undefined;
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.details = options.details;
    this.issues = options.issues;
    this.isRetryable = options.isRetryable ?? (code === "UNAVAILABLE" || code === "RATE_LIMITED");
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The reason for cancelling work whose caller is gone. The result isn't an error; it is logged at debug level. */
export class HangUp extends DomainError {
  constructor(message: string) {
    super("UNAVAILABLE", message);
  }
}

/** A VALIDATION error about one place of the input. */
export function invalid(path: (string | number)[], message: string, code = "INVALID", cause?: unknown): DomainError {
  return new DomainError("VALIDATION", message, { issues: [{ path, message, code }], cause });
}

/** An object that doesn't exist for this viewer, without revealing whether it exists elsewhere. */
export function notFound(what: string): DomainError {
  return new DomainError(
    "NOT_FOUND",
    `${what} was not found. It doesn't exist in this organization, or you can't see it.`,
  );
}

/** A fault that the operator can fix; the CLI prints it without a stack and exits with 1. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

/**
 * Runs work in its turn. `what` names the kind of work, in the plural.
 *
 * @throws UNAVAILABLE when no turn comes in time; nothing was done, so a retry is safe
 */
export async function inTurn<T>(turns: Turns, whose: Whose, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await turns.run(whose, work);
  } catch (error) {
    if (!(error instanceof NoTurn)) throw error;
    throw new DomainError(
      "UNAVAILABLE",
      `Too many ${what} are waiting for their turn; nothing was done. Send this again in a moment, and send fewer at once.`,
      { isRetryable: true, retryAfterMs: 1_000 },
    );
  }
}
