import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testSeed } from "../../test/testkit/seed.ts";
import { currency } from "../inputs/fields.ts";
import { isDay, isoWeek } from "../lib/calendar.ts";
import { currencyCodes, minorDigits } from "../lib/currency.ts";
import { parseDuration } from "../lib/duration.ts";
import { duration } from "./time-entry.input.ts";
import { amountOf, billedMinutes, isSameAmount, sumAmounts } from "./time-entry.money.ts";
import { priceBy } from "./time-entry.rate.ts";

const minutesOf = (text: string) => {
  const parsed = parseDuration(text);
  return "minutes" in parsed ? parsed.minutes : null;
};

describe("a duration", () => {
  it.each([
    ["1h", 60],
    ["30m", 30],
    ["1h 30m", 90],
    ["1h30m", 90],
    ["1.5h", 90],
    ["1,5h", 90],
    ["90m", 90],
    ["1:30", 90],
    ["2h30", 150],
    ["90", 90],
    [" 1 H 05 M ", 65],
    ["0:01", 1],
    ["24h", 1_440],
    ["0.05h", 3],
    ["0,25 h", 15],
    ["30min", 30],
    ["30 minutes", 30],
    ["1hr", 60],
    ["2 hours", 120],
    ["1 h 5 min", 65],
    ["1 hour and 30 minutes", 90],
    ["1h, 15m", 75],
    [".5h", 30],
    [",25 h", 15],
    [":30", 30],
    ["PT1H30M", 90],
    ["pt45m", 45],
    ["PT2H", 120],
    ["PT1.5H", 90],
    ["2 Std. 15 Min.", 135],
  ])("typed as %s is %d minutes", (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it.each([
    "",
    "h",
    "1.5",
    "1,5",
    "-30",
    "-1h",
    "1h 60m",
    "1:60",
    "1:5",
    "1h30m20s",
    "1d",
    "0",
    "0m",
    "24h 1m",
    "1441",
    "1e2",
    "１h",
    "1.33h",
    "1 30",
    "1h.5",
    "1h,5",
    ":",
    ".h",
    ":3",
    "PT",
    "PT1H60M",
    "P1D",
    "PT30S",
    "1 hour 30 hours",
    "half an hour",
    "99999999999h",
  ])("is not %j, and the message says why", (text) => {
    const result = duration.safeParse(text);
    expect(result.success).toBe(false);
    const [issue] = result.error?.issues ?? [];
    expect(issue?.message).toMatch(/is not a duration; give 1h, 30m|1 minute to 24 hours|whole minutes|60 or more/);
  });

  it("is read the same in every form that says the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_440 }), (minutes) => {
        const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
        const two = String(rest).padStart(2, "0");
        const forms = [`${minutes}`, `${minutes}m`, `${hours}:${two}`, `${hours}h${rest}`, `${hours}h ${rest}m`];
        if (minutes % 3 === 0) {
          const decimal = (minutes / 60).toFixed(2);
          forms.push(`${decimal}h`, `${decimal.replace(".", ",")}h`);
        }
        for (const form of forms) expect(minutesOf(form), form).toBe(minutes);
      }),
      { seed: testSeed() },
    );
  });

  it("given as a number is whole minutes", () => {
    expect(duration.safeParse(45).data).toBe(45);
    for (const value of [0, -1, 1.5, 1_441, Number.NaN]) expect(duration.safeParse(value).success).toBe(false);
  });
});

