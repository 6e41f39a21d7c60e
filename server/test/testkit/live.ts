import { once } from "node:events";
import WebSocket from "ws";
import type { WireError } from "./client.ts";

interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

export interface Result {
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever they asked for
  data?: any;
  errors?: WireError[];
}

/** A list that grows, and can be waited for. */
class Inbox<Item> {
  readonly items: Item[] = [];
  readonly #waiting = new Set<() => void>();
  isOver = false;

  push(item: Item): void {
    this.items.push(item);
    this.#tell();
  }

  end(): void {
    this.isOver = true;
    this.#tell();
  }

  #tell(): void {
    for (const done of [...this.#waiting]) done();
  }

  /** Waits until it holds, or fails with what is there. */
  async until(holds: (items: Item[]) => boolean, what = "something", ms = 10_000): Promise<Item[]> {
    const until = performance.now() + ms;
    while (!holds(this.items)) {
      if (this.isOver || performance.now() > until)
        throw new Error(`${what} never came; there is ${JSON.stringify(this.items.slice(-5))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, until - performance.now() + 1);
        const waiting = this.#waiting;
        function done() {
          waiting.delete(done);
          clearTimeout(timer);
          resolve();
        }
        waiting.add(done);
      });
    }
    return this.items;
  }
}

/** One subscription of a socket. */
export class Subscription {
  readonly results = new Inbox<Result>();
  readonly id: string;
  errors: WireError[] | null = null;
  #read = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** The next result that wasn't asked for yet. */
  async next(what?: string): Promise<Result> {
    const at = this.#read++;
    const items = await this.results.until((list) => list.length > at, what);
    return items[at] as Result;
  }

  /** The next result's data. */
  async data(what?: string): Promise<NonNullable<Result["data"]>> {
    const { data, errors } = await this.next(what);
    if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
    return data;
  }

  /** Resolves when nothing more will come; the errors that it ended with. */
  async ended(): Promise<WireError[]> {
    await this.results
      .until(() => this.results.isOver, "the end")
      .catch((error) => {
        if (!this.results.isOver) throw error;
      });
    return this.errors ?? this.results.items.at(-1)?.errors ?? [];
  }
}

/** Somebody on a WebSocket, speaking graphql-transport-ws by hand. */
export class LiveClient {
  readonly socket: WebSocket;
  readonly messages = new Inbox<Message>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly closed: Promise<{ code: number; reason: string }>;
  #nextId = 1;
  /** Whether pings are answered. */
  answersPings = true;

  constructor(url: string, options: { protocol?: string | null; headers?: Record<string, string> } = {}) {
    const protocol = options.protocol === undefined ? "graphql-transport-ws" : options.protocol;
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}/graphql`, protocol ?? undefined, {
      headers: options.headers ?? {},
    });
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => {
        this.messages.end();
        for (const subscription of this.#subscriptions.values()) subscription.results.end();
        resolve({ code, reason: String(reason) });
      });
    });
    this.socket.on("error", () => {});
    this.socket.on("message", (data) => this.#receive(JSON.parse(String(data)) as Message));
  }

  /** Connected and acknowledged. */
  static async connect(url: string, headers: Record<string, string> = {}): Promise<LiveClient> {
    const client = new LiveClient(url);
    await client.open();
    client.send({ type: "connection_init", payload: headers });
    await client.messages.until((list) => list.some(({ type }) => type === "connection_ack"), "connection_ack");
    return client;
  }

  async open(): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, "open");
  }

  send(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  #receive(message: Message): void {
    if (message.type === "ping") {
      if (this.answersPings) this.send({ type: "pong" });
      return;
    }
    const subscription = message.id === undefined ? undefined : this.#subscriptions.get(message.id);
    if (!subscription) {
      this.messages.push(message);
      return;
    }
    if (message.type === "next") subscription.results.push(message.payload as Result);
    if (message.type === "error") subscription.errors = message.payload as WireError[];
    if (message.type === "error" || message.type === "complete") subscription.results.end();
  }

  subscribe(query: string, variables: Record<string, unknown> = {}): Subscription {
    const id = String(this.#nextId++);
    const subscription = new Subscription(id);
    this.#subscriptions.set(id, subscription);
    this.send({ id, type: "subscribe", payload: { query, variables } });
    return subscription;
  }

  complete({ id }: Subscription): void {
    this.send({ id, type: "complete" });
  }

  /** Answered after everything that was sent before. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Result> {
    return this.subscribe(query, variables).next(query);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
