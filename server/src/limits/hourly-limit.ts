/** A limit on how many of something happen in an hour, or in another period. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { startShared } from "../lib/shared-work.ts";
import { DomainError } from "../wire/errors.ts";

/** Counted in this process. Each call names the limit, since plans differ. */
export class HourlyLimit {
  readonly #windowSeconds: number;
  readonly #limiters = new Map<number, RateLimiterMemory>();

  constructor(windowSeconds = 60 * 60) {
    this.#windowSeconds = windowSeconds;
  }

  /**
   * Counts one more.
   *
   * @param why what there were too many of, as a clause that follows "In the last hour"
   * @throws RATE_LIMITED
   */
  async take(key: string, most: number, why: string): Promise<void> {
    let limiter = this.#limiters.get(most);
    if (!limiter) {
      limiter = new RateLimiterMemory({ points: most, duration: this.#windowSeconds });
      this.#limiters.set(most, limiter);
    }
    const counting = limiter;
    try {
      await startShared(() => counting.consume(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const hours = this.#windowSeconds / 3_600;
      const minutes = Math.ceil(error.msBeforeNext / 60_000);
      const wait = minutes > 120 ? `${Math.ceil(minutes / 60)} hours` : `${minutes} minutes`;
      throw new DomainError(
        "RATE_LIMITED",
        `In the last ${hours === 1 ? "hour" : `${hours} hours`} ${why} (at most ${most}); try again in ${wait}.`,
        { retryAfterMs: error.msBeforeNext },
      );
    }
  }
}
