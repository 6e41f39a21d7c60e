/** Live updates when the way or the server misbehaves: against a server that does what the test says. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type ClientOptions, createTiketti, type LiveState } from "@tiketti/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

type Message = { id?: string; type: string; payload?: Record<string, unknown> };

let server: Server;
let sockets: WebSocketServer;
let url: string;
/** What happens to the next upgrades, then to all others. */
let upgrades: ("never" | "cut" | "serve")[];
let connections: number;
let streams: number;
let onMessage: (socket: WebSocket, message: Message, connection: number) => void;
let onStream: (res: ServerResponse, stream: number, authorization: string | undefined) => void;
const held = new Set<Duplex>();

const change = (cursor: string) => ({ data: { changes: { cursor, kinds: [], subjectId: cursor } } });
const expired = {
  errors: [{ message: "too old", extensions: { code: "CURSOR_EXPIRED", isRetryable: false } }],
  data: null,
};

beforeEach(async () => {
  upgrades = [];
  connections = 0;
  streams = 0;
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk) => chunks.push(chunk));
    req.on("end", () => {
      if (req.headers.accept === "text/event-stream") return onStream(res, ++streams, req.headers.authorization);
      res.setHeader("content-type", "application/json");
      res.end(JSON.stringify({ data: { members: { asOf: "head" } } }));
    });
  });
  sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (req, stream, head) => {
    held.add(stream);
    connections++;
    const connection = connections;
    const fate = upgrades.shift() ?? "serve";
    if (fate === "cut") return void stream.destroy();
    if (fate === "never") return;
    sockets.handleUpgrade(req, stream, head, (socket) => {
      socket.on("message", (data) => onMessage(socket, JSON.parse(String(data)), connection));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const stream of held) stream.destroy();
  sockets.close();
  server.closeAllConnections();
  server.close();
});

