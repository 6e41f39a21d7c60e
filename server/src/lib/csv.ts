/**
 * A cell of a CSV file (RFC 4180, section 2): quoted where it must be, and harmless in a spreadsheet,
 * which would run text that begins with one of = + - @, a tab or a carriage return as a formula
 * (OWASP, CSV Injection). Such text gets an apostrophe in front, and stays text when it is read back. The
 * same holds behind a semicolon, a tab or a line's end: where a spreadsheet splits there, and not at commas,
 * a quote inside of a cell means nothing, and another cell would begin. A dash with a space behind it is a list.
 */
export function csvCell(value: string): string {
  const inside = harmlessInside(value);
  const harmless = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(value) ? `'${inside}` : inside;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * Puts an apostrophe before what would be a formula behind a separator and blanks. One pass: a pattern for it would
 * look at each run of blanks once from each of its places.
 */
function harmlessInside(value: string): string {
  const parts: string[] = [];
  let [from, isAtStart] = [0, false];
  for (let at = 0; at < value.length; at++) {
    const char = value[at] as string;
    if (separators.has(char)) isAtStart = true;
    else if (isAtStart && char.trim() !== "") {
      if (formulas.has(char) && !(char === "-" && value[at + 1] === " ")) {
        parts.push(value.slice(from, at), "'");
        from = at;
      }
      isAtStart = false;
    }
  }
  return from === 0 ? value : parts.join("") + value.slice(from);
}

const separators = new Set([";", "|", "\t", "\r", "\n"]);
const formulas = new Set(["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]);

/** One line of the file, with its end (CRLF, as RFC 4180 has it). */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
