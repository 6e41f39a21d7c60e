/**
 * The two kinds of errors: expected ones (DomainError, part of the API, with a stable code) and
 * bugs (anything else: logged with the request id and masked as INTERNAL).
 */

import { idempotencyKeyHours } from "../lib/retention.ts";
import { NoTurn, type Turns, type Whose } from "../lib/turns.ts";

/** Every code that a client can meet, with what it means and what to do. The schema's enum derives from it. */
export const errorCodes = {
  UNAUTHENTICATED: "No valid credentials came with the request: sign in, refresh the session, or send an API key.",
  ORGANIZATION_REQUIRED:
    "The user belongs to several organizations (or none): choose one with the header X-Organization-Id; `details.memberships` lists them.",
  FORBIDDEN: "The viewer may see this but lacks the permission to do it.",
  NOT_FOUND: "There is no such thing in this organization, or the viewer can't see it.",
  VALIDATION: "The input breaks a rule; `issues` lists each place with its path.",
  CONFLICT: "Somebody else changed or holds what this wanted to change; read again, or retry if `isRetryable`.",
  ALREADY_EXISTS: "Another one with this unique value exists.",
  INVALID_STATUS_TRANSITION: "The ticket's status can't change this way; `details` has from, to and what is allowed.",
  LAST_ADMIN: "The organization's last active admin can be neither deactivated, removed nor given another role.",
  BUILT_IN_ROLE: "The four built-in roles can be neither changed nor deleted; make a custom one.",
  CONTACT_HAS_TICKETS: "A contact with tickets or time entries can't be deleted; merge it, or make it anonymous.",
  COMPANY_HAS_TICKETS: "A company with tickets or time entries can't be deleted; archive it, or merge it into another.",
  DOMAIN_TAKEN: "The mail domain belongs to another company of the organization; `details` names it.",
  PUBLIC_DOMAIN: "Everybody can have an address at this mail domain, so it can't be a company's.",
  INVITATION_EXPIRED: "The invitation's time is over, or it was revoked; ask for a new one.",
  INVITATION_USED: "The invitation was accepted before; sign in.",
  TIMER_TOO_LONG: "The timer has run longer than 10 hours; stop it with the duration that was really worked.",
  ENTRY_INVOICED: "The time entry is on an invoice and fixed; take it off with timeEntriesUninvoice first.",
  IDEMPOTENCY_MISMATCH: `This Idempotency-Key was used within ${idempotencyKeyHours} hours with another operation or other variables.`,
  CURSOR_EXPIRED:
    "This position can't be gone on from any more: a change-log position that is too old, or from before the viewer's rights changed (read the lists again and go on from their `asOf`), or any cursor from before the server's secret changed (read the list again from its start).",
  RATE_LIMITED:
    "Too many attempts, or no points left for what this costs; try again after `retryAfterMs`. Not retryable: it costs more points than there ever are.",
  QUERY_TOO_COMPLEX:
    "The document goes over a limit (depth, aliases, directives, tokens or estimated nodes); the message names which.",
  OPERATION_NOT_LISTED:
    "This server runs the operations of its operator's list only, and this is none of them; ask its operator to add it.",
  BODY_TOO_LARGE: "The request's body is over 1 MB.",
  BAD_REQUEST: "The request is not a valid GraphQL request.",
  UNAVAILABLE: "The server can't answer now (database away, too slow, or stopping); retry later.",
  INTERNAL: "A bug on the server's side; it was logged under `requestId`, which helps whoever looks into it.",
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

/** Why work is cancelled whose answer nobody waits for any more; what comes of it is no fault, and logged for debugging. */
export class HangUp extends DomainError {
  constructor(message: string) {
    super("UNAVAILABLE", message);
  }
}

/** A VALIDATION error about one place of the input. */
export function invalid(path: (string | number)[], message: string, code = "INVALID", cause?: unknown): DomainError {
  return new DomainError("VALIDATION", message, { issues: [{ path, message, code }], cause });
}

/** Something that is not there for this viewer; says nothing about whether it exists elsewhere. */
export function notFound(what: string): DomainError {
  return new DomainError(
    "NOT_FOUND",
    `${what} was not found. It doesn't exist in this organization, or you can't see it.`,
  );
}

/** A fault that the operator can mend; the CLI prints it without a stack and exits with 1. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

/**
 * Runs work in its turn. `what` names the crowd that it would be one of, in the plural.
 *
 * @throws UNAVAILABLE when there is no turn in time: nothing was done, so repeating it a little later is safe
 */
export async function inTurn<T>(turns: Turns, whose: Whose, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await turns.run(whose, work);
  } catch (error) {
    if (!(error instanceof NoTurn)) throw error;
    throw new DomainError(
      "UNAVAILABLE",
      `Too many ${what} are waiting for their turn; nothing was done. Send this again in a moment, and fewer at once.`,
      { isRetryable: true, retryAfterMs: 1_000 },
    );
  }
}