const send = (socket: WebSocket, message: Message) => socket.send(JSON.stringify(message));
const acknowledge = (socket: WebSocket, message: Message) => {
  if (message.type === "connection_init") send(socket, { type: "connection_ack" });
  if (message.type === "ping") send(socket, { type: "pong" });
};
const client = (options: Partial<ClientOptions> = {}) => createTiketti({ url, apiKey: "tk_test", ...options });
const event = (res: ServerResponse, result: unknown) => res.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
const begin = (res: ServerResponse) => res.writeHead(200, { "content-type": "text/event-stream" });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a loop", () => {
  it("that is ended again and again is begun again ever later, by a close with 1000 and by complete", async () => {
    onMessage = (socket, message) => {
      acknowledge(socket, message);
      if (message.type === "subscribe") socket.close(1000);
    };
    const controller = new AbortController();
    const closing = client({ live: "websocket" }).changes.follow({ after: "a", signal: controller.signal }).next();
    onStream = (res) => {
      begin(res);
      res.end("event: complete\ndata:\n\n");
    };
    const completing = client({ live: "sse" }).changes.follow({ after: "a", signal: controller.signal }).next();
    await pause(1_500); // How often it begins in this time is the subject.
    controller.abort();
    const ends = await Promise.allSettled([closing, completing]);
    expect(ends).toMatchObject(Array(2).fill({ status: "rejected", reason: { code: "ABORTED" } }));
    // With full jitter it can be quick a few times, and not hundreds of times.
    expect(connections).toBeLessThan(40);
    expect(streams).toBeLessThan(40);
  });

  it("goes on after each cut from the last change, over any number of a proxy's 503", async () => {
    const positions: unknown[] = [];
    let cut = () => {};
    onStream = (res, stream) => {
      if (stream > 1 && stream < 14) return void res.writeHead(503).end();
      begin(res);
      event(res, change(stream === 1 ? "one" : "two"));
      if (stream === 1) cut = () => res.destroy();
    };
    const changes = client({ live: "sse", onRetry: ({ attempt }) => positions.push(attempt) }).changes.follow({
      after: "a",
    });
    const first = (await changes.next()).value;
    cut();
    const told = [first, (await changes.next()).value].map((one) => (one as { cursor: string }).cursor);
    expect(told).toEqual(["one", "two"]);
    expect(positions.length).toBeGreaterThanOrEqual(12);
    await changes.return();
  }, 120_000);

  it("asks again for events when half a body or a proxy's page came instead", async () => {
    onStream = (res, stream) => {
      if (stream === 1) return void res.writeHead(200, { "content-type": "application/json" }).end('{"data":{');
      if (stream === 2) return void res.writeHead(200, { "content-type": "text/html" }).end("<h1>Please wait</h1>");
      begin(res);
      event(res, change("after both"));
    };
    const changes = client({ live: "sse" }).changes.follow({ after: "a" });
    expect((await changes.next()).value).toMatchObject({ cursor: "after both" });
    await changes.return();
  });

  it("says so when a subscription is answered with one result", async () => {
    onStream = (res) => {
      res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data: { changes: null } }));
    };
    await expect(client({ live: "sse" }).changes.follow({ after: "a" }).next()).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      isRetryable: false,
    });
  });

  it("tells a RESET once the server is back, when it came while the server was going away", async () => {
    let isAway = true;
    const flaky: typeof fetch = async (input, init) => {
      if (isAway && !String(new Headers(init?.headers).get("accept")).includes("event-stream")) {
        isAway = false;
        throw new TypeError("fetch failed");
      }
      return fetch(input, init);
    };
    onStream = (res, stream) => {
      begin(res);
      event(res, stream === 1 ? expired : change("after"));
    };
    const changes = client({ live: "sse", fetch: flaky, retries: 0 }).changes.follow({ after: "old" });
    expect((await changes.next()).value).toMatchObject({ type: "RESET", cursor: "head" });
    expect((await changes.next()).value).toMatchObject({ type: "CHANGE", cursor: "after" });
    await changes.return();
  });

  it("asks for another token when the server ends the old one, on sockets and on streams", async () => {
    const token = ({ isRejected }: { isRejected: boolean }) => (isRejected ? "new" : "old");
    const sent: unknown[] = [];
    onMessage = (socket, message, connection) => {
      acknowledge(socket, message);
      if (message.type === "connection_init") sent.push(message.payload?.authorization);
      if (message.type !== "subscribe") return;
      if (connection === 1) socket.close(4410, "The token ended.");
      else send(socket, { id: message.id, type: "next", payload: change("b") } as Message);
    };
    const bySocket = createTiketti({ url, accessToken: token, live: "websocket" }).changes.follow({ after: "a" });
    expect((await bySocket.next()).value).toMatchObject({ cursor: "b" });
    expect(sent).toEqual(["Bearer old", "Bearer new"]);
    await bySocket.return();
    onStream = (res, _stream, authorization) => {
      if (authorization !== "Bearer new") {
        res.writeHead(401, { "content-type": "application/json" });
        return void res.end(JSON.stringify({ errors: [{ message: "old", extensions: { code: "UNAUTHENTICATED" } }] }));
      }
      begin(res);
      event(res, change("c"));
    };
    const byStream = createTiketti({ url, accessToken: token, live: "sse" }).changes.follow({ after: "a" });
    expect((await byStream.next()).value).toMatchObject({ cursor: "c" });
    await byStream.return();
  });

  it("gives up on sockets that are never answered, and goes on over events", async () => {
    upgrades = ["never", "never", "never"];
    onMessage = acknowledge;
    onStream = (res) => {
      begin(res);
      event(res, change("by events"));
    };
    const states: LiveState[] = [];
    const changes = client({ onLive: (state) => states.push(state) }).changes.follow({ after: "a" });
    expect((await changes.next()).value).toMatchObject({ cursor: "by events" });
    expect(connections).toBe(2);
    expect(states).toContain("lost");
    await changes.return();
  }, 60_000);

  it("counts attempts and not loops: one failed attempt of many, and loops given up before it, block no sockets", async () => {
    onMessage = (socket, message) => {
      acknowledge(socket, message);
      if (message.type === "subscribe") send(socket, { id: message.id, type: "next", payload: change("b") } as Message);
    };
    onStream = (res) => res.writeHead(500).end();
    const one = client();
    for (let index = 0; index < 3; index++) {
      const changes = one.changes.follow({ after: "a" });
      const waiting = changes.next();
      await pause(0); // It is given up in its first turn.
      await changes.return();
      await waiting;
    }
    upgrades = ["cut"];
    const loops = [1, 2, 3, 4].map(() => one.changes.follow({ after: "a" }));
    for (const loop of loops) expect((await loop.next()).value).toMatchObject({ cursor: "b" });
    for (const loop of loops) await loop.return();
    expect(streams).toBe(0);
  });

  it("ends with what the server refuses for good", async () => {
    onMessage = (socket, message) => {
      acknowledge(socket, message);
      if (message.type === "subscribe") socket.close(4403, "no");
    };
    await expect(client({ live: "websocket" }).changes.follow({ after: "a" }).next()).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      isRetryable: false,
    });
  });
});
