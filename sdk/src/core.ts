/** One request: its attempts, when it can be retried, and its answer. */
import { fromWire, isPassing, TikettiError, type WireError } from "./errors.ts";
import { isOnceOnly } from "./once.ts";
import {
  type CallOptions,
  type ClientOptions,
  checkOptions,
  endpointOf,
  isHeader,
  type RateLimit,
  type ResponseInfo,
  type TokenRequest,
} from "./options.ts";
import type { DocumentNodeLike } from "./typed.ts";
import { backoff, isAborted, sleep, throwIfAborted } from "./wait.ts";

/** What is sent. */
export interface Operation {
  query: string | DocumentNodeLike;
  variables?: Record<string, unknown> | undefined;
}

export interface Answer<Data> {
  data: Data;
  response: ResponseInfo;
}

/** A promise of the data, which can also return the response. */
export interface Call<Data> extends Promise<Data> {
  /** The data with the response's status, request id, headers and limits. */
  withResponse(): Promise<Answer<Data>>;
}

export class Core {
  readonly endpoint: string;
  readonly options: ClientOptions;
  /** The limits in the last response. */
  rateLimit: ResponseInfo["rateLimit"] = null;

  constructor(options: ClientOptions) {
    checkOptions(options);
    this.endpoint = endpointOf(options);
    this.options = options;
    // Private, so that console.log and JSON.stringify don't show the key.
    Object.defineProperty(this, "options", { enumerable: false });
  }

  call<Data>(operation: Operation, options: CallOptions = {}, pick: (data: never) => Data = same): Call<Data> {
    return toCall(
      this.#repeat(operation, options).then(({ data, response }) => ({ data: pick(data as never), response })),
    );
  }

