import { Temporal } from "temporal-polyfill";

/** What a date in a filter means: an instant, or from the start of a day to the start of the next. */
export interface DateRange {
  from: Date;
  /** Equal to `from` for an instant. */
  until: Date;
}

export interface DateContext {
  now: Date;
  timeZone: string;
}

/** An ISO 8601 instant, a bare date, or an ISO 8601 duration from now such as -P7D. */
export const dateForms =
  'an instant ("2026-11-23T09:00:00Z"), a date ("2026-11-23", a day in the organization\'s time zone) or a duration from now ("-P7D")';

/** Null when the text has none of the forms. */
export function parseFilterDate(text: string, { now, timeZone }: DateContext): DateRange | null {
  try {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) {
      const day = Temporal.PlainDate.from(text);
      return { from: startOf(day, timeZone), until: startOf(day.add({ days: 1 }), timeZone) };
    }
    if (/^[+-]?P/.test(text)) {
      const from = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).add(text);
      return instant(from.toInstant());
    }
    return instant(Temporal.Instant.from(text));
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
}

function startOf(day: Temporal.PlainDate, timeZone: string): Date {
  return inRange(new Date(day.toZonedDateTime(timeZone).toInstant().epochMilliseconds));
}

/** Years that the database and every reader write with four digits. */
function inRange(date: Date): Date {
  const year = date.getUTCFullYear();
  if (year >= 1 && year <= 9999) return date;
  throw new RangeError("a date in the years 1 to 9999 is expected");
}

function instant(value: Temporal.Instant): DateRange {
  const from = inRange(new Date(value.epochMilliseconds));
  return { from, until: from };
}
