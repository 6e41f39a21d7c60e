export interface CsvForm {
  delimiter: "," | ";" | "\t";
  /** Between the whole and the fraction of a number. */
  decimal: "." | ",";
}

export const plainCsv: CsvForm = { delimiter: ",", decimal: "." };

/**
 * A cell of a CSV file (RFC 4180, section 2): quoted where it must be, and harmless in a spreadsheet,
 * which would run text that begins with one of = + - @, a tab or a carriage return as a formula
 * (OWASP, CSV Injection). Such text gets an apostrophe in front, and stays text when it is read back; so does what has
 * apostrophes there already, so that a reader who takes off the first one has what was written. The
 * same holds behind a semicolon, a tab or a line's end: where a spreadsheet splits there, and not at commas,
 * a quote inside of a cell means nothing, and another cell would begin. A dash with a space behind it is a list.
 */
export function csvCell(value: string, { delimiter }: CsvForm = plainCsv): string {
  const inside = harmlessInside(value, delimiter);
  const harmless = beginsFormula(value) ? `'${inside}` : inside;
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Behind apostrophes that are there already, and blanks. */
function beginsFormula(value: string): boolean {
  let at = 0;
  while (value[at] === "'") at++;
  if (value[at] === "\t" || value[at] === "\r") return true;
  while (value[at] !== undefined && blank.test(value[at] as string)) at++;
  return formulas.has(value[at] as string);
}

const blank = /[\s\u00a0\ufeff]/;

/**
 * Puts an apostrophe before what would be a formula behind a separator and blanks. One pass: a pattern for it would
 * look at each run of blanks once from each of its places.
 */
function harmlessInside(value: string, delimiter: CsvForm["delimiter"]): string {
  const parts: string[] = [];
  let [from, isAtStart] = [0, false];
  for (let at = 0; at < value.length; at++) {
    const char = value[at] as string;
    if (separators.has(char) || (char === "," && delimiter !== ",")) isAtStart = true;
    else if (isAtStart && char.trim() !== "") {
      let sign = at;
      while (value[sign] === "'") sign++;
      if (formulas.has(value[sign] as string) && !(value[sign] === "-" && value[sign + 1] === " ")) {
        parts.push(value.slice(from, at), "'");
        from = at;
      }
      at = Math.max(at, sign - 1);
      isAtStart = false;
    }
  }
  return from === 0 ? value : parts.join("") + value.slice(from);
}

const separators = new Set([";", "|", "\t", "\r", "\n"]);
const formulas = new Set(["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]);

/** One line of the file, with its end (CRLF, as RFC 4180 has it). Numbers are never formulas: they have no sign. */
export function csvRow(cells: readonly CsvValue[], form: CsvForm = plainCsv): string {
  const texts = cells.map((cell) => (typeof cell === "string" ? csvCell(cell, form) : csvNumber(cell.number, form)));
  return `${texts.join(form.delimiter)}\r\n`;
}

/** Text, or a decimal number with a point. */
export type CsvValue = string | { number: string };

function csvNumber(number: string, { delimiter, decimal }: CsvForm): string {
  const text = number.replace(".", decimal);
  return text.includes(delimiter) ? `"${text}"` : text;
}
