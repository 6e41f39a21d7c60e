/** The values that a merge kept, by field. */
import { invalid } from "../wire/errors.ts";
import { maxNotes } from "./fields.ts";

/** KEPT: the kept one's value; OTHER: the merged one's; BOTH: the two combined. */
export const mergeSources = ["KEPT", "OTHER", "BOTH"] as const;
export type MergeSource = (typeof mergeSources)[number];

export interface MergedField {
  field: string;
  from: MergeSource;
  /** The merged one had a different value, which isn't kept. */
  isOtherDropped: boolean;
}

/** Which of two values stays if only one can; null if neither has one. */
export function keptOf(field: string, kept: unknown, other: unknown): MergedField | null {
  const isEmpty = (value: unknown) => value === null || value === "";
  if (isEmpty(kept) && isEmpty(other)) return null;
  if (isEmpty(kept)) return { field, from: "OTHER", isOtherDropped: false };
  return { field, from: "KEPT", isOtherDropped: !isEmpty(other) && String(other) !== String(kept) };
}

/** For fields where the values of both stay; null if neither has one. */
export function bothOf(field: string, hasKept: boolean, hasOther: boolean): MergedField | null {
  if (!hasKept && !hasOther) return null;
  return { field, from: hasKept && hasOther ? "BOTH" : hasKept ? "KEPT" : "OTHER", isOtherDropped: false };
}

/** The form stored for a replay: without the values, which may be erased later. */
export function packMerged(fields: readonly (MergedField | null)[]): string {
  return fields
    .filter((one) => one !== null)
    .map(({ field, from, isOtherDropped }) => `${field} ${from} ${isOtherDropped}`)
    .join(",");
}

export function unpackMerged(text: string): MergedField[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [field, from, isOtherDropped] = part.split(" ") as [string, MergeSource, string];
      return { field, from, isOtherDropped: isOtherDropped === "true" };
    });
}

/**
 * Combines the notes of two objects: the merged one's come last, under a heading with its name. If they are already
 * there as a whole, they aren't added again.
 *
 * @throws VALIDATION when the result is too long
 */
export function mergeNotes(kept: string | null, other: string | null, name: string, now: Date): string | null {
  if (!other || (kept && blocksOf(kept).includes(other))) return kept;
  const notes = kept
    ? `${kept}${heading}"${name}", merged on ${now.toISOString().slice(0, 10)}${headingEnd}${other}`
    : other;
  if (notes.length > maxNotes)
    throw invalid(
      ["into"],
      `The combined notes would have ${notes.length} characters, and at most ${maxNotes} are allowed; shorten them first.`,
    );
  return notes;
}

const heading = "\n\n--- From ";
const headingEnd = " ---\n";

function blocksOf(notes: string): string[] {
  const [first = "", ...others] = notes.split(heading);
  return [first, ...others.map((one) => one.slice(one.indexOf(headingEnd) + headingEnd.length))];
}
