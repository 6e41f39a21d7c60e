/** What a merge kept of both, by field. */
import { invalid } from "../wire/errors.ts";
import { maxNotes } from "./fields.ts";

/** KEPT: the kept one's value; OTHER: that of the one that is gone; BOTH: the two together. */
export const mergeSources = ["KEPT", "OTHER", "BOTH"] as const;
export type MergeSource = (typeof mergeSources)[number];

export interface MergedField {
  field: string;
  from: MergeSource;
  /** The one that is gone had another value, which nothing keeps. */
  isOtherDropped: boolean;
}

/** Which of two values stays where only one can; null when neither has one. */
export function keptOf(field: string, kept: unknown, other: unknown): MergedField | null {
  const isEmpty = (value: unknown) => value === null || value === "";
  if (isEmpty(kept) && isEmpty(other)) return null;
  if (isEmpty(kept)) return { field, from: "OTHER", isOtherDropped: false };
  return { field, from: "KEPT", isOtherDropped: !isEmpty(other) && String(other) !== String(kept) };
}

/** Where the values of both stay; null when neither has one. */
export function bothOf(field: string, hasKept: boolean, hasOther: boolean): MergedField | null {
  if (!hasKept && !hasOther) return null;
  return { field, from: hasKept && hasOther ? "BOTH" : hasKept ? "KEPT" : "OTHER", isOtherDropped: false };
}

/** How it is kept for a replay: without the values themselves, which may be erased later. */
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
 * Notes of two as one text: those of the one that is gone come last, under a heading that says whose they were; what is there
 * already, as a whole, isn't added again.
 *
 * @throws VALIDATION when they are too long together
 */
export function mergeNotes(kept: string | null, other: string | null, name: string, now: Date): string | null {
  if (!other || (kept && blocksOf(kept).includes(other))) return kept;
  const notes = kept
    ? `${kept}${heading}"${name}", merged on ${now.toISOString().slice(0, 10)}${headingEnd}${other}`
    : other;
  if (notes.length > maxNotes)
    throw invalid(
      ["into"],
      `Together the notes have ${notes.length} characters, and may have ${maxNotes}; shorten them first.`,
    );
  return notes;
}

const heading = "\n\n--- From ";
const headingEnd = " ---\n";

function blocksOf(notes: string): string[] {
  const [first = "", ...others] = notes.split(heading);
  return [first, ...others.map((one) => one.slice(one.indexOf(headingEnd) + headingEnd.length))];
}
