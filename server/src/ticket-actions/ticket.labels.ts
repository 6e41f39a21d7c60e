/** The labels that a ticket has after some were added and some removed. */
import { invalid } from "../wire/errors.ts";

export const maxLabels = 50;

/** @throws VALIDATION past the limit, and when a label is to be added and removed */
export function changedLabels(ticket: { labelIds: string[] }, added: string[], removed: string[]): string[] {
  requireDistinct(added, removed);
  const left = ticket.labelIds.filter((id) => !removed.includes(id));
  const all = [...new Set([...left, ...added])].toSorted();
  if (all.length > maxLabels)
    throw invalid(
      ["input", "addLabels"],
      `A ticket can have at most ${maxLabels} labels; remove some first.`,
      "TOO_MANY",
    );
  return all;
}

/** @throws VALIDATION when a label is to be added and removed */
export function requireDistinct(added: string[], removed: string[]): void {
  if (added.some((id) => removed.includes(id)))
    throw invalid(
      ["input", "removeLabels"],
      "A label can't be both added and removed; name it in one list only.",
      "CONTRADICTION",
    );
}
