/** The same change for many tickets, and what takes it back for each. */
import type { TicketsBulkUpdateInput, Tiketti } from "@tiketti/sdk";
import type { Row } from "../live/use-tickets.ts";
import type { Change } from "../notices/changes.ts";
import { mayBecome, setStatus } from "../thread/ticket-changes.ts";

export type BulkInput = Pick<
  TicketsBulkUpdateInput,
  "addLabels" | "removeLabels" | "status" | "assignee" | "priority" | "isDeleted"
>;

export interface Failure {
  id: string;
  code: string;
  message: string;
}

/** The API's limit. */
export const mostTickets = 100;

/** Changes each ticket by itself; answers which ones stayed as they were, and why. */
export async function changeMany(tiketti: Tiketti, rows: readonly Row[], input: BulkInput): Promise<Failure[]> {
  const tickets = rows.map(({ id }) => ({ id }));
  const { results } = await tiketti.tickets.bulkUpdate({ tickets, mode: "PER_TICKET", ...input });
  return rows.flatMap((row, at) => {
    const error = results[at]?.error;
    return error ? [{ id: row.id, code: row.code, message: wordsFor(row, error) }] : [];
  });
}

/** The server speaks to programs; of what is most usual, in the words of the desk. */
function wordsFor({ code, assignee }: Row, error: { code: string; message: string }): string {
  if (error.code !== "FORBIDDEN" || !assignee) return error.message;
  return `${code} is assigned to ${assignee.name}. Assign it to yourself first.`;
}

/** The change that was made to these tickets, to be said and undone. */
export function bulkChange(tiketti: Tiketti, done: readonly Row[], input: BulkInput, told: string): Change {
  const back = done.filter((row) => inverseOf(row, input) !== null);
  const left = done.length - back.length;
  const change = { before: null, run: async () => null };
  if (back.length === 0) return { ...change, told, undo: { whyNot: "No undo: tickets go back to Open only." } };
  return {
    ...change,
    told: left === 0 ? told : `${told} ${left} of them can't go back to the status before; Undo leaves them.`,
    undone: `Undone for ${back.length === 1 ? "1 ticket" : `${back.length} tickets`}: ${told}`,
    undo: async () => {
      await revertMany(tiketti, back, input);
      return null;
    },
  };
}

/** What takes the change back on this ticket; null when the rules of the statuses don't allow it. */
export function inverseOf(row: Row, input: BulkInput): BulkInput | null {
  const { status, priority, assignee, labels } = row;
  const has = (id: string | null | undefined) => labels.some((label) => label.id === id);
  if (input.status && !mayBecome(input.status, status)) return null;
  const added = (input.addLabels ?? []).filter(({ id }) => !has(id));
  const removed = (input.removeLabels ?? []).filter(({ id }) => has(id));
  return {
    ...(input.status && { status }),
    ...(input.priority && { priority }),
    ...(input.assignee !== undefined && { assignee: assignee && { id: assignee.id } }),
    ...(input.isDeleted !== undefined && input.isDeleted !== null && { isDeleted: !input.isDeleted }),
    ...(added.length > 0 && { removeLabels: added }),
    ...(removed.length > 0 && { addLabels: removed }),
  };
}

/**
 * Takes a change back, with as few requests as the tickets differ.
 *
 * @throws with what stayed changed
 */
export async function revertMany(tiketti: Tiketti, rows: readonly Row[], input: BulkInput): Promise<void> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(inverseOf(row, input));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const failures: Failure[] = [];
  for (const [key, group] of groups) {
    const inverse = JSON.parse(key) as BulkInput | null;
    if (!inverse || Object.keys(inverse).length === 0) continue;
    failures.push(...(await changeMany(tiketti, group, inverse)));
  }
  // Many at once can't be told until when they are pending.
  for (const { id, status, pendingUntil } of rows)
    if (input.status && status === "PENDING" && pendingUntil && mayBecome(input.status, status))
      await setStatus(tiketti, id, { status, pendingUntil });
  if (failures.length > 0) throw new Error(`Not undone: ${failures.map(({ message }) => message).join(" ")}`);
}
