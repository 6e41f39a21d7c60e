/**
 * A cell of a CSV file (RFC 4180, section 2): quoted where it must be, and harmless in a spreadsheet,
 * which would run text that begins with one of = + - @, a tab or a carriage return as a formula
 * (OWASP, CSV Injection). Such text gets an apostrophe in front, and stays text when it is read back. The
 * same holds behind a semicolon, a tab or a line's end: where a spreadsheet splits there, and not at commas,
 * a quote inside of a cell means nothing, and another cell would begin. A dash with a space behind it is a list.
 */
export function csvCell(value: string): string {
  const inside = value.replace(/([;|\t\r\n]\s*)(?=[=+@\uff1d\uff0b\uff0d\uff20]|-(?! ))/g, "$1'");
  const harmless = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/.test(value) ? `'${inside}` : inside;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** One line of the file, with its end (CRLF, as RFC 4180 has it). */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
