/** Days without a time, as `2026-11-25`. */
import { Temporal } from "temporal-polyfill";

/** The day that it is at the instant in the zone. */
export function dayIn(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The latest day that it is anywhere on earth: in Kiribati, at UTC+14. */
export function latestDay(instant: Date): string {
  return dayIn(instant, "Pacific/Kiritimati");
}

/** Whether the text is a day of the calendar; 2026-02-30 isn't one. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A day as the database's client takes it. */
export function toDate(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** A day as the database's client gives it. */
export function fromDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The week of ISO 8601 that begins on this Monday: `2026-W48`. */
export function isoWeek(monday: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(monday);
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, "0")}`;
}
