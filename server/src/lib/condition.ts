/** A condition as Prisma's `where` takes it. */
export type Condition = Record<string, unknown>;

/**
 * Whether a row that is at hand matches a condition: what the database answers, for where a statement would be too much.
 * It knows the parts that visibility is made of; a to-one relation is a row inside the row, and null where there is none.
 *
 * @throws Error for a part that it doesn't know
 */
export function holds(condition: Condition, row: Condition): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    if (wanted === undefined) return true;
    if (name === "AND") return [wanted].flat().every((one) => holds(one as Condition, row));
    if (name === "OR") return (wanted as Condition[]).some((one) => holds(one, row));
    if (name === "NOT") return ![wanted].flat().every((one) => holds(one as Condition, row));
    return matches(row[name] ?? null, wanted, name);
  });
}

function matches(stored: unknown, wanted: unknown, name: string): boolean {
  if (wanted === null || typeof wanted !== "object") return stored === wanted;
  const { in: list, not, ...rest } = wanted as Condition;
  if (list !== undefined) return (list as unknown[]).includes(stored);
  if (not === null && Object.keys(rest).length === 0) return stored !== null;
  if (not !== undefined) throw new Error(`A condition on ${name} can't be matched here.`);
  return stored !== null && holds(wanted as Condition, stored as Condition);
}
