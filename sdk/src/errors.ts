import type { ErrorCode } from "./_generated/types.ts";

/**
 * What can go wrong before the API answers: `NETWORK` (no connection, or it was cut), `TIMEOUT` (no answer within
 * `timeoutMs`), `ABORTED` (by your signal), `BAD_RESPONSE` (an answer that is not the API's: a proxy's page, half a
 * body, a redirect), `INVALID_OPTIONS` (what the client was given doesn't fit together).
 */
export type ClientErrorCode = "NETWORK" | "TIMEOUT" | "ABORTED" | "BAD_RESPONSE" | "INVALID_OPTIONS";

/** One fault in what was sent, with the path of the input field. */
export interface Issue {
  path: (string | number)[];
  message: string;
  code: string;
}

/** An error of the answer, as GraphQL has it. */
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
 * Everything that this package rejects with. `code` says what it is; the API's codes are listed in the schema's enum
 * `ErrorCode`, and each method's comment says which of them it can fail with.
 */
export class TikettiError extends Error {
  override readonly name = "TikettiError";
  readonly code: ErrorCode | ClientErrorCode;
  /** Whether the same request may succeed later. What may be repeated was repeated already, for `retryForMs`. */
  readonly isRetryable: boolean;
  /** So long the server asks to wait, in milliseconds; null where it doesn't say. */
  readonly retryAfterMs: number | null;
  /** Names the request in the server's log; null when nothing was answered. */
  readonly requestId: string | null;
  /** The HTTP status; null when nothing was answered, and on sockets. */
  readonly status: number | null;
  /** The faults of what was sent, when `code` is `VALIDATION`. */
  readonly issues: readonly Issue[];
  /** What the code brings along, such as the current version with `CONFLICT`. */
  readonly details: unknown;
  /** All errors of the answer; `code` and `message` are those of the first. */
  readonly errors: readonly WireError[];
  /** What the answer has in spite of the errors; null when it has nothing. */
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

/** What a proxy says for a server that is away or has too much to do. */
export function isPassing(status: number | null): boolean {
  return status === 429 || (status !== null && status >= 502 && status <= 504);
}

/** The errors of an answer as one. */
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
    // Without a code it is somebody's in between.
    code: code ?? (about.status === 429 ? "RATE_LIMITED" : "BAD_RESPONSE"),
    message: first?.message ?? "The answer has errors that say nothing.",
    isRetryable: isRetryable ?? (code === undefined && isPassing(about.status ?? null)),
    retryAfterMs: retryAfterMs ?? about.retryAfterMs ?? null,
    requestId: requestId ?? about.requestId ?? null,
    issues: issues ?? [],
    details,
    errors,
  });
}

/** Whether it is an error of this package, and one with this code where one is given. */
export function isTikettiError<Code extends TikettiError["code"]>(
  error: unknown,
  code?: Code,
): error is TikettiError & { code: Code } {
  return error instanceof TikettiError && (code === undefined || error.code === code);
}
