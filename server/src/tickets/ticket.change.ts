import type { ChangeKind } from "../changes/topics.ts";

/** Timestamps that messages move. Moving these alone is no edit, so neither updatedAt nor version changes. */
const activityFields = ["lastActivityAt", "waitingSince", "firstRepliedAt"];

/** The names of the fields that differ. */
export function changedFields(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return Object.keys(after).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

export function isEdit(fields: string[]): boolean {
  return fields.some((field) => !activityFields.includes(field));
}

/** The kinds of one change of a ticket, from the fields that changed. */
export function ticketChangeKinds(
  fields: string[],
  after: { deletedAt: Date | null; mergedIntoId: string | null },
): ChangeKind[] {
  if (fields.includes("deletedAt")) return [after.deletedAt ? "ticket.deleted" : "ticket.restored"];
  const kinds: ChangeKind[] = ["ticket.updated"];
  if (fields.includes("status")) kinds.push("ticket.status_changed");
  if (fields.includes("assigneeId")) kinds.push("ticket.assigned");
  if (fields.includes("labelIds")) kinds.push("ticket.labels_changed");
  if (fields.includes("participantIds")) kinds.push("ticket.participants_changed");
  if (fields.includes("mergedIntoId") && after.mergedIntoId) kinds.push("ticket.merged");
  return kinds;
}
