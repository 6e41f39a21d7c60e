import { DomainError } from "../wire/errors.ts";
import type { Write } from "./write.ts";

/**
 * Optimistic locking: refuses to change a row that somebody changed since the caller read it.
 *
 * @throws CONFLICT with the current version and the fields changed since
 */
export async function requireVersion(
  { tx }: Write,
  what: string,
  row: { id: string; version: number },
  expected: number | null | undefined,
): Promise<void> {
  if (expected === null || expected === undefined || expected === row.version) return;
  const changes = await tx.change.findMany({
    where: { subjectId: row.id },
    orderBy: { number: "desc" },
    take: 100,
    select: { before: true, after: true },
  });
  const changed = new Set<string>();
  for (const { before, after } of changes as {
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
  }[]) {
    if (!before || !after || Number(after.version) <= expected) continue;
    for (const field of Object.keys(after))
      if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) changed.add(field);
  }
  for (const own of ["version", "updatedAt"]) changed.delete(own);
  // As the API names them: assigneeId is the assignee, labelIds are the labels.
  const fieldsChanged = [...changed].map((field) => field.replace(/Id$/, "").replace(/Ids$/, "s")).sort();
  throw new DomainError(
    "CONFLICT",
    `${what} has changed since you read it: its version is ${row.version} and you expected ${expected}${fieldsChanged.length > 0 ? ` (changed: ${fieldsChanged.join(", ")})` : ""}. Read it again and decide.`,
    { details: { currentVersion: row.version, expectedVersion: expected, fieldsChanged } },
  );
}
