/** Things that were merged into another stay findable by what they were known by. */
import { DomainError, invalid } from "../wire/errors.ts";

export type FormerKind = "ID" | "EXTERNAL_ID";

/** The row of a reference; where there is none, the one that `findKept` says it was merged into. */
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
 * What ends a thing means the thing itself: whoever deletes one that was merged would delete the one that it went into.
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
    `This ${what} was merged into "${row.name}" and is gone; to delete that one, name it by its own id.`,
  );
}

/**
 * A merge whose two references find one thing: the same merge again, which changes nothing, or a slip.
 *
 * @throws VALIDATION for a slip
 */
export function requireRepeated(
  what: string,
  ref: { id?: string | undefined; externalId?: string | undefined },
  keptId: string,
): { deletedId: string; kept: string } {
  if (ref.id !== undefined && ref.id !== keptId) return { deletedId: ref.id, kept: "" };
  throw invalid(["into"], `Both name the same ${what}, perhaps since they were merged; give another.`, "SAME");
}

/** What a thing that is merged goes on being found by: its id, and its externalId where the kept one has another. */
export function formerValues(
  other: { id: string; externalId: string | null },
  kept: { externalId: string | null },
): { kind: FormerKind; value: string }[] {
  const id = { kind: "ID", value: other.id } as const;
  if (other.externalId === null || kept.externalId === null) return [id];
  return [id, { kind: "EXTERNAL_ID", value: other.externalId }];
}

/** What a reference may have been before a merge; null for what a merge moves as it is, such as addresses. */
export function formerValue(ref: {
  id?: string | undefined;
  externalId?: string | undefined;
}): { kind: FormerKind; value: string } | null {
  if (ref.id !== undefined) return { kind: "ID", value: ref.id };
  return ref.externalId === undefined ? null : { kind: "EXTERNAL_ID", value: ref.externalId };
}
