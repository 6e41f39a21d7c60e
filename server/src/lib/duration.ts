/** Durations as people type them, as whole minutes. */

export const maxMinutes = 1_440;

export const durationForms =
  "1h, 30m, 1h 30m, 2h30, 1.5h or 1,5h, 90m, 1:30, :30, words such as 2 hours or 30 min, PT1H30M, or whole minutes such as 90";

const hour = "(?:h|hr|hrs|hour|hours|std|stunde|stunden)";
const minute = "(?:m|min|mins|minute|minutes|minuten)";

const forms: [RegExp, (groups: string[]) => Minutes | null][] = [
  // 90, 90m, 90 minutes
  [new RegExp(`^(\\d{1,5})(?:\\s*${minute}\\.?)?$`), ([minutes]) => whole(minutes)],
  // 1h, 1.5h, 1,5 hours, .5h
  [new RegExp(`^(\\d{0,3})(?:[.,](\\d{1,4}))?\\s*${hour}\\.?$`), ([hours, decimals]) => ofHours(hours, decimals)],
  // 1h 30m, 1h30, 1 hour 5 minutes, 1 h, 5 min
  [
    new RegExp(`^(\\d{1,3})\\s*${hour}(?:[.,]?\\s+(?:and\\s+|und\\s+)?)?(\\d{1,2})\\s*(?:${minute}\\.?)?$`),
    ([hours, minutes]) => ofClock(hours, minutes),
  ],
  // 1:30, :30
  [/^(\d{0,3}):(\d\d)$/, ([hours, minutes]) => ofClock(hours, minutes)],
  // PT1H30M, PT90M, PT1.5H (ISO 8601, section 5.5.2)
  [/^pt(\d{1,3})(?:[.,](\d{1,4}))?h$/, ([hours, decimals]) => ofHours(hours, decimals)],
  [/^pt(?:(\d{1,3})h)?(\d{1,5})m$/, ([hours, minutes]) => (hours ? ofClock(hours, minutes) : whole(minutes))],
];

/** Exact: `scaled` minutes times 10,000, so that 1.33h is seen to be no whole number of them. */
interface Minutes {
  scaled: number;
}

/** The whole minutes, or what is wrong with the text. */
export function parseDuration(text: string): { minutes: number } | { problem: string } {
  const typed = text.trim().toLowerCase();
  for (const [form, read] of forms) {
    const match = form.exec(typed);
    if (!match || match.slice(1).every((group) => !group)) continue;
    const value = read(match.slice(1) as string[]);
    if (!value) return { problem: `"${shorten(text)}" has 60 or more minutes besides its hours` };
    if (value.scaled % 10_000 !== 0)
      return {
        problem: `"${shorten(text)}" is ${value.scaled / 10_000} minutes; give whole minutes, such as ${Math.ceil(value.scaled / 10_000)}m`,
      };
    const minutes = value.scaled / 10_000;
    if (minutes >= 1 && minutes <= maxMinutes) return { minutes };
    return { problem: `must be 1 minute to 24 hours; "${shorten(text)}" is ${minutes} minutes` };
  }
  return { problem: `"${shorten(text)}" is not a duration; give ${durationForms}` };
}

function whole(minutes = ""): Minutes {
  return { scaled: Number(minutes) * 10_000 };
}

function ofHours(hours = "", decimals = ""): Minutes {
  return { scaled: Number(hours + decimals.padEnd(4, "0")) * 60 };
}

function ofClock(hours = "", minutes = ""): Minutes | null {
  if (Number(minutes) > 59) return null;
  return whole(String(Number(hours) * 60 + Number(minutes)));
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
