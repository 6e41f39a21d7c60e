/**
 * Currencies: ISO 4217, list one as published on 2024-06-25 by its maintenance agency (SIX), with what changed since:
 * XCG took the place of ANG on 2025-03-31, CUC was withdrawn, EUR took the place of BGN on 2026-01-01. Kept here and not
 * asked of the JavaScript engine, whose digits differ (HUF, COP, IDR, PKR, IQD) and may change under frozen amounts.
 * Without the codes that no amount can have a minor unit in (gold, test codes, "no currency").
 */
const codesByDigits: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
    COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD
    KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK
    NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

const digitsByCode = new Map(
  Object.entries(codesByDigits).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(digits)]),
  ),
);

/** ISO 4217, list three: codes that were withdrawn, with the one that took their place. What was stored stays readable. */
const successors: Record<string, string> = {
  ...Object.fromEntries(
    "ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK"
      .split(" ")
      .map((code) => [code, "EUR"]),
  ),
  ...{ AFA: "AFN", ANG: "XCG", AZM: "AZN", BYR: "BYN", CSD: "RSD", CUC: "CUP", GHC: "GHS", MRO: "MRU", MZM: "MZN" },
  ...{ ROL: "RON", RUR: "RUB", SDD: "SDG", SLL: "SLE", SRG: "SRD", STD: "STN", TMM: "TMT", TRL: "TRY", VEB: "VES" },
  ...{ VEF: "VES", YUM: "RSD", ZMK: "ZMW", ZWD: "ZWG", ZWL: "ZWG", ZWR: "ZWG" },
};

/** Of the withdrawn ones, those that had no minor unit. */
const wholeBefore = new Set(["BEF", "BYR", "ESP", "GRD", "ITL", "LUF", "PTE", "ROL", "TRL"]);

/** All codes that an amount can be in now, sorted. */
export const currencyCodes: readonly string[] = [...digitsByCode.keys()].sort();

/** The code that took the place of one that was withdrawn; null for every other. */
export function successorOf(code: string): string | null {
  return successors[code] ?? null;
}

/** How many digits after the point the currency's amounts have: its minor unit. */
export function minorDigits(code: string): number {
  return digitsByCode.get(code) ?? (wholeBefore.has(code) ? 0 : 2);
}
