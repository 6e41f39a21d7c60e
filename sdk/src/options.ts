import { TikettiError } from "./errors.ts";

/** The argument of `accessToken`. */
export interface TokenRequest {
  /** True if the server just refused the last token: return another, or the call fails with UNAUTHENTICATED. */
  isRejected: boolean;
}

export interface ClientOptions {
  /**
   * The server's address: `https://desk.example.com`, optionally with the path of its GraphQL endpoint (default
   * `/graphql`).
   */
  url: string;
  /** For programs. Give this or `accessToken`; without either, only signing in works. */
  apiKey?: string | undefined;
  /** For people: the token, or a function that fetches it, called for each request and again after a refusal. */
  accessToken?: string | ((request: TokenRequest) => string | Promise<string>) | undefined;
  /** The organization to use, for users who belong to several. */
  organizationId?: string | undefined;
  /** Default: the global one. */
  fetch?: typeof fetch | undefined;
  /** Timeout of one attempt in milliseconds; 0 for no limit. Default: 30 000. */
  timeoutMs?: number | undefined;
  /**
   * How long a request is retried after temporary failures (a cut connection, a restart, a limit), in milliseconds from
   * the first attempt. Waits are random and grow to 8 s. Default: 30 000, which outlasts a server restart, or 75 000 if
   * points ran out, which are restored within a minute. A call can take this long plus one attempt before it rejects.
   * 0: never.
   */
  retryForMs?: number | undefined;
  /** Maximum retries of a request within retryForMs. Default: no limit. 0: never. */
  retries?: number | undefined;
  /** Sent with each request. */
  headers?: Record<string, string> | undefined;
  /** The transport of live updates. Default: sockets if available and not blocked, otherwise server-sent events. */
  live?: "auto" | "websocket" | "sse" | undefined;
  /** Default: the global one. */
  WebSocket?: typeof WebSocket | undefined;
  /** Called when the connection for live updates is connecting, open or lost; for an indicator on a page. */
  onLive?: ((state: LiveState) => void) | undefined;
  /** Before each attempt. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** After each answer, errors included. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Before waiting for the next attempt. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Of the connection for live updates; after `lost` it reconnects automatically. */
export type LiveState = "connecting" | "connected" | "lost";

/** Of one call. */
export interface CallOptions {
  /** Ends the call; it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Timeout of one attempt in milliseconds. Default: the client's. */
  timeoutMs?: number | undefined;
  /** Milliseconds to retry for, if it is safe. Default: the client's. */
  retryForMs?: number | undefined;
  /** Maximum retries. Default: the client's. */
  retries?: number | undefined;
  /**
   * For a mutation: repeating the key within 24 hours returns the first answer and does nothing. Default: one per call,
   * kept across retries. Give your own to repeat a call safely after a restart of your program.
   */
  idempotencyKey?: string | undefined;
  /** Sent with this request. */
  headers?: Record<string, string> | undefined;
}

export interface RequestEvent {
  /** The operation's name, if any. */
  operation: string | null;
  /** 0 is the first. */
  attempt: number;
}

export interface ResponseEvent extends RequestEvent, ResponseInfo {
  durationMs: number;
}

export interface RetryEvent extends RequestEvent {
  error: TikettiError;
  delayMs: number;
}

/** The metadata of a response. */
export interface ResponseInfo {
  status: number;
  /** The request's id in the server's log. */
  requestId: string | null;
  headers: Headers;
  /** The limits sent by the server or a proxy; null if none. */
  rateLimit: RateLimit | null;
}

/**
 * The budget with the least left, from the headers `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers-11), in points; otherwise from RateLimit-Limit, -Remaining and -Reset.
 */
export interface RateLimit {
  /** Its owner: `key`, `member`, `organization` or `network` on a Tiketti server; null if none is named. */
  name: string | null;
  limit: number | null;
  remaining: number;
  /** When it is full again; null if unknown. */
  resetAt: Date | null;
}

/** The address of the endpoint. */
export function endpointOf({ url }: Pick<ClientOptions, "url">): string {
  let endpoint: URL;
  try {
    endpoint = new URL(url);
  } catch (cause) {
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message: `url must be the address of a server, such as https://desk.example.com; it is ${JSON.stringify(url)}.`,
      cause,
    });
  }
  if (!/^https?:$/.test(endpoint.protocol))
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message: `url must begin with https:// or http://; it is ${JSON.stringify(url)}.`,
    });
  if (endpoint.pathname === "/") endpoint.pathname = "/graphql";
  return endpoint.href;
}

/** Whether it is valid in a header. Otherwise fetch's own error would contain it in full. */
export function isHeader(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

export function checkOptions({ apiKey, accessToken }: ClientOptions): void {
  if (apiKey !== undefined && accessToken !== undefined)
    throw new TikettiError({ code: "INVALID_OPTIONS", message: "Give apiKey or accessToken, not both." });
  if (apiKey !== undefined && !isHeader(apiKey))
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message:
        "apiKey has characters that are invalid in a key, such as a line break or a space; copy it again, in full.",
    });
  if (apiKey !== undefined && typeof document !== "undefined")
    console.warn(
      "Tiketti: an API key is used in a browser, where anyone who opens the page can read it. Sign users in instead, and give accessToken.",
    );
}
