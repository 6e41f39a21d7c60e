import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors.ts";

/** Invitations an hour to one address, from all organizations together; from one organization, its plan says. */
export const invitationLimits = { perAddress: 3, windowSeconds: 60 * 60 };

export class InvitationLimits {
  readonly #addresses: RateLimiterMemory;
  readonly #windowSeconds: number;
  /** By how many a plan allows. */
  readonly #organizations = new Map<number, RateLimiterMemory>();

  constructor({ perAddress, windowSeconds } = invitationLimits) {
    this.#windowSeconds = windowSeconds;
    this.#addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });
  }

  /** Takes one of both. @throws RATE_LIMITED */
  async take(organizationId: string, addressKey: string, perOrganization: number): Promise<void> {
    let organizations = this.#organizations.get(perOrganization);
    if (!organizations) {
      organizations = new RateLimiterMemory({ points: perOrganization, duration: this.#windowSeconds });
      this.#organizations.set(perOrganization, organizations);
    }
    // The organization's first: one that is over its limit doesn't use up a stranger's.
    await this.#consume(organizations, organizationId, "this organization has invited too many");
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
