/**
 * The forms in which text is compared. Databases fold case by their own rules and locales, so keys are made only here,
 * and code that writes, looks up or filters a value uses the same function.
 *
 * If you change a function here, increase `keyVersion` in db/rekey.ts, so that stored keys are rebuilt.
 */
import { createHash } from "node:crypto";
import { toLine, withoutIgnorable } from "./visible.ts";

/**
 * The form in which names are compared: NFKC, full case folding (Unicode 3.13, D146: `Straße` is `STRASSE`), without
 * invisible characters, one space between words.
 */
export function toKey(text: string): string {
  return bounded(folded(text));
}

/** The form in which `contains` and `startsWith` look for a name: its key without accents, so that `jose` is in `José`. */
export function toSearchKey(text: string): string {
  const plain = folded(text)
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
  return plain.replace(/[æœøłđðþħŧı]/g, (letter) => unaccented[letter] ?? letter);
}

/** A name with the keys that are stored beside it. */
export function nameColumns(name: string): { name: string; nameKey: string; searchKey: string } {
  return { name, nameKey: toKey(name), searchKey: toSearchKey(name) };
}

/** Letters that Unicode takes apart into no base letter and accent. */
const unaccented: Record<string, string> = {
  ...{ æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ı: "i" },
};

/** Of the line as it is kept, so that what was typed and what was stored have one key. */
function folded(text: string): string {
  const seen = withoutIgnorable(toLine(text).normalize("NFKC"));
  return foldCase(seen).normalize("NFKC").replace(/\s+/g, " ").trim();
}

/**
 * Full case folding with what JavaScript has. Up and down again is what CaseFolding.txt says of every character (a test
 * holds both against each other), but for the dotless i, which folds to itself, and the final sigma, which `toLowerCase`
 * makes by its place in the word.
 */
export function foldCase(text: string): string {
  return text
    .split("ı")
    .map((part) => part.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ"))
    .join("ı");
}

/** A key in an index has at most 2,704 bytes, and one character may fold to eighteen. */
function bounded(key: string): string {
  if (key.length <= 600) return key;
  return `${key.slice(0, 536).toWellFormed()}${createHash("sha256").update(key).digest("hex")}`;
}
