/** The rules of a time entry's input fields. */
import { z } from "zod";
import { hourlyRate, line, longText } from "../inputs/fields.ts";
import { isDay } from "../lib/calendar.ts";
import { maxMinutes, parseDuration } from "../lib/duration.ts";

/** Text in one of the forms, or whole minutes. */
export const duration = z.union([z.string(), z.number()]).transform((value, context) => {
  const parsed = typeof value === "number" ? ofNumber(value) : parseDuration(value);
  if ("minutes" in parsed) return parsed.minutes;
  context.issues.push({ code: "custom", message: parsed.problem, params: { code: "INVALID_DURATION" }, input: value });
  return z.NEVER;
});

function ofNumber(value: number): { minutes: number } | { problem: string } {
  if (Number.isInteger(value) && value >= 1 && value <= maxMinutes) return { minutes: value };
  return { problem: `must be 1 to ${maxMinutes.toLocaleString("en")} whole minutes; ${value} isn't` };
}

export const description = longText(2_000);

const earliestDay = "2000-01-01";

/** A day; whether it is in the future the clock has to say. */
export const day = z
  .string()
  .trim()
  .refine(isDay, "must be a day such as 2026-11-25")
  .refine((text) => text >= earliestDay, `must not be before ${earliestDay}`);

export const rate = hourlyRate;

export const invoiceReference = line(100);

export const entryFields = {
  description: description.nullish(),
  isBillable: z.boolean().nullish(),
};
