const digitsByCurrency = new Map<string, number>();

/** How many digits after the point the currency's amounts have as Intl has it (ECMA-402, CurrencyDigits). */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}
