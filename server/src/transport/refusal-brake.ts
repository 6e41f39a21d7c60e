/**
 * Slows down senders whose requests are refused repeatedly. A refusal costs little, but not nothing: if the server
 * answered as fast as one sender sends, it would have no time for others.
 */
import { networkOf } from "../lib/network.ts";
import { Turns } from "../lib/turns.ts";
import { limits } from "./limits.ts";

/** Senders and credentials that are remembered; the oldest are forgotten. */
const most = 50_000;
/** Credentials that opened something count by themselves for so long, in milliseconds; others by their network. */
const knownMs = 10 * 60_000;

/** Who sends: credentials that opened something lately, or a network. */
export interface Sender {
  id: string;
  isKnown: boolean;
}

export class RefusalBrake {
  /** How many requests of each sender were refused in its window. */
  readonly #refused = new Map<string, { count: number; ends: number }>();
  /** Hashes of credentials that opened something, and until when that is remembered. */
  readonly #known = new Map<string, number>();
  /** Requests that wait, by sender. */
  readonly #waiting = new Map<string, number>();
  #allWaiting = 0;
  /** Looks at credentials of who may not wait any more. */
  readonly lookups = new Turns({ atOnce: 4, perGroup: 1, waitMs: 2_000, mostWaiting: 20 });

  /** The credentials, where they opened something lately or are known to, else the network. */
  senderOf(credentials: string | null, address: string, isOpening = false): Sender {
    const isKnown = credentials !== null && (isOpening || (this.#known.get(credentials) ?? 0) > Date.now());
    return isKnown ? { id: credentials, isKnown } : { id: networkOf(address), isKnown: false };
  }

  /** Tells whether these credentials open something. */
  tell(credentials: string, isOpening: boolean): void {
    if (isOpening) remember(this.#known, credentials, Date.now() + knownMs);
    else this.#known.delete(credentials);
  }

  /**
   * Waits before the sender's next request is looked at: by 10 ms more with each refusal beyond those that are free. A
   * network's request counts as refused until `end` says otherwise, so that many at once don't slip by.
   *
   * @returns false when too many wait already: it is not to be looked at, and `end` not to be called
   */
  async begin({ id, isKnown }: Sender): Promise<boolean> {
    const beyond = this.#countOf(id) - limits.refusals.value;
    if (beyond > 0) {
      const waiting = this.#waiting.get(id) ?? 0;
      if (waiting >= limits.refusalsWaitingOfOne.value || this.#allWaiting >= limits.refusalsWaiting.value)
        return false;
      this.#allWaiting++;
      this.#waiting.set(id, waiting + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.min(beyond * 10, limits.refusalDelayMs.value)));
      this.#allWaiting--;
      const left = (this.#waiting.get(id) ?? 1) - 1;
      if (left > 0) this.#waiting.set(id, left);
      else this.#waiting.delete(id);
    }
    if (!isKnown) this.#count(id, 1);
    return true;
  }

  /** One more was refused, without having begun. */
  refuse({ id }: Sender): void {
    this.#count(id, 1);
  }

  /** The request was answered. */
  end({ id, isKnown }: Sender, isRefused: boolean): void {
    if (isKnown && isRefused) this.#count(id, 1);
    if (!isKnown && !isRefused) this.#count(id, -1);
  }

  #countOf(id: string): number {
    const known = this.#refused.get(id);
    return known && known.ends > Date.now() ? known.count : 0;
  }

  #count(id: string, by: number): void {
    const known = this.#refused.get(id);
    if (known && known.ends > Date.now()) known.count = Math.max(0, known.count + by);
    else if (by > 0) remember(this.#refused, id, { count: by, ends: Date.now() + limits.refusalWindowMs.value });
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value as string);
}
