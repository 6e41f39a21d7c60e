import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { limits } from "./limits.ts";

/** Ours beside those of the protocol; the docs list them. A client may come back after each of them. */
export const closeCodes = {
  4410: "The token or key of the connection ended: connect again with a new one.",
  4411: "The reader was too slow: connect again, and go on from the last cursor.",
  4412: "Nothing was heard of the other end any more.",
  4413: "Too many connections of this token, key, organization or address.",
} as const;

/** So much of one socket goes out in one turn of the loop; then it is the others' turn. */
const messagesInTurn = 8;
/** Less than that waiting is room for more. */
const roomBytes = 64_000;
/** An answer to a heartbeat comes behind what was sent before: a slow way gets this much more time for it. */
const slowestBytesPerMs = 64;
const mostPatienceMs = 40_000;

const toFlush = new Set<Line>();

/** At the end of this turn of the loop. */
function flushLater(line: Line): void {
  if (toFlush.size === 0)
    setImmediate(() => {
      const lines = [...toFlush];
      toFlush.clear();
      for (const one of lines) one.flush();
    });
  toFlush.add(line);
}

/** So much waits for room at most; then nothing more is read that could have an answer. */
const mostWaiting = 100;

/** Who has gone is not waited for. */
const goneMs = 1_000;

/** What goes out on a socket: nothing is kept for a reader that doesn't read. */
export class Line {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #onSlow: () => void;
  readonly #onGivenUp: () => void;
  readonly #timer: NodeJS.Timeout;
  #waitingSince: number | null = null;
  #waiting = 0;
  #heardAt = performance.now();
  #isSlow = false;
  /** Bytes of results since the other end was heard of. */
  #sentSince = 0;

  constructor(socket: WebSocket, stream: Duplex, onSlow: () => void, onGivenUp: () => void) {
    this.#socket = socket;
    this.#stream = stream;
    this.#onSlow = onSlow;
    this.#onGivenUp = onGivenUp;
    this.#timer = setInterval(() => this.#beat(), limits.heartbeatMs.value / 2);
    this.#timer.unref();
  }

  #isBeat = false;
  /** Messages since the last turn of the loop. */
  #inTurn = 0;
  /** Who waits for room. */
  readonly #forRoom: (() => void)[] = [];

  /**
   * Resolves when there is room for the next: who sends goes at the reader's pace. What is sent in one turn of
   * the loop goes out together, of all sockets one after the other.
   */
  async send(data: string): Promise<void> {
    const socket = this.#socket;
    // Only what many operations say at once gets there; whoever takes nothing of it is found by its stalling.
    while (socket.readyState === socket.OPEN && socket.bufferedAmount > limits.socketBufferBytes.value)
      await this.#room();
    if (socket.readyState !== socket.OPEN) return;
    if (this.#inTurn++ === 0) {
      this.#stream.cork();
      flushLater(this);
    }
    this.#waitingSince ??= performance.now();
    this.#waiting++;
    if (!data.startsWith('{"type":"p')) this.#sentSince += data.length;
    socket.send(data, () => {
      this.#waiting--;
      this.#waitingSince = this.#waiting > 0 ? performance.now() : null;
      if (this.#waiting === 0) this.#makeRoom();
    });
    if (this.#inTurn >= messagesInTurn || socket.bufferedAmount >= roomBytes) await this.#room();
  }

  #room(): Promise<void> {
    if (this.#forRoom.length >= mostWaiting) this.#socket.pause();
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
    this.#sentSince = 0;
    this.#heardAt = performance.now();
  }

  #beat(): void {
    const now = performance.now();
    if (this.#waitingSince !== null && now - this.#waitingSince > limits.socketStallMs.value) {
      this.#close();
      return;
    }
    // Two heartbeats without an answer: the other end has gone, or the way to it.
    const patience = Math.min(this.#sentSince / slowestBytesPerMs, mostPatienceMs);
    if (now - this.#heardAt > 2 * limits.heartbeatMs.value + patience) {
      // What was sent to it wasn't read, or nothing was there to read.
      if (this.#sentSince > 0) this.#close(limits.heartbeatMs.value / 2);
      else this.#terminate(4412, goneMs);
      return;
    }
    this.#isBeat = !this.#isBeat;
    // The protocol's own ping, which clients see and answer: silence is never ambiguous.
    if (this.#isBeat) this.send('{"type":"ping"}');
  }

  #close(graceMs: number = limits.socketStallMs.value): void {
    if (this.#isSlow) return;
    this.#isSlow = true;
    this.#onSlow();
    this.#terminate(4411, graceMs);
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
