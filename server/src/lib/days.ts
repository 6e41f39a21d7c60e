const dayMs = 24 * 3_600_000;

/** The instant so many days of 24 hours later, or earlier for a negative number. */
export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * dayMs);
}
