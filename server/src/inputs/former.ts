/** Things that were merged into another stay findable by what they were known by. */

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

/** What a reference may have been before a merge; null for what a merge moves as it is, such as addresses. */
export function formerValue(ref: {
  id?: string | undefined;
  externalId?: string | undefined;
}): { kind: FormerKind; value: string } | null {
  if (ref.id !== undefined) return { kind: "ID", value: ref.id };
  return ref.externalId === undefined ? null : { kind: "EXTERNAL_ID", value: ref.externalId };
}
