/** The rules of single input fields, with messages that say what would be right. */
import { z } from "zod";

/** One line of text, trimmed. */
export function line(maxLength: number) {
  return z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(
      z
        .string()
        .min(1, "must not be empty")
        .max(maxLength, `must have at most ${maxLength} characters`)
        .refine((text) => hasNoControls(text) && text.isWellFormed(), "must not contain control characters"),
    );
}

/** Text of several lines, trimmed; NUL can't be stored. */
export function longText(maxLength: number) {
  return z
    .string()
    .transform((text) => text.replaceAll("\r\n", "\n").replaceAll("\0", "").trim())
    .pipe(z.string().max(maxLength, `must have at most ${maxLength} characters`));
}

const addressPattern = /^[^\s@"<>()[\]\\,;:]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

/** Whether it is one plain address (RFC 5321 without quoted local parts and literals). */
export function isEmailAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    text.lastIndexOf("@") <= 64 &&
    addressPattern.test(text) &&
    hasNoControls(text) &&
    !text.includes("..")
  );
}

export const emailAddress = z
  .string()
  .trim()
  .refine(isEmailAddress, "must be one e-mail address such as ada@example.com");

export const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()./-]{3,40}$/, "must be a phone number such as +49 30 123456");

export const externalId = line(200);

export const hexColor = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "must be a colour such as #3b82f6");

export const ticketPrefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][A-Z0-9]{1,9}$/, "must have 2 to 10 of A-Z and 0-9 and start with a letter, such as ACME");

export const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => Intl.supportedValuesOf("currency").includes(code), "must be an ISO 4217 code such as EUR");

/** Text, never a float: as the database keeps it, numeric(12,4). */
export const hourlyRate = z
  .string()
  .trim()
  .regex(/^\d{1,8}(\.\d{1,4})?$/, 'must be an amount of at most 8 digits and 4 decimals such as "120.00"');

/** NIST SP 800-63B, section 3.1.1.2, asks for length and against the well-known ones, not for kinds of characters. */
export const newPassword = z
  .string()
  .min(10, "must have at least 10 characters")
  .max(1_024, "must have at most 1,024 characters")
  .refine((text) => new Set(text).size > 3, "must have more than three different characters");

export const expectedVersion = z.int().positive().nullish();

function hasNoControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(text);
}
