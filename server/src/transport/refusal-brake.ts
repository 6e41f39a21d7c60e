/**
 * Slows down whoever sends what is refused, over and over. Refusing costs little but not nothing: answered as fast as
 * they are sent, refused requests of one sender would take the process from everybody else.
 */
import { networkOf } from "../lib/network.ts";
import { limits } from "./limits.ts";

/** Senders and credentials that are remembered; the oldest are forgotten. */
const most = 50_000;
/** Credentials that opened something count by themselves for so long, in milliseconds; others by their network. */
const knownMs = 10 * 60_000;

export class RefusalBrake {
  /** How many requests of each sender were refused in its window. */
  readonly #senders = new Map<string, { refused: number; ends: number }>();
  /** Hashes of credentials that opened something, and until when that is remembered. */
  readonly #known = new Map<string, number>();
  #waiting = 0;

  /** Who sends: the credentials, where they opened something lately, else the network. */
  senderOf(credentials: string | null, address: string): string {
    const isKnown = credentials !== null && (this.#known.get(credentials) ?? 0) > Date.now();
    return isKnown ? credentials : networkOf(address);
  }

  /** These credentials open something. */
  trust(credentials: string): void {
    remember(this.#known, credentials, Date.now() + knownMs);
  }

  /** One more of the sender's requests was refused. */
  count(sender: string): void {
    const now = Date.now();
    const known = this.#senders.get(sender);
    if (known && known.ends > now) known.refused++;
    else remember(this.#senders, sender, { refused: 1, ends: now + limits.refusalWindowMs.value });
  }

  /**
   * Waits before the sender's next request is looked at; false when too many wait already and it is not to be looked at.
   * The wait grows by 10 ms with each refusal beyond those that are free.
   */
  async hold(sender: string): Promise<boolean> {
    const known = this.#senders.get(sender);
    const beyond = known && known.ends > Date.now() ? known.refused - limits.refusals.value : 0;
    if (beyond <= 0) return true;
    if (this.#waiting >= limits.refusalsWaiting.value) return false;
    this.#waiting++;
    await new Promise((resolve) => setTimeout(resolve, Math.min(beyond * 10, limits.refusalDelayMs.value)));
    this.#waiting--;
    return true;
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value as string);
}
