/** The rules of an organization's settings. */
import { z } from "zod";
import { currency, hexColor, hourlyRate, line, longText, ticketPrefix } from "../inputs/fields.ts";

const timeZone = z.string().trim().refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin");

const httpUrl = z
  .string()
  .trim()
  .max(2_000, "must have at most 2,000 characters")
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), "must be an http or https URL");

const days = (from: number) => z.int().min(from, `must be ${from} to 365`).max(365, `must be ${from} to 365`);

export const newOrganization = z.object({
  name: line(200),
  ticketPrefix,
  defaultCurrency: currency.default("EUR"),
  timeZone: timeZone.default("UTC"),
});

/** Absent stays; null clears where there can be none. */
export const organizationSettings = z.object({
  name: line(200).optional(),
  ticketPrefix: ticketPrefix.optional(),
  defaultCurrency: currency.optional(),
  timeZone: timeZone.optional(),
  defaultHourlyRate: hourlyRate.nullish(),
  logoUrl: httpUrl.nullish(),
  primaryColor: hexColor.nullish(),
  emailSignature: longText(5_000).nullish(),
  outboundMailboxMode: z.enum(["RECEIVING", "DEFAULT"]).optional(),
  closedTicketReply: z.enum(["FOLLOW_UP", "REOPEN"]).optional(),
  reopenWithinDays: days(0).optional(),
  autoCloseResolvedAfterDays: days(1).nullish(),
  billingIncrementMinutes: z.int().min(1, "must be 1 to 240").max(240, "must be 1 to 240").optional(),
});

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are accepted by Intl and are no places: they know no daylight saving.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
