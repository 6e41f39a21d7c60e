/** The rate that prices an entry. */

export const rateSources = ["ENTRY", "COMPANY", "MEMBER", "ORGANIZATION", "NONE"] as const;
export type RateSource = (typeof rateSources)[number];

type Rate = { toString(): string } | null;

export interface RateLevels {
  /** The entry's own rate. */
  entry: string | null;
  company: { hourlyRate: Rate; currency: string | null } | null;
  member: { hourlyRate: Rate };
  organization: { defaultHourlyRate: Rate; defaultCurrency: string };
}

export interface Pricing {
  rate: string | null;
  rateSource: RateSource;
  currency: string;
}

/**
 * The first rate set, from the entry to the organization. The currency is the company's, otherwise the organization's.
 * Rates of members and of the organization are in the organization's currency, and are skipped if the entry's differs.
 */
export function priceBy({ entry, company, member, organization }: RateLevels): Pricing {
  const currency = company?.currency ?? organization.defaultCurrency;
  const isDefault = currency === organization.defaultCurrency;
  const levels: [RateSource, Rate][] = [
    ["ENTRY", entry],
    ["COMPANY", company?.hourlyRate ?? null],
    ["MEMBER", isDefault ? member.hourlyRate : null],
    ["ORGANIZATION", isDefault ? organization.defaultHourlyRate : null],
  ];
  for (const [rateSource, rate] of levels) if (rate !== null) return { rate: rate.toString(), rateSource, currency };
  return { rate: null, rateSource: "NONE", currency };
}
