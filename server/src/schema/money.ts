import { builder } from "./builder.ts";

export interface MoneyShape {
  amount: string;
  currency: string;
}

export const Money = builder.objectRef<MoneyShape>("Money").implement({
  description: "An amount in a currency; decimal from end to end.",
  fields: (t) => ({
    amount: t.expose("amount", { type: "Decimal", description: "The amount." }),
    currency: t.expose("currency", { type: "CurrencyCode", description: "The currency." }),
  }),
});

/** Prisma's decimals come as objects, or as numbers through a joined relation. */
export function toMoney(amount: { toString(): string } | null, currency: string): MoneyShape | null {
  return amount === null ? null : { amount: amount.toString(), currency };
}