  async #repeat(operation: Operation, options: CallOptions): Promise<Answer<unknown>> {
    const query = await textOf(operation.query);
    const name = nameOf(query);
    const isMutation = /(?:^|[\s},])mutation\b/.test(query);
    const isOnce = isMutation && isOnceOnly(query);
    const key = options.idempotencyKey ?? (isMutation ? crypto.randomUUID() : undefined);
    return this.retry({ name, isOnce }, options, (attempt) =>
      this.#attempt({ ...operation, query }, { ...attempt, name, key }, options),
    );
  }

  /** Runs attempts until one succeeds, one fails for good, or the retry time is over. */
  async retry<T>(
    { name, isOnce }: { name: string | null; isOnce: boolean },
    options: CallOptions,
    run: (attempt: Attempt) => Promise<T>,
  ): Promise<T> {
    const { signal } = options;
    const retries = options.retries ?? this.options.retries ?? Number.POSITIVE_INFINITY;
    const started = Date.now();
    const retryForMs = options.retryForMs ?? this.options.retryForMs;
    let refused: string | null = null;
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(signal);
      // Outside the attempt, because its failure isn't a network fault.
      const credentials = await this.credentials(refused);
      this.options.onRequest?.({ operation: name, attempt });
      try {
        return await run({ attempt, credentials });
      } catch (thrown) {
        if (!(thrown instanceof TikettiError) || isAborted(thrown)) throw thrown;
        if (thrown.code === "UNAUTHENTICATED" && this.canAskAgain && refused === null && !isOnce) {
          refused = credentials.authorization ?? "";
          continue;
        }
        // Points are restored within a minute, so wait that long unless the caller sets a retry time.
        const longestMs = retryForMs ?? (thrown.code === "RATE_LIMITED" ? pointsMs : faultsMs);
        const leftMs = started + longestMs - Date.now();
        const askedMs = thrown.retryAfterMs ?? 0;
        // If the server asks for a longer wait than the time left, don't retry.
        if (attempt >= retries || !mayRepeat(thrown, isOnce) || leftMs <= 0 || askedMs > leftMs) throw thrown;
        const delayMs = Math.max(askedMs, Math.min(backoff(attempt), leftMs));
        this.options.onRetry?.({ operation: name, attempt, error: thrown, delayMs });
        await sleep(delayMs, signal);
      }
    }
  }

  async #attempt(
    operation: Operation,
    { name, attempt, key, credentials }: Attempt & { name: string | null; key: string | undefined },
    options: CallOptions,
  ): Promise<Answer<unknown>> {
    const started = Date.now();
    const { response, text } = await this.withTimeout(name, options, async (signal) => {
      const headers = {
        accept: "application/graphql-response+json, application/json;q=0.9",
        ...credentials,
        ...options.headers,
        ...(key === undefined ? {} : { "idempotency-key": key }),
      };
      const answered = await this.send(operation, { signal, headers });
      return { response: answered, text: await answered.text() };
    });
    const info = infoOf(response);
    this.rateLimit = info.rateLimit ?? this.rateLimit;
    this.options.onResponse?.({ ...info, operation: name, attempt, durationMs: Date.now() - started });
    return { data: read(text, response, info, this.endpoint), response: info };
  }

  /** Converts network faults and timeouts to errors of this package. */
  async withTimeout<T>(
    name: string | null,
    options: CallOptions,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const timeoutMs = options.timeoutMs ?? this.options.timeoutMs ?? 30_000;
    const timer = new AbortController();
    // A timer can't wait longer than 2^31 ms; 0 and Infinity mean no limit.
    const timeout = timeoutMs > 0 && timeoutMs < 2 ** 31 ? setTimeout(() => timer.abort(), timeoutMs) : undefined;
    try {
      return await run(options.signal ? AbortSignal.any([options.signal, timer.signal]) : timer.signal);
    } catch (error) {
      throwIfAborted(options.signal, error);
      if (timer.signal.aborted)
        throw new TikettiError({
          code: "TIMEOUT",
          message: `${name ?? "The request"} got no answer within ${timeoutMs} ms.`,
          isRetryable: true,
          cause: error,
        });
      throw new TikettiError({
        code: "NETWORK",
        message: `${new URL(this.endpoint).host} can't be reached, or the connection was cut.`,
        isRetryable: true,
        cause: error,
      });
    } finally {
      clearTimeout(timeout);
    }
  }

  /** Sends it once. Redirects are not followed, so credentials go only to the endpoint. */
  send(
    { query, variables }: Operation,
    { signal, headers }: { signal: AbortSignal; headers: Record<string, string> },
  ): Promise<Response> {
    return (this.options.fetch ?? fetch)(this.endpoint, {
      method: "POST",
      redirect: "manual",
      signal,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
  }

  /** Whether a refused token can be replaced. */
  get canAskAgain(): boolean {
    return typeof this.options.accessToken === "function";
  }

  #renewing: Promise<string> | null = null;
  /** The last token from accessToken() after a refusal. */
  #renewed: string | null = null;

  /**
   * Also used in connection_init. A refused token is renewed once, however many calls it failed: refreshing twice with
   * one refresh token would end the session.
   *
   * @param refused the authorization that the server refused; null if none was
   */
  async credentials(refused: string | null): Promise<Record<string, string>> {
    const { apiKey, accessToken, organizationId, headers } = this.options;
    let token = apiKey ?? accessToken;
    if (typeof token === "function") {
      const given = token;
      if (refused === null || (this.#renewed !== null && `Bearer ${this.#renewed}` !== refused && !this.#renewing)) {
        token = await ask(given, false);
        // For functions that renew the token only when told to.
        if (`Bearer ${token}` === refused && this.#renewed !== null) token = this.#renewed;
      } else {
        this.#renewing ??= ask(given, true).finally(() => {
          this.#renewing = null;
        });
        token = await this.#renewing;
        this.#renewed = token;
      }
    }
    if (token !== undefined && token !== "" && !isHeader(token))
      throw new TikettiError({
        code: "UNAUTHENTICATED",
        message: "The access token has characters that are invalid in a token.",
      });
    return {
      ...headers,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(organizationId ? { "x-organization-id": organizationId } : {}),
    };
  }
}

/** How long faults and exhausted points are retried, in milliseconds. */
const faultsMs = 30_000;
const pointsMs = 75_000;

interface Attempt {
  /** 0 is the first. */
  attempt: number;
  credentials: Record<string, string>;
}

/** An error thrown by your function isn't a network fault; errors of this package pass unchanged. */
async function ask(
  accessToken: (request: TokenRequest) => string | Promise<string>,
  isRejected: boolean,
): Promise<string> {
  try {
    return await accessToken({ isRejected });
  } catch (cause) {
    if (cause instanceof TikettiError) throw cause;
    throw new TikettiError({
      code: "UNAUTHENTICATED",
      message: `accessToken() failed: ${(cause as Error)?.message}`,
      cause,
    });
  }
}

/** Reads can be retried, and mutations by idempotency key; anything else only if it surely did nothing. */
function mayRepeat({ code, isRetryable, status }: TikettiError, isOnce: boolean): boolean {
  return isRetryable && (!isOnce || code === "RATE_LIMITED" || status === 429);
}

export function read(text: string, response: Response, { status, requestId, headers }: ResponseInfo, endpoint: string) {
  const retryAfterMs = waitOf(headers.get("retry-after"));
  let body: { data?: unknown; errors?: WireError[] } | null = null;
  try {
    body = JSON.parse(text);
  } catch {}
  if (body?.errors?.length) throw fromWire(body.errors, { data: body.data, status, requestId, retryAfterMs });
  if (response.ok && body && typeof body.data === "object" && body.data !== null) return body.data;
  const isRedirect = response.type === "opaqueredirect" || (status >= 300 && status < 400);
  throw new TikettiError({
    code: status === 429 ? "RATE_LIMITED" : "BAD_RESPONSE",
    message: isRedirect
      ? `${endpoint} redirects${headers.get("location") ? ` to ${headers.get("location")}` : ""}; give that address as url if it belongs to the server.`
      : `${endpoint} answered with ${status} and something other than GraphQL; check url, and any proxy in between.`,
    // Half a body, or a proxy's page for an unavailable server.
    isRetryable: isPassing(status) || (response.ok && !isRedirect),
    retryAfterMs,
    status,
    requestId,
  });
}

export function infoOf({ status, headers }: Response): ResponseInfo {
  return { status, requestId: headers.get("x-request-id"), headers, rateLimit: rateLimitOf(headers) };
}

function rateLimitOf(headers: Headers): RateLimit | null {
  const policies = new Map(itemsOf(headers.get("ratelimit-policy")));
  const [least] = itemsOf(headers.get("ratelimit")).sort(([, a], [, b]) => (a.r ?? 0) - (b.r ?? 0));
  if (least) {
    const [name, { r = 0, t }] = least;
    return { name, limit: policies.get(name)?.q ?? null, remaining: r, resetAt: inSeconds(t ?? null) };
  }
  const number = (name: string) => {
    const value = headers.get(name);
    return value === null || Number.isNaN(Number(value)) ? null : Number(value);
  };
  const remaining = number("ratelimit-remaining");
  const reset = number("ratelimit-reset");
  if (remaining === null) return null;
  return { name: null, limit: number("ratelimit-limit"), remaining, resetAt: inSeconds(reset) };
}

function inSeconds(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(Date.now() + seconds * 1_000);
}

/** The items of a structured header with their numbers: `"key";r=40;t=12, "organization";r=90;t=12`. */
function itemsOf(value: string | null): [name: string, numbers: Record<string, number>][] {
  return [...(value ?? "").matchAll(/"([^"]*)"((?:;\s*\w+=[^;,]*)*)/g)].map(([, name = "", parameters = ""]) => [
    name,
    Object.fromEntries([...parameters.matchAll(/(\w+)=(\d+)/g)].map(([, key, number]) => [key, Number(number)])),
  ]);
}

/** Retry-After is in seconds or a date (RFC 9110, section 10.2.3). */
function waitOf(value: string | null): number | null {
  if (value === null) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** The printer of nodes is loaded when first needed. */
export async function textOf(document: Operation["query"]): Promise<string> {
  if (typeof document === "string") return document;
  const { print } = await import("./lazy/print.ts");
  return print(document);
}

/** The operation's name, for hooks and messages. */
function nameOf(query: string): string | null {
  return /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? null;
}

export function toCall<Data>(answer: Promise<Answer<Data>>): Call<Data> {
  const data = answer.then((known) => known.data) as Call<Data>;
  data.withResponse = () => {
    // A caller that awaits both gets the failure there.
    data.catch(() => {});
    return answer;
  };
  return data;
}

const same = <Data>(data: Data) => data;
