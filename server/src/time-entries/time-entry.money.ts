/** The price of time, in decimals and whole numbers, never a float. */
import { minorDigits } from "../lib/currency.ts";

/** Rounded up to the increment: 7 minutes at 15 are 15. */
export function billedMinutes(durationMinutes: number, incrementMinutes: number): number {
  return Math.ceil(durationMinutes / incrementMinutes) * incrementMinutes;
}

/** Digits of a rate after the point. */
const rateDigits = 4;

/**
 * Minutes / 60 x rate, rounded half up to the currency's minor unit (EUR 2, JPY 0,
 * KWD 3): 45 minutes at 150.00 EUR are 112.50. `rate` is a decimal of at most 4 digits after the point.
 */
export function amountOf(minutes: number, rate: string, currency: string): string {
  const digits = minorDigits(currency);
  const [whole = "0", decimals = ""] = rate.split(".");
  const scaledRate = BigInt(whole + decimals.padEnd(rateDigits, "0"));
  // minutes x rate / 60, in minor units, is numerator / denominator.
  const numerator = BigInt(minutes) * scaledRate * 10n ** BigInt(digits);
  const denominator = 60n * 10n ** BigInt(rateDigits);
  const units = (2n * numerator + denominator) / (2n * denominator);
  if (digits === 0) return String(units);
  const text = String(units).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The exact sum of amounts in each currency, with the digits of its minor unit. */
export function sumAmounts(entries: readonly { amount: Amount; currency: string | null }[]): Record<string, string> {
  const sums: Record<string, bigint> = {};
  for (const { amount, currency } of entries)
    if (amount !== null && currency !== null) sums[currency] = (sums[currency] ?? 0n) + toUnits(amount.toString());
  return Object.fromEntries(
    Object.entries(sums).map(([currency, units]) => {
      const text = String(units).padStart(amountDigits + 1, "0");
      const decimals = text.slice(-amountDigits).slice(0, minorDigits(currency));
      return [currency, `${text.slice(0, -amountDigits)}${decimals && `.${decimals}`}`];
    }),
  );
}

type Amount = { toString(): string } | null;

/** As the database stores amounts; no currency's minor unit has more digits. */
const amountDigits = 4;

function toUnits(amount: string): bigint {
  const [whole, decimals = ""] = amount.split(".") as [string, string?];
  return BigInt(whole + decimals.slice(0, amountDigits).padEnd(amountDigits, "0"));
}

/** Whether both are the same number: 90, 90.0 and 90.00. */
export function isSameAmount(a: string, b: string): boolean {
  return toUnits(a) === toUnits(b);
}