describe("an amount", () => {
  it.each([
    [45, "150.00", "EUR", "112.50"],
    [1, "100.00", "EUR", "1.67"],
    [20, "100", "JPY", "33"],
    [1, "100", "KWD", "1.667"],
    [30, "0.01", "EUR", "0.01"],
    [29, "0.01", "EUR", "0.00"],
    [1_440, "99999999.9999", "EUR", "2400000000.00"],
    [60, "0", "EUR", "0.00"],
  ])("of %d minutes at %s %s is %s", (minutes, rate, currency, amount) => {
    expect(amountOf(minutes, rate, currency)).toBe(amount);
  });

  it("agrees with exact rational arithmetic in thousands of random cases", () => {
    const currencies = ["EUR", "JPY", "KWD", "CLF", "USD", "HUF"];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_680 }),
        fc.bigInt({ min: 0n, max: 999_999_999_999n }),
        fc.constantFrom(...currencies),
        (minutes, tenThousandths, currency) => {
          const text = tenThousandths.toString().padStart(5, "0");
          const rate = `${text.slice(0, -4)}.${text.slice(-4)}`;
          const digits = BigInt(minorDigits(currency));
          const units = BigInt(amountOf(minutes, rate, currency).replace(".", ""));
          // Half up: units - 1/2 <= minutes/60 * rate * 10^digits < units + 1/2, without a division.
          const exact = 2n * BigInt(minutes) * tenThousandths * 10n ** digits;
          const unit = 600_000n;
          expect(exact >= (2n * units - 1n) * unit && exact < (2n * units + 1n) * unit).toBe(true);
        },
      ),
      { numRuns: 5_000, seed: testSeed() },
    );
  });

  it("has the digits of ISO 4217's minor unit, for every current code, whatever the JavaScript engine says", () => {
    const digits = (wanted: number) => currencyCodes.filter((code) => minorDigits(code) === wanted);
    expect(digits(0).join(" ")).toBe("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
    expect(digits(3).join(" ")).toBe("BHD IQD JOD KWD LYD OMR TND");
    expect(digits(4).join(" ")).toBe("CLF UYW");
    expect(digits(2)).toHaveLength(currencyCodes.length - 17 - 7 - 2);
    for (const code of ["HUF", "COP", "IDR", "PKR", "RSD", "ALL", "AFN", "IRR", "LAK", "MGA", "MMK", "YER", "XCG"])
      expect([code, minorDigits(code)]).toEqual([code, 2]);
    expect(currencyCodes).toHaveLength(new Set(currencyCodes).size);
    expect(amountOf(1, "100", "HUF")).toBe("1.67");
  });

  it("is in no currency that was withdrawn, whose successor is named; what was stored in it stays readable", () => {
    for (const [code, next] of [
      ["HRK", "EUR"],
      ["BGN", "EUR"],
      ["ANG", "XCG"],
      ["ZWL", "ZWG"],
      ["SLL", "SLE"],
      ["CUC", "CUP"],
    ] as const) {
      expect(currency.safeParse(code).error?.issues[0]?.message).toBe(`${code} was withdrawn; use ${next}`);
      expect(currency.safeParse(next).data).toBe(next);
      expect(minorDigits(code)).toBe(2);
    }
    for (const code of ["XXX", "XTS", "XAU", "XDR", "EURO", "", "BTC"])
      expect(currency.safeParse(code).success).toBe(false);
    expect(currency.safeParse(" eur ").data).toBe("EUR");
    expect(minorDigits("ITL")).toBe(0);
  });

  it("summed is the sum of the rounded ones, exact where floats aren't", () => {
    const entries = Array.from({ length: 1_000 }, () => ({ amount: "0.10", currency: "EUR" }));
    expect(sumAmounts(entries)).toEqual({ EUR: "100.00" });
    expect(sumAmounts([{ amount: null, currency: "EUR" }])).toEqual({});
    expect(sumAmounts([{ amount: "33", currency: "JPY" }])).toEqual({ JPY: "33" });
    expect(isSameAmount("90", "90.0000")).toBe(true);
    expect(isSameAmount("90", "90.01")).toBe(false);
  });

  it("is billed by the increment, rounded up", () => {
    expect([billedMinutes(1, 15), billedMinutes(15, 15), billedMinutes(16, 15), billedMinutes(7, 1)]).toEqual([
      15, 15, 30, 7,
    ]);
  });
});

describe("the rate", () => {
  const organization = { defaultHourlyRate: "60", defaultCurrency: "EUR" };
  const member = { hourlyRate: "80" };
  const company = { hourlyRate: "120", currency: null };

  it("is the first that is set, from the entry to the organization", () => {
    const chain = { entry: "200", company, member, organization };
    expect(priceBy(chain)).toEqual({ rate: "200", rateSource: "ENTRY", currency: "EUR" });
    expect(priceBy({ ...chain, entry: null })).toMatchObject({ rate: "120", rateSource: "COMPANY" });
    expect(priceBy({ ...chain, entry: null, company: null })).toMatchObject({ rate: "80", rateSource: "MEMBER" });
    const none = { ...chain, entry: null, company: null, member: { hourlyRate: null } };
    expect(priceBy(none)).toMatchObject({ rate: "60", rateSource: "ORGANIZATION" });
    expect(priceBy({ ...none, organization: { ...organization, defaultHourlyRate: null } })).toEqual({
      ...{ rate: null, rateSource: "NONE", currency: "EUR" },
    });
    expect(priceBy({ ...chain, entry: "0" })).toMatchObject({ rate: "0", rateSource: "ENTRY" });
  });

  it("of a member or the organization is skipped where the company has another currency", () => {
    const foreign = { hourlyRate: null, currency: "USD" };
    expect(priceBy({ entry: null, company: foreign, member, organization })).toEqual({
      ...{ rate: null, rateSource: "NONE", currency: "USD" },
    });
    expect(priceBy({ entry: "90", company: foreign, member, organization })).toMatchObject({ currency: "USD" });
  });
});

describe("the calendar", () => {
  it("knows its days and ISO weeks", () => {
    expect(["2026-02-29", "2024-02-29", "2026-13-01", "20261101"].map(isDay)).toEqual([false, true, false, false]);
    expect(["2026-11-23", "2026-12-28", "2027-01-04", "2024-12-30"].map(isoWeek)).toEqual([
      "2026-W48",
      "2026-W53",
      "2027-W01",
      "2025-W01",
    ]);
  });
});
