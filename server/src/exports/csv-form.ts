/** The format of an export's file, from the request's query parameters. */

import { type CsvForm, plainCsv } from "../lib/csv.ts";
import { invalid } from "../wire/errors.ts";

export interface FileForm extends CsvForm {
  /** Whether the file begins with a byte order mark, by which Excel recognizes UTF-8. */
  hasMark: boolean;
}

const delimiters = { comma: ",", semicolon: ";", tab: "\t" } as const;
const decimals = { point: ".", comma: "," } as const;

const continental: FileForm = { delimiter: ";", decimal: ",", hasMark: true };
const swiss: FileForm = { delimiter: ";", decimal: ".", hasMark: true };
const english: FileForm = { delimiter: ",", decimal: ".", hasMark: true };

/** Each preset names the format that a spreadsheet in that language opens on a double click. */
export const presets: Record<string, FileForm> = {
  ...{
    "excel-at": continental,
    "excel-ch": swiss,
    "excel-de": continental,
    "excel-es": continental,
    "excel-fr": continental,
    "excel-it": continental,
  },
  ...{ "excel-nl": continental, "excel-pl": continental, "excel-gb": english, "excel-us": english },
};

export const formParameters = ["delimiter", "decimal", "bom", "preset"] as const;

/** Single parameters win over the preset. @throws VALIDATION */
export function readForm(params: URLSearchParams): FileForm {
  const preset = readOne(params, "preset", presets) ?? { ...plainCsv, hasMark: false };
  return {
    delimiter: readOne(params, "delimiter", delimiters) ?? preset.delimiter,
    decimal: readOne(params, "decimal", decimals) ?? preset.decimal,
    hasMark: readFlag(params.get("bom")) ?? preset.hasMark,
  };
}

function readOne<Value>(params: URLSearchParams, name: string, values: Record<string, Value>): Value | null {
  const given = params.get(name)?.toLowerCase() ?? null;
  if (given === null) return null;
  if (Object.hasOwn(values, given)) return values[given] as Value;
  throw invalid([name], `${name} must be one of ${Object.keys(values).join(", ")}; it is "${given.slice(0, 40)}".`);
}

function readFlag(text: string | null): boolean | null {
  if (text === null) return null;
  if (text === "false") return false;
  if (text === "true" || text === "") return true;
  throw invalid(
    ["bom"],
    "bom must be true or false: whether the file begins with a byte order mark, which Excel needs.",
  );
}
