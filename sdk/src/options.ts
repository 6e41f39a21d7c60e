import { TikettiError } from "./errors.ts";

/** What a token is asked for with. */
export interface TokenRequest {
  /** True when the server has just refused the last one: give another, or it fails with UNAUTHENTICATED. */
  isRejected: boolean;
}

export interface ClientOptions {
  /** Where the server is: `https://desk.example.com`, or with the path of its GraphQL endpoint (default `/graphql`). */
  url: string;
  /** For programs. Give this or `accessToken`; with neither only signing in works. */
  apiKey?: string | undefined;
  /** For people: the token, or what fetches it. A function is asked for each request, and again when one is refused. */
  accessToken?: string | ((request: TokenRequest) => string | Promise<string>) | undefined;
  /** Which organization it is about, for users who belong to several. */
  organizationId?: string | undefined;
  /** Default: the global one. */
  fetch?: typeof fetch | undefined;
  /** Milliseconds that one attempt may take; 0 for no limit. Default: 30 000. */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds, from its first attempt on, that a request is repeated for while what it fails with is passing: a cut
   * connection, a restart, a limit. Waits are random and grow to 8 s. Default: 30 000, which outlives a restart of the
   * server, and 75 000 where points have run out, which come back within a minute; a call may so take that and one
   * attempt more before it rejects. 0: never.
   */
  retryForMs?: number | undefined;
  /** How often a request is repeated at most, within retryForMs. Default: no limit. 0: never. */
  retries?: number | undefined;
  /** Sent with each request. */
  headers?: Record<string, string> | undefined;
  /** How live updates come. Default: sockets where there are any and they aren't blocked, else server-sent events. */
  live?: "auto" | "websocket" | "sse" | undefined;
  /** Default: the global one. */
  WebSocket?: typeof WebSocket | undefined;
  /** When the connection for live updates is being made, holds, or was lost; for a sign on a page. */
  onLive?: ((state: LiveState) => void) | undefined;
  /** Before each attempt. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** After each answer, whatever it says. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Before waiting for the next attempt. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Of the connection for live updates; after `lost` it is made again by itself. */
export type LiveState = "connecting" | "connected" | "lost";

/** Of one call. */
export interface CallOptions {
  /** Ends the call; it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take. Default: the client's. */
  timeoutMs?: number | undefined;
  /** Milliseconds that it is repeated for, if it may be. Default: the client's. */
  retryForMs?: number | undefined;
  /** How often it is repeated at most. Default: the client's. */
  retries?: number | undefined;
  /**
   * Of a mutation: the same key within 24 hours answers again and does nothing. Default: one per call, kept over its
   * retries. Give your own to repeat a call safely after a restart of your program.
   */
  idempotencyKey?: string | undefined;
  /** Sent with this request. */
  headers?: Record<string, string> | undefined;
}

export interface RequestEvent {
  /** The name of the operation, if it has one. */
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

/** What is known of an answer beside its data. */
export interface ResponseInfo {
  status: number;
  /** Names the request in the server's log. */
  requestId: string | null;
  headers: Headers;
  /** What a proxy or the server tells of its limits; null where it tells none. */
  rateLimit: RateLimit | null;
}

/**
 * Of the budget that has least left, from the headers `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers-11), in points; else from RateLimit-Limit, -Remaining and -Reset.
 */
export interface RateLimit {
  /** Whose: `key`, `member`, `organization` or `network` of a Tiketti server; null where none is named. */
  name: string | null;
  limit: number | null;
  remaining: number;
  /** When all of it is there again; null where it isn't told. */
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

/** Whether it can stand in a header: what can't would be told, whole, by the error of whoever tried. */
export function isHeader(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

export function checkOptions({ apiKey, accessToken }: ClientOptions): void {
  if (apiKey !== undefined && accessToken !== undefined)
    throw new TikettiError({ code: "INVALID_OPTIONS", message: "Give apiKey or accessToken, not both." });
  if (apiKey !== undefined && !isHeader(apiKey))
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message: "apiKey has characters that no key has, such as a line break or a space; was it copied whole?",
    });
  if (apiKey !== undefined && typeof document !== "undefined")
    console.warn(
      "Tiketti: an API key is used in a browser, where whoever opens the page can read it. Sign people in instead, and give accessToken.",
    );
}
