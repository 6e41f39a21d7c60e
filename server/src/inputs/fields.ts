/** The rules of single input fields, with messages that say what is valid. */
import { z } from "zod";
import "./input.ts";
import { currencyCodes, successorOf } from "../lib/currency.ts";
import { hostIn, parseAddress, parseDomain } from "../lib/mail-address.ts";
import { firstIgnorable, hasVisible, toLine, trimInvisible } from "../lib/visible.ts";

const notWellFormed = "must consist of whole characters; it contains half of one (a lone surrogate)";

/**
 * One line of text: single spaces between words, no invisible characters at the ends, and at least one visible
 * character.
 */
export function line(maxLength: number) {
  return z
    .string()
    .transform(toLine)
    .pipe(
      z
        .string()
        .min(1, "must not be empty")
        .max(maxLength, `must have at most ${maxLength} characters`)
        .refine(hasNoControls, "must not contain control characters")
        .refine(isWellFormed, notWellFormed),
    )
    .meta({ graphql: "String" });
}

/** Text of several lines, trimmed; empty if it has no visible character. NUL can't be stored. */
export function longText(maxLength: number) {
  return z
    .string()
    .transform(trimLongText)
    .pipe(z.string().max(maxLength, `must have at most ${maxLength} characters`).refine(isWellFormed, notWellFormed))
    .meta({ graphql: "String" });
}

/** Text whose further rules are checked later. */
export const wholeText = z.string().refine(isWellFormed, notWellFormed);

/** Notes of the team on a contact or a company; merging combines both. */
export const maxNotes = 100_000;
export const notes = longText(maxNotes);

/** The form in which long texts are stored, including bodies of messages. */
export function trimLongText(text: string): string {
  return trimInvisible(text.replaceAll("\r\n", "\n").replaceAll("\0", ""));
}

export const emailAddress = z
  .string()
  .trim()
  .transform((text, context) => {
    const address = parseAddress(text);
    if (address) return address.shown;
    context.issues.push({
      code: "custom",
      message: explain(text, "one e-mail address such as ada@example.com"),
      input: text,
    });
    return z.NEVER;
  })
  .meta({ graphql: "EmailAddress" });

/** The key of a mail domain. A pasted URL, a leading www. and a trailing dot are reduced to the domain. */
export const mailDomain = z
  .string()
  .trim()
  .transform((text, context) => {
    const domain = parseDomain(hostIn(text));
    if (domain) return domain.key;
    context.issues.push({ code: "custom", message: explain(text, "a mail domain such as acme.com"), input: text });
    return z.NEVER;
  })
  .meta({ graphql: "String" });

function explain(text: string, wanted: string): string {
  const invisible = firstIgnorable(text);
  if (invisible === null) return `must be ${wanted}`;
  const name = `U+${invisible.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
  return `must be ${wanted}, and contains an invisible character (${name}); type it instead of pasting it`;
}

export const phone = z
  .string()
  .transform((text) => text.replace(/\s+/g, " ").trim())
  .pipe(
    z
      .string()
      .regex(/^\+?[\d ()./-]{3,40}$/, "must be a phone number such as +49 30 123456")
      .refine((text) => text.replace(/\D/g, "").length >= 3, "must have at least three digits"),
  )
  .meta({ graphql: "String" });

/** An id in another system: any text, trimmed and compared exactly. */
export const externalId = z
  .string()
  .transform(toExternalId)
  .pipe(
    z
      .string()
      .min(1, "must not be empty")
      .max(200, "must have at most 200 characters")
      .refine((text) => text === "" || hasVisible(text), "must have a visible character")
      .refine(hasNoControls, "must not contain control characters")
      .refine(isWellFormed, notWellFormed),
  )
  .meta({ graphql: "String" });

/** The form in which it is stored and looked up. */
export function toExternalId(text: string): string {
  return text.trim();
}

export const hexColor = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "must be a colour such as #3b82f6")
  .meta({ graphql: "HexColor" });

export const ticketPrefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][A-Z0-9]{1,9}$/, "must have 2 to 10 characters of A-Z and 0-9 and start with a letter, such as ACME")
  .meta({ graphql: "String" });

export const currency = z
  .string()
  .trim()
  .toUpperCase()
  .superRefine((code, context) => {
    if (currencyCodes.includes(code)) return;
    const successor = successorOf(code);
    context.addIssue({
      code: "custom",
      message: successor ? `${code} was withdrawn; use ${successor}` : "must be a current ISO 4217 code such as EUR",
    });
  })
  .meta({ graphql: "CurrencyCode" });

/** A currency that may have been withdrawn since it was stored. */
export const storedCurrency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => currencyCodes.includes(code) || successorOf(code) !== null, "must be an ISO 4217 code such as EUR")
  .meta({ graphql: "CurrencyCode" });

/** Text, never a float: as the database stores it, numeric(12,4). */
export const hourlyRate = z
  .string()
  .trim()
  .regex(/^\d{1,8}(\.\d{1,4})?$/, 'must be an amount of at most 8 digits and 4 decimals such as "120.00"')
  .meta({ graphql: "Decimal" });

/**
 * NIST SP 800-63B, section 3.1.1.2, asks for length and a blocklist of common passwords, not for kinds of characters.
 */
export const newPassword = z
  .string()
  .min(10, "must have at least 10 characters")
  .max(1_024, "must have at most 1,024 characters")
  .refine((text) => new Set(text).size > 3, "must have more than three different characters");

/** The version that an update is based on. */
export const expectedVersion = z
  .int()
  .positive()
  .nullish()
  .describe("The version you read. If the current one differs, the call fails with CONFLICT.");

export const timeZone = z
  .string()
  .trim()
  .refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin")
  .meta({ graphql: "TimeZone" });

export const httpUrl = z
  .string()
  .trim()
  .max(2_000, "must have at most 2,000 characters")
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "must be an http or https URL")
  .meta({ graphql: "URL" });

function hasNoControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what it searches for
  return !/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text);
}

function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

function isTimeZone(name: string): boolean {
  try {
    // Intl also accepts offsets such as +02:00, which aren't places and have no daylight saving time.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
