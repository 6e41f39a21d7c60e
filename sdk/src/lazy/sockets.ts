/** One socket for all subscriptions of a client. */
import { type Client, createClient } from "graphql-ws/client";
import type { ErrorCode } from "../_generated/types.ts";
import type { Core } from "../core.ts";
import { TikettiError } from "../errors.ts";
import type { LiveResult } from "../live-types.ts";

const heartbeatMs = 10_000;
/** The time limit for connecting and the acknowledgement. */
const connectMs = 10_000;
/** After this long without a message the connection is lost, whatever the socket says. */
const silenceMs = 21_000;

/** The server's close codes after which reconnecting the same way would be closed again. */
const refusals: Record<number, [code: ErrorCode, isRetryable: boolean]> = {
  1009: ["BODY_TOO_LARGE", false],
  4400: ["BAD_REQUEST", false],
  4403: ["UNAUTHENTICATED", false],
  4406: ["BAD_REQUEST", false],
  4409: ["BAD_REQUEST", false],
  4413: ["RATE_LIMITED", true],
  4429: ["BAD_REQUEST", false],
};

export class Sockets {
  readonly #core: Core;
  #client: Client | null = null;
  #sentToken: string | undefined;
  /** The token that was refused or expired; the next must differ. */
  #refused: string | null = null;
  #rejections = 0;
  #hasWorked = false;
  #followers = 0;
  /** Connection attempts that never opened. */
  #unopened = 0;
  areBlocked = false;

  constructor(core: Core) {
    this.#core = core;
  }

  async *follow(
    WebSocket: typeof globalThis.WebSocket,
    operation: { query: string; variables: Record<string, unknown> | undefined },
    signal: AbortSignal,
  ): AsyncGenerator<LiveResult, void, void> {
    this.#client ??= this.#connect(WebSocket);
    this.#followers++;
    const results = this.#client.iterate(operation as { query: string });
    const stop = () => void results.return?.();
    signal.addEventListener("abort", stop, { once: true });
    try {
      for await (const result of results) yield result as LiveResult;
    } catch (thrown) {
      throw this.#explain(thrown);
    } finally {
      this.#followers--;
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  #connect(WebSocket: typeof globalThis.WebSocket): Client {
    let heard = Date.now();
    /** An attempt is reported closed both by its socket and when given up. */
    let isTrying = false;
    let socket: globalThis.WebSocket | null = null;
    let watch: ReturnType<typeof setInterval> | undefined;
    let patience: ReturnType<typeof setTimeout> | undefined;
    const client = createClient({
      url: this.#core.endpoint.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      // The loop reconnects itself, with the position that it reached.
      retryAttempts: 0,
      shouldRetry: () => false,
      // A loop that switches to the next subscription keeps the socket.
      lazyCloseTimeout: 1_000,
      connectionAckWaitTimeout: connectMs,
      connectionParams: async () => {
        const credentials = await this.#core.credentials(this.#refused);
        this.#refused = null;
        this.#sentToken = credentials.authorization;
        return credentials;
      },
      on: {
        connecting: () => {
          isTrying = true;
          this.#core.options.onLive?.("connecting");
          clearTimeout(patience);
          patience = setTimeout(() => client.terminate(), connectMs);
        },
        opened: (opened) => {
          socket = opened as globalThis.WebSocket;
          heard = Date.now();
          clearTimeout(patience);
        },
        connected: () => {
          this.#core.options.onLive?.("connected");
          this.#hasWorked = true;
          this.#rejections = 0;
          clearInterval(watch);
          watch = setInterval(() => {
            if (Date.now() - heard > silenceMs) client.terminate();
            else if (socket) void this.#renew(socket);
          }, heartbeatMs);
          (watch as { unref?: () => void }).unref?.();
        },
        message: () => {
          heard = Date.now();
        },
        closed: (event) => {
          clearInterval(watch);
          clearTimeout(patience);
          socket = null;
          // Once per attempt, however many loops wait; a loop that is given up says nothing about the connection.
          if (isTrying && !this.#hasWorked && this.#followers > 0 && ++this.#unopened >= 2) this.areBlocked = true;
          isTrying = false;
          const isEnded = (event as { code?: number }).code === 1000;
          // Closed by us: no loop is left.
          if (isEnded && this.#followers === 0) return;
          this.#core.options.onLive?.("lost");
          // The client would reconnect at once, from where each loop began.
          if (isEnded) {
            this.#client = null;
            void client.dispose();
          }
        },
      },
    });
    return client;
  }

  /** The next token is sent in a ping, and the connection continues. */
  async #renew(socket: globalThis.WebSocket): Promise<void> {
    const credentials = await this.#core.credentials(null).catch(() => null);
    if (!credentials || credentials.authorization === this.#sentToken || socket.readyState !== 1) return;
    this.#sentToken = credentials.authorization;
    socket.send(JSON.stringify({ type: "ping", payload: credentials }));
  }

  #explain(thrown: unknown): unknown {
    const { code, reason } = (thrown ?? {}) as { code?: unknown; reason?: string };
    if (typeof code !== "number") return thrown;
    const { canAskAgain } = this.#core;
    // The token expired or was refused: the next one may work.
    if (code === 4410 || (code === 4403 && canAskAgain && this.#rejections++ < 1))
      this.#refused = this.#sentToken ?? "";
    const refusal = code === 4410 && !canAskAgain ? (["UNAUTHENTICATED", false] as const) : refusals[code];
    const isLost = !refusal || (code === 4403 && this.#refused !== null);
    return new TikettiError({
      code: isLost ? "NETWORK" : refusal[0],
      message: `The connection for live updates was closed (${code}${reason ? `: ${reason}` : ""}).`,
      isRetryable: isLost || refusal[1],
      cause: thrown,
    });
  }
}
