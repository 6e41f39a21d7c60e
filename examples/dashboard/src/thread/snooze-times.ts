/** Usual times for a ticket to come back at. */
export function snoozeTimes(now: Date): { name: string; at: Date }[] {
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: "In three hours", at: new Date(now.getTime() + 3 * 3_600_000) },
    { name: "Tomorrow", at: morning(1) },
    { name: "Next Monday", at: morning(toMonday) },
    { name: "In a week", at: morning(7) },
  ];
}

/** As a field of the type datetime-local wants it: the time here, to the minute. */
export function toLocalField(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
