import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors.ts";

/** Failed sign-ins in 15 minutes: for one account, and from one network address. */
export const signInLimits = { perAccount: 10, perAddress: 100, windowSeconds: 15 * 60 };

export class SignInLimits {
  readonly #accounts: RateLimiterMemory;
  readonly #addresses: RateLimiterMemory;

  constructor({ perAccount, perAddress, windowSeconds } = signInLimits) {
    this.#accounts = new RateLimiterMemory({ points: perAccount, duration: windowSeconds });
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });
  }

  /**
   * Takes one try, before the password is looked at, so that parallel tries can't slip past.
   *
   * @throws RATE_LIMITED; unknown accounts are limited as known ones are
   */
  async take(account: string, address: string): Promise<void> {
    await this.#consume(this.#addresses, address, "from this network address");
    await this.#consume(this.#accounts, account, "for this account");
  }

  /** A sign-in that succeeded wasn't a guess. */
  async giveBack(account: string, address: string): Promise<void> {
    await this.#accounts.delete(account);
    await this.#addresses.reward(address, 1);
  }

  async #consume(limiter: RateLimiterMemory, key: string, where: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const minutes = Math.ceil(error.msBeforeNext / 60_000);
      throw new DomainError(
        "RATE_LIMITED",
        `Too many sign-ins ${where}; try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
        { retryAfterMs: error.msBeforeNext },
      );
    }
  }
}
