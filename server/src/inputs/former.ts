/** Objects that were merged into another can still be found by their former references. */
import { DomainError, invalid } from "../wire/errors.ts";

export type FormerKind = "ID" | "EXTERNAL_ID";

/** The row of a reference; if there is none, the one that it was merged into, by `findKept`. */
export async function findReferred<Ref extends { id?: string | undefined }, Row>(
  ref: Ref,
  find: (ref: Ref) => Promise<Row | null>,
  findKept: (ref: Ref) => Promise<string | null>,
): Promise<Row | null> {
  const row = await find(ref);
  if (row) return row;
  const id = await findKept(ref);
  return id === null ? null : find({ id } as Ref);
}

/**
 * For operations that end an object: refuses a reference to a merged one, because it would end the object that it was
 * merged into.
 *
 * @throws NOT_FOUND
 */
export function requireOwnIdentity(
  what: string,
  ref: { id?: string | undefined; externalId?: string | undefined },
  row: { id: string; name: string; externalId?: string | null },
): void {
  const isOwn =
    ref.id !== undefined ? ref.id === row.id : ref.externalId === undefined || ref.externalId === row.externalId;
  if (isOwn) return;
  throw new DomainError(
    "NOT_FOUND",
    `This ${what} was merged into "${row.name}" and no longer exists; to delete "${row.name}", give its own id.`,
  );
}

/**
 * Handles a merge whose two references find one object: either the same merge repeated, which changes nothing, or a
 * mistake.
 *
 * @throws VALIDATION for a mistake
 */
export function requireRepeated(
  what: string,
  ref: { id?: string | undefined; externalId?: string | undefined },
  keptId: string,
): { deletedId: string; kept: string } {
  if (ref.id !== undefined && ref.id !== keptId) return { deletedId: ref.id, kept: "" };
  throw invalid(
    ["into"],
    `Both references find the same ${what}, perhaps because the two were merged; give another.`,
    "SAME",
  );
}

/** The references by which a merged object is still found: its id, and its externalId if the kept one has another. */
export function formerValues(
  other: { id: string; externalId: string | null },
  kept: { externalId: string | null },
): { kind: FormerKind; value: string }[] {
  const id = { kind: "ID", value: other.id } as const;
  if (other.externalId === null || kept.externalId === null) return [id];
  return [id, { kind: "EXTERNAL_ID", value: other.externalId }];
}

/** The former reference that a reference can match; null for values that a merge moves unchanged, such as addresses. */
export function formerValue(ref: {
  id?: string | undefined;
  externalId?: string | undefined;
}): { kind: FormerKind; value: string } | null {
  if (ref.id !== undefined) return { kind: "ID", value: ref.id };
  return ref.externalId === undefined ? null : { kind: "EXTERNAL_ID", value: ref.externalId };
}
