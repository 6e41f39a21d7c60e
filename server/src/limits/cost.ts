/** What an operation costs, in points: a documented formula of the rows in its answer and of what it writes. */

/** The number of rows in an answer that cost one point. */
export const rowsPerPoint = 100;
/** The points of a mutation: it takes a transaction, records changes, and wakes those who follow them. */
export const pointsPerMutation = 10;

export interface Operation {
  kind: "query" | "mutation" | "subscription";
  /** Its root fields, by name. */
  fields: readonly string[];
  /** How many rows its answer can have; for a subscription, the answer to one event. */
  rows: number;
  /** The items of the lists in its input, and one for each 5,000 characters of a text. */
  inputRows: number;
}

/**
 * A query or the start of a subscription costs 1 point for each root field. A mutation costs 10 for each root field and
 * 1 for each row in its input. Each operation costs 1 more for each 100 rows, or part of 100, that its answer can have
 * beyond the first 100.
 */
export function costOf({ kind, fields, rows, inputRows }: Operation): number {
  const own = kind === "mutation" ? pointsPerMutation * fields.length + inputRows : Math.max(1, fields.length);
  return own + Math.max(0, Math.ceil(rows / rowsPerPoint) - 1);
}

/** The same for what was answered; never more than was asked for. */
export function actualCost(operation: Operation, data: unknown): number {
  return Math.min(costOf(operation), costOf({ ...operation, rows: countRows(data) }));
}

/** Counts the objects in an answer, up to the estimated rows. Without recursion: an answer can be large. */
function countRows(data: unknown): number {
  let rows = 0;
  const left: unknown[] = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (value === null || typeof value !== "object") continue;
    if (Array.isArray(value)) {
      for (const item of value) left.push(item);
      continue;
    }
    rows++;
    for (const field of Object.values(value)) if (field !== null && typeof field === "object") left.push(field);
  }
  return rows;
}
