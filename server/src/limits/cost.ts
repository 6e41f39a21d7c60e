/** What an operation costs, in points: a documented formula of what it can answer with and what it writes. */

/** Rows of an answer that cost a point. */
export const rowsPerPoint = 100;
/** Each mutation: a transaction, its changes, and those who follow them. */
export const pointsPerMutation = 10;

export interface Operation {
  kind: "query" | "mutation" | "subscription";
  /** The fields at its root, by name. */
  fields: readonly string[];
  /** How many rows it can answer with; of one event, where it is a subscription. */
  rows: number;
  /** Items of the lists that it brings, and one for each 5,000 characters of a text. */
  inputRows: number;
}

/**
 * A query or the start of a subscription costs 1 point for each field at its root, a mutation 10 for each and 1 for each
 * row that it brings; and everything 1 for each 100 rows, or part of 100, beyond the first 100 that it can answer with.
 */
export function costOf({ kind, fields, rows, inputRows }: Operation): number {
  const own = kind === "mutation" ? pointsPerMutation * fields.length + inputRows : Math.max(1, fields.length);
  return own + Math.max(0, Math.ceil(rows / rowsPerPoint) - 1);
}

/** The same of what was answered; never more than was asked for. */
export function actualCost(operation: Operation, data: unknown): number {
  return Math.min(costOf(operation), costOf({ ...operation, rows: countRows(data) }));
}

/** Objects in an answer, as many as the estimate's rows at most. Without recursion: an answer may be large. */
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
