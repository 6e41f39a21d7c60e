import { networkOf } from "../lib/network.ts";
import { DomainError } from "../wire/errors.ts";

/**
 * Wrong passwords slow down their sender and nobody else: the wait grows with the wrong tries for one account from one
 * network. Tries for one account from all networks, and from one network for all accounts, have limits of their own,
 * which don't apply to a device that had a session of the account.
 */
export const signInLimits = {
  /** Wrong tries for an account from a network before there is a wait. */
  free: 5,
  /** Wrong tries for an account from all networks, within the window. */
  perAccount: 200,
  /** Wrong tries from a network for all accounts, within the window. */
  perNetwork: 100,
  windowSeconds: 15 * 60,
};

interface Count {
  tries: number;
  /** Until then the next try is refused. */
  until: number;
  /** From then on it is forgotten. */
  ends: number;
}

/** In memory, of one process: the oldest are forgotten when there are more. */
const keptCounts = 100_000;

export class SignInLimits {
  readonly #limits: typeof signInLimits;
  readonly #counts = new Map<string, Count>();

  constructor(limits = signInLimits) {
    this.#limits = limits;
  }

  /**
   * Takes one try, before the password is looked at, so that parallel tries can't slip past.
   *
   * @throws RATE_LIMITED; unknown accounts are limited as known ones are
   */
  take(account: string, address: string, isKnownDevice: boolean): void {
    const { free, perAccount, perNetwork } = this.#limits;
    const network = networkOf(address);
    // A device that had a session isn't delayed by others in its network who try the account.
    const own = this.#count(`${isKnownDevice ? "device" : "both"} ${account} ${network}`);
    refuseUntil(own.until, "for this account from your network");
    if (!isKnownDevice) {
      const [byAccount, byNetwork] = [this.#count(`account ${account}`), this.#count(`network ${network}`)];
      if (byAccount.tries >= perAccount) refuseUntil(byAccount.ends, "for this account");
      if (byNetwork.tries >= perNetwork) refuseUntil(byNetwork.ends, "from this network");
      byAccount.tries++;
      byNetwork.tries++;
    }
    own.tries++;
    const waitMs = own.tries < free ? 0 : Math.min(2 ** (own.tries - free) * 1_000, this.#limits.windowSeconds * 1_000);
    own.until = Date.now() + waitMs;
    own.ends = Math.max(own.ends, own.until + this.#limits.windowSeconds * 1_000);
  }

  /** A sign-in that succeeded wasn't a guess. */
  giveBack(account: string, address: string, isKnownDevice: boolean): void {
    const network = networkOf(address);
    this.#counts.delete(`${isKnownDevice ? "device" : "both"} ${account} ${network}`);
    if (isKnownDevice) return;
    for (const key of [`account ${account}`, `network ${network}`]) {
      const count = this.#counts.get(key);
      if (count) count.tries--;
    }
  }

  #count(key: string): Count {
    const known = this.#counts.get(key);
    if (known && known.ends > Date.now()) return known;
    const fresh = { tries: 0, until: 0, ends: Date.now() + this.#limits.windowSeconds * 1_000 };
    this.#counts.delete(key);
    this.#counts.set(key, fresh);
    if (this.#counts.size > keptCounts) this.#counts.delete(this.#counts.keys().next().value as string);
    return fresh;
  }
}

function refuseUntil(until: number, where: string): void {
  const ms = until - Date.now();
  if (ms <= 0) return;
  const wait = ms < 60_000 ? `${Math.ceil(ms / 1_000)} s` : `${Math.ceil(ms / 60_000)} min`;
  throw new DomainError("RATE_LIMITED", `Too many wrong passwords ${where}; try again in ${wait}.`, {
    retryAfterMs: ms,
  });
}
