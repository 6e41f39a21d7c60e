import type { WebSocket } from "ws";
import { limits } from "./limits.ts";

/** Ours beside those of the protocol; the docs list them. A client may come back after each of them. */
export const closeCodes = {
  4410: "The token or key of the connection ended: connect again with a new one.",
  4411: "The reader was too slow: connect again, and go on from the last cursor.",
  4412: "Nothing was heard of the other end any more.",
  4413: "Too many sockets of this token, key or organization.",
} as const;

/** Who has gone is not waited for. */
const goneMs = 1_000;

/** What goes out on a socket: nothing is kept for a reader that doesn't read. */
export class Line {
  readonly #socket: WebSocket;
  readonly #onSlow: () => void;
  readonly #timer: NodeJS.Timeout;
  #waitingSince: number | null = null;
  #waiting = 0;
  #heardAt = performance.now();
  #isSlow = false;
  /** Results since the other end was heard of. */
  #sentSince = 0;

  constructor(socket: WebSocket, onSlow: () => void) {
    this.#socket = socket;
    this.#onSlow = onSlow;
    this.#timer = setInterval(() => this.#beat(), limits.heartbeatMs.value / 2);
    this.#timer.unref();
  }

  #isBeat = false;

  /** Resolves when the message is on its way, so that who sends goes at the reader's pace. */
  send(data: string): Promise<void> {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > limits.socketBufferBytes.value) {
      this.#close();
      return Promise.resolve();
    }
    this.#waitingSince ??= performance.now();
    this.#waiting++;
    if (!data.startsWith('{"type":"p')) this.#sentSince++;
    return new Promise((resolve) => {
      socket.send(data, () => {
        this.#waiting--;
        this.#waitingSince = this.#waiting > 0 ? performance.now() : null;
        resolve();
      });
    });
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
    if (now - this.#heardAt > 2 * limits.heartbeatMs.value) {
      // What was sent to it wasn't read, or nothing was there to read.
      if (this.#sentSince > 0) this.#close(limits.heartbeatMs.value / 2);
      else this.#terminate(4412, goneMs);
      return;
    }
    this.#isBeat = !this.#isBeat;
    // The protocol's own ping, which clients see and answer: silence is never ambiguous.
    if (this.#isBeat && this.#waiting === 0) this.send('{"type":"ping"}');
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
    setTimeout(() => this.#socket.terminate(), graceMs).unref();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
