import type { ErrorCode } from "./_generated/types.ts";

/**
 * Failures before the API answers: `NETWORK` (no connection, or it was cut), `TIMEOUT` (no answer within `timeoutMs`),
 * `ABORTED` (by your signal), `BAD_RESPONSE` (an answer that isn't the API's: a proxy's page, half a body, a redirect),
 * `INVALID_OPTIONS` (the client's options are invalid or conflict).
 */
export type ClientErrorCode = "NETWORK" | "TIMEOUT" | "ABORTED" | "BAD_RESPONSE" | "INVALID_OPTIONS";

/** One fault in the input, with the path of the field. */
export interface Issue {
  path: (string | number)[];
  message: string;
  code: string;
}

/** An error in the answer, as in GraphQL. */
export interface WireError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

interface ErrorFields {
  code: ErrorCode | ClientErrorCode;
  message: string;
  isRetryable?: boolean;
  retryAfterMs?: number | null;
  requestId?: string | null;
  status?: number | null;
  issues?: readonly Issue[];
  details?: unknown;
  errors?: readonly WireError[];
  data?: unknown;
  cause?: unknown;
}

/**
 * The error that this package rejects with. `code` says what happened; the schema's enum `ErrorCode` lists the API's
 * codes, and each method's comment those that it can fail with.
 */
export class TikettiError extends Error {
  override readonly name = "TikettiError";
  readonly code: ErrorCode | ClientErrorCode;
  /** Whether the same request may succeed later. Safe retries have already been made, for `retryForMs`. */
  readonly isRetryable: boolean;
  /** The wait that the server asks for, in milliseconds; null if none. */
  readonly retryAfterMs: number | null;
  /** The request's id in the server's log; null without an answer. */
  readonly requestId: string | null;
  /** The HTTP status; null without an answer, and on sockets. */
  readonly status: number | null;
  /** The faults in the input, if `code` is `VALIDATION`. */
  readonly issues: readonly Issue[];
  /** Details of the code, such as the current version with `CONFLICT`. */
  readonly details: unknown;
  /** All errors of the answer; `code` and `message` are those of the first. */
  readonly errors: readonly WireError[];
  /** The data that the answer has despite the errors; null if none. */
  readonly data: unknown;

  constructor(fields: ErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code;
    this.isRetryable = fields.isRetryable ?? false;
    this.retryAfterMs = fields.retryAfterMs ?? null;
    this.requestId = fields.requestId ?? null;
    this.status = fields.status ?? null;
    this.issues = fields.issues ?? [];
    this.details = fields.details ?? null;
    this.errors = fields.errors ?? [];
    this.data = fields.data ?? null;
  }
}

/** The statuses of a proxy for an unavailable or overloaded server. */
export function isPassing(status: number | null): boolean {
  return status === 429 || (status !== null && status >= 502 && status <= 504);
}

/** Combines the errors of an answer into one. */
export function fromWire(
  errors: readonly WireError[],
  about: { data?: unknown; status?: number | null; requestId?: string | null; retryAfterMs?: number | null } = {},
): TikettiError {
  const [first] = errors;
  const { code, isRetryable, retryAfterMs, requestId, issues, details } = (first?.extensions ?? {}) as Partial<
    Pick<TikettiError, "code" | "isRetryable" | "retryAfterMs" | "requestId" | "issues" | "details">
  >;
  return new TikettiError({
    ...about,
    // Without a code, it comes from a proxy in between.
    code: code ?? (about.status === 429 ? "RATE_LIMITED" : "BAD_RESPONSE"),
    message: first?.message ?? "The answer has errors without a message.",
    isRetryable: isRetryable ?? (code === undefined && isPassing(about.status ?? null)),
    retryAfterMs: retryAfterMs ?? about.retryAfterMs ?? null,
    requestId: requestId ?? about.requestId ?? null,
    issues: issues ?? [],
    details,
    errors,
  });
}

/** Whether it is an error of this package, with this code if given. */
export function isTikettiError<Code extends TikettiError["code"]>(
  error: unknown,
  code?: Code,
): error is TikettiError & { code: Code } {
  return error instanceof TikettiError && (code === undefined || error.code === code);
}
