import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { limits } from "./limits.ts";

/** Ours beside those of the protocol; the docs list them. A client may come back after each of them. */
export const closeCodes = {
  4410: "The connection's token or key is no longer valid: reconnect with a new one.",
  4411: "The reader was too slow: reconnect and continue from the last cursor.",
  4412: "The client stopped answering.",
  4413: "Too many connections of this token, key, organization or address.",
} as const;

/** A reason may have 123 bytes (RFC 6455, section 5.5). */
export function closeReason(text: string): string {
  return Buffer.from(text).subarray(0, 120).toString();
}

/** So much of one socket goes out in one turn of the loop; then it is the others' turn. */
const messagesInTurn = 8;
/** Less than that waiting is room for more. */
const roomBytes = 64_000;
/**
 * Unread data is held in buffers of systems on the way, which take megabytes and which the server can't see. At half
 * of the window the writer checks whether the client still answers.
 */
const windowBytes = limits.socketWindowBytes.value;

const toFlush = new Set<SocketWriter>();

/** At the end of this turn of the loop. */
function flushLater(writer: SocketWriter): void {
  if (toFlush.size === 0)
    setImmediate(() => {
      const lines = [...toFlush];
      toFlush.clear();
      for (const one of lines) one.flush();
    });
  toFlush.add(writer);
}

/** So much waits for room at most; then nothing more is read that could have an answer. */
const mostWaiting = 100;

/** How often a writer is looked at between two heartbeats. */
const looksPerBeat = 4;

const isSent = Promise.resolve();

/** Who has gone is not waited for. */
const goneMs = 1_000;

/** What goes out on a socket: nothing is kept for a reader that doesn't read. */
export class SocketWriter {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #onSlow: () => void;
  readonly #onGivenUp: () => void;
  readonly #timer: NodeJS.Timeout;
  #waitingSince: number | null = null;
  #waiting = 0;
  #heardAt = performance.now();
  #isSlow = false;
  /** Bytes of results since the client last answered. */
  #sentSince = 0;
  /** Since when an answer is waited for before more is sent. */
  #askedSince: number | null = null;

  constructor(socket: WebSocket, stream: Duplex, onSlow: () => void, onGivenUp: () => void) {
    this.#socket = socket;
    this.#stream = stream;
    this.#onSlow = onSlow;
    this.#onGivenUp = onGivenUp;
    this.#timer = setInterval(() => this.#beat(), limits.heartbeatMs.value / looksPerBeat);
    this.#timer.unref();
  }

  #looks = 0;
  /** Messages since the last turn of the loop. */
  #inTurn = 0;
  /** Who waits for room. */
  readonly #forRoom: (() => void)[] = [];

  /**
   * Resolves when there is room for the next: who sends goes at the reader's pace. What is sent in one turn of
   * the loop goes out together, of all sockets one after the other.
   */
  send(data: string): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return isSent;
    // Only what many operations say at once gets there; whoever takes nothing of it is found by its stalling.
    const isResult = !data.startsWith('{"type":"p');
    if (socket.bufferedAmount > limits.socketBufferBytes.value || (isResult && this.#sentSince >= windowBytes))
      return this.#room().then(() => this.send(data));
    if (this.#inTurn++ === 0) {
      this.#stream.cork();
      flushLater(this);
    }
    this.#waitingSince ??= performance.now();
    this.#waiting++;
    if (isResult) this.#sentSince += data.length;
    socket.send(data, () => {
      this.#waiting--;
      this.#waitingSince = this.#waiting > 0 ? performance.now() : null;
      if (this.#waiting === 0) this.#makeRoom();
    });
    if (this.#sentSince >= windowBytes / 2 && this.#askedSince === null) {
      this.#askedSince = performance.now();
      this.send('{"type":"ping"}');
    }
    return this.#inTurn >= messagesInTurn || socket.bufferedAmount >= roomBytes ? this.#room() : isSent;
  }

  #room(): Promise<void> {
    if (this.#forRoom.length >= mostWaiting && this.#socket.bufferedAmount >= roomBytes) this.#socket.pause();
    return new Promise((resolve) => this.#forRoom.push(resolve));
  }

  flush(): void {
    this.#inTurn = 0;
    this.#stream.uncork();
    if (this.#socket.bufferedAmount < roomBytes) this.#makeRoom();
  }

  #makeRoom(): void {
    if (this.#socket.isPaused) this.#socket.resume();
    for (const resolve of this.#forRoom.splice(0)) resolve();
  }

  heard(): void {
    this.#heardAt = performance.now();
    this.#askedSince = null;
    if (this.#sentSince === 0) return;
    this.#sentSince = 0;
    if (this.#socket.bufferedAmount < roomBytes) this.#makeRoom();
  }

  #beat(): void {
    const now = performance.now();
    const stalledSince = Math.min(this.#waitingSince ?? now, this.#askedSince ?? now);
    if (now - stalledSince > limits.socketStallMs.value) {
      this.#close();
      return;
    }
    // Two heartbeats without an answer: the client has gone, or the connection to it is broken.
    if (now - this.#heardAt > 2 * limits.heartbeatMs.value) {
      // What was sent to it wasn't read, or nothing was there to read.
      if (this.#sentSince > 0) this.#close();
      else this.#terminate(4412, goneMs);
      return;
    }
    this.#looks++;
    // The protocol's own ping, which clients see and answer: silence is never ambiguous.
    if (this.#looks % looksPerBeat === 0) this.send('{"type":"ping"}');
  }

  #close(): void {
    if (this.#isSlow) return;
    this.#isSlow = true;
    this.#onSlow();
    this.#terminate(4411, limits.socketStallMs.value / 2);
  }

  /** The code is told behind what is on its way already; who doesn't read even that is cut off. */
  #terminate(code: keyof typeof closeCodes, graceMs: number): void {
    this.#socket.close(code, closeCodes[code]);
    // The other end's own close is to be read.
    this.#socket.resume();
    // Nothing more goes out: who follows for it must not go on while it waits to be closed.
    this.#onGivenUp();
    setTimeout(() => this.#socket.terminate(), graceMs).unref();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#makeRoom();
  }
}
