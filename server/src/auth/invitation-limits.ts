import { HourlyLimit } from "../limits/hourly-limit.ts";

/** Invitations an hour to one address, from all organizations together; from one organization, its plan says. */
export const invitationLimits = { perAddress: 3, windowSeconds: 60 * 60 };

export class InvitationLimits {
  readonly #perAddress: number;
  readonly #addresses: HourlyLimit;
  readonly #organizations: HourlyLimit;

  constructor({ perAddress, windowSeconds } = invitationLimits) {
    this.#perAddress = perAddress;
    this.#addresses = new HourlyLimit(windowSeconds);
    this.#organizations = new HourlyLimit(windowSeconds);
  }

  /** Takes one of both. @throws RATE_LIMITED */
  async take(organizationId: string, addressKey: string, perOrganization: number): Promise<void> {
    // The organization's first: one that is over its limit doesn't use up a stranger's.
    await this.#organizations.take(organizationId, perOrganization, "this organization has invited too many");
    await this.#addresses.take(addressKey, this.#perAddress, "this address was invited too often");
  }
}
