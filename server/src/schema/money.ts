import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { minorDigits } from "../lib/currency.ts";
import { builder } from "./builder.ts";

export interface MoneyShape {
  amount: string;
  currency: string;
}

export const Money = builder.objectRef<MoneyShape>("Money").implement({
  description: "An amount in a currency; always decimal, never a float.",
  fields: (t) => ({
    amount: t.expose("amount", { type: "Decimal", description: "The amount." }),
    currency: t.expose("currency", { type: "CurrencyCode", description: "The currency." }),
  }),
});

/**
 * Prisma returns decimals as objects, or as numbers through a joined relation. Shows at least the digits of the
 * currency's minor unit: "90.50", not "90.5".
 */
export function toMoney(amount: { toString(): string } | null, currency: string): MoneyShape | null {
  if (amount === null) return null;
  const [whole, decimals = ""] = amount.toString().split(".") as [string, string?];
  const padded = decimals.padEnd(minorDigits(currency), "0");
  return { amount: padded ? `${whole}.${padded}` : whole, currency };
}

const currencies = new WeakMap<Context, Promise<string>>();

/** The organization's default currency, read once per request. */
export function currencyOf(context: Context): Promise<string> {
  let currency = currencies.get(context);
  if (!currency) {
    const where = { id: requireViewer(context).organizationId };
    currency = context.db.organization
      .findFirstOrThrow({ where, select: { defaultCurrency: true } })
      .then((organization) => organization.defaultCurrency);
    currencies.set(context, currency);
  }
  return currency;
}
