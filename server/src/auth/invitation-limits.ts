import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors.ts";

/** Invitations an hour: to one address from all organizations together, and from one organization. */
export const invitationLimits = { perAddress: 3, perOrganization: 50, windowSeconds: 60 * 60 };

export class InvitationLimits {
  readonly #addresses: RateLimiterMemory;
  readonly #organizations: RateLimiterMemory;

  constructor({ perAddress, perOrganization, windowSeconds } = invitationLimits) {
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });
    this.#organizations = new RateLimiterMemory({ points: perOrganization, duration: windowSeconds });
  }

  /** Takes one of both. @throws RATE_LIMITED */
  async take(organizationId: string, addressKey: string): Promise<void> {
    // The organization's first: one that is over its limit doesn't use up a stranger's.
    await this.#consume(this.#organizations, organizationId, "this organization has invited too many");
    await this.#consume(this.#addresses, addressKey, "this address was invited too often");
  }

  async #consume(limiter: RateLimiterMemory, key: string, why: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const minutes = Math.ceil(error.msBeforeNext / 60_000);
      throw new DomainError("RATE_LIMITED", `In the last hour ${why}; try again in ${minutes} minutes.`, {
        retryAfterMs: error.msBeforeNext,
      });
    }
  }
}
