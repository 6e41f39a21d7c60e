/**
 * GraphQL over WebSocket (subprotocol graphql-transport-ws) at /graphql: the same pipeline as HTTP, with what
 * a lasting connection needs: an identity that is checked again, heartbeats, and a limit for slow readers.
 */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { networkOf } from "../lib/network.ts";
import { DomainError } from "../wire/errors.ts";
import { limits } from "./limits.ts";
import type { LiveSessions } from "./live-session.ts";
import { MessageMeter } from "./message-meter.ts";
import { OperationIds } from "./operation-ids.ts";
import { requestIdOf } from "./request-context.ts";
import { cancelUnwanted, closeWith, createProtocol, type Extra, type SocketOptions } from "./socket-protocol.ts";
import { closeCodes, closeReason, SocketWriter } from "./socket-writer.ts";

export function attachSockets(options: SocketOptions): { close(): void } {
  const { server, services, counters } = options;
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: limits.socketMessageBytes.value,
    perMessageDeflate: false,
    handleProtocols: (protocols) =>
      protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  const protocol = createProtocol(options);
  server.on("upgrade", (req, stream, head) => {
    stream.on("error", () => stream.destroy());
    const refusal = refusalOf(options, req);
    if (refusal) return refuse(stream, refusal.status, refusal.text);
    wss.handleUpgrade(req, stream, head, (socket) => {
      counters.sockets++;
      socket.once("close", () => counters.sockets--);
      socket.on("error", (error) => services.log.debug({ err: error }, "a socket broke"));
      serve(options, protocol, socket, stream, req);
    });
  });
  return {
    close() {
      // 1012, service restart: clients come back after a moment, and go on from their cursor.
      for (const socket of wss.clients) socket.close(1012, "The server is restarting.");
      for (const socket of wss.clients) setTimeout(() => socket.terminate(), 1_000).unref();
      wss.close();
    },
  };
}

function refusalOf(
  { isOriginAllowed, isStopping }: SocketOptions,
  req: IncomingMessage,
): { status: number; text: string } | null {
  if (req.url?.split("?")[0] !== "/graphql") return { status: 404, text: "Sockets are at /graphql." };
  if (isStopping()) return { status: 503, text: "The server is stopping." };
  const origin = req.headers.origin ?? null;
  if (!isOriginAllowed(origin, req.headers.host ?? null))
    return {
      status: 403,
      text: `Pages of the origin ${origin} can't connect; the operator can allow the origin with TIKETTI_ORIGINS.`,
    };
  return null;
}

function refuse(stream: Duplex, status: number, text: string): void {
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

const meter = new MessageMeter();
let socketsSoFar = 0;

type Protocol = ReturnType<typeof createProtocol>;

function serve(options: SocketOptions, protocol: Protocol, socket: WebSocket, stream: Duplex, req: IncomingMessage) {
  const { services, counters, brake, addressOf } = options;
  const header = (name: string) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  };
  const requestId = requestIdOf(header("x-request-id"));
  const socketId = `socket ${++socketsSoFar}`;
  const extra: Extra = {
    socket,
    requestId,
    head: { clientAddress: addressOf(req), get: header },
    session: null,
    renewing: null,
    operations: new Map(),
    begun: null,
  };
  const tellSlow = () => {
    counters.slowReadersClosed++;
    services.log.info({ requestId }, "a slow reader was closed");
  };
  const ids = new OperationIds();
  const writer = new SocketWriter(socket, stream, tellSlow, () => extra.session?.close());
  let handle: ((data: string) => Promise<void>) | null = null;
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: async (data) => {
        const told = ids.outward(data);
        if (told !== null) await writer.send(told);
      },
      close: (code, reason) => socket.close(code, closeReason(reason ?? "")),
      onMessage: (callback) => {
        handle = callback;
      },
      onPing: async (payload) => {
        await renew(options.sessions, extra, payload);
        await writer.send(JSON.stringify({ type: "pong", ...echoOf(payload) }));
      },
      onPong: () => {},
    },
    extra,
  );
  let isFirst = true;
  socket.on("message", (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    writer.heard();
    const isStranger = !extra.session?.isSomebody;
    const size = Buffer.isBuffer(data) ? data.length : 0;
    const network = networkOf(extra.head.clientAddress);
    const isTooLarge = isStranger && size > limits.anonymousMessageBytes.value;
    // The first message identifies the viewer: a whole office can reconnect at the same time.
    const isTooMuch = !isFirst && meter.isTooMuch(isStranger ? network : socketId, size, isStranger);
    isFirst = false;
    if (isTooLarge || isTooMuch) {
      if (isStranger) brake.refuse({ id: network, isKnown: false });
      socket.close(isTooLarge ? 1009 : 4413, isTooLarge ? "Sign in to send a message of this size." : closeCodes[4413]);
      // Who goes on sending isn't read any more.
      socket.pause();
      setTimeout(() => socket.terminate(), 1_000).unref();
      return;
    }
    if (isBinary) return socket.close(CloseCode.BadRequest, "Messages are text.");
    const inward = ids.inward(String(data));
    if (inward === null) return;
    if ("taken" in inward)
      return socket.close(
        CloseCode.SubscriberAlreadyExists,
        closeReason(`Subscriber for ${inward.taken} already exists`),
      );
    const handled = handle?.(inward.text);
    const { begun } = extra;
    extra.begun = null;
    cancelUnwanted(extra, services);
    handled
      ?.catch((error) => {
        // What only servers say; the protocol's code throws it where it closes for all else.
        if (/^Unexpected message of type/.test(error.message))
          return socket.close(CloseCode.BadRequest, closeReason(error.message));
        services.log.error({ requestId, err: error }, "a socket's message broke");
        socket.close(CloseCode.InternalServerError, "Something went wrong on our side.");
      })
      .finally(() => {
        if (begun) extra.operations.delete(begun.id);
      });
  });
  socket.once("close", (code, reason) => {
    writer.end();
    extra.session?.close();
    closed(code, String(reason)).catch((error) => services.log.error({ err: error }, "a socket's end broke"));
    cancelUnwanted(extra, services);
  });
}

const longestEcho = 1_000;

/** What came with a ping goes back with its pong; a token doesn't, nor what is too long to keep for who doesn't read. */
function echoOf(payload: Record<string, unknown> | null | undefined): { payload?: Record<string, unknown> } {
  if (payload == null) return {};
  const { authorization: _token, Authorization: _other, ...rest } = payload;
  return JSON.stringify(rest).length > longestEcho ? {} : { payload: rest };
}

/** A ping may bring a new token of the same actor, before the old one expires; they are asked about one by one. */
async function renew(sessions: LiveSessions, extra: Extra, payload: Record<string, unknown> | null | undefined) {
  const { session } = extra;
  const authorization = payload?.authorization ?? payload?.Authorization;
  if (typeof authorization !== "string" || !session || session.holds(authorization)) return;
  if (extra.renewing) {
    extra.renewing.next = authorization;
    return;
  }
  extra.renewing = { next: authorization };
  try {
    while (extra.renewing.next !== null && !session.signal.aborted) {
      const { next } = extra.renewing;
      extra.renewing.next = null;
      await session.renew(next);
    }
    if (sessions.isOneTooMany(session)) closeWith(extra, 4413, closeCodes[4413]);
  } catch (error) {
    if (error instanceof DomainError && error.code === "UNAVAILABLE") return;
    closeWith(extra, 4410, error instanceof Error ? error.message : "This token is unknown, expired or revoked.");
  } finally {
    extra.renewing = null;
  }
}
