/** The one way to change a row of an entity: what differs is written with the next version, and recorded as one change. */

import type { ChangeKind } from "../changes/topics.ts";
import { delegateOf } from "../db/delegates.ts";
import { Prisma } from "../db/index.ts";
import type { Entity } from "../entities/entity.ts";
import { imageOf } from "../entities/image.ts";
import type { Write } from "./write.ts";

interface Row {
  id: string;
  version: number;
}

/** What goes into the change beside the row's own columns: links before and after, and the ticket that shows it. */
export interface Beside {
  ticketId?: string | undefined;
  before?: object;
  after?: object;
  /** Whether something beside the columns changed, so that the row has a new version all the same. */
  isChanged?: boolean;
  /** Whether the change is recorded though nothing of the row differs. */
  isAlwaysTold?: boolean;
}

/**
 * @param patch the columns to set; those that are as wished already are left out
 * @returns the row as it is now; the same object when nothing differed, and then nothing was written
 */
export async function saveRow<R extends Row>(
  write: Write,
  entity: Entity,
  kind: ChangeKind,
  row: R,
  patch: object,
  { ticketId, before, after, isChanged = false, isAlwaysTold = false }: Beside = {},
): Promise<R> {
  const columns = differing(row, patch);
  const isSame = Object.keys(columns).length === 0 && !isChanged;
  if (isSame && !isAlwaysTold) return row;
  const { tx, viewer, now, record } = write;
  const { organizationId } = viewer;
  const changed = isSame
    ? row
    : await delegateOf<R>(tx, entity.name).update({
        where: entity.name === "Organization" ? { id: row.id } : { organizationId_id: { organizationId, id: row.id } },
        data: { ...columns, updatedAt: now, version: { increment: 1 } },
      });
  record({
    kind,
    subjectId: row.id,
    ...(ticketId ? { ticketId } : {}),
    before: { ...imageOf(entity, row), ...before },
    // With what the row holds beside its columns, such as a company's domains.
    after: { ...imageOf(entity, { ...row, ...changed }), ...after },
  });
  return { ...row, ...changed };
}

/** Gives many rows the same values, in one statement; each is recorded as a change of its own. */
export async function saveRows<R extends Row>(
  write: Write,
  entity: Entity,
  kind: ChangeKind,
  rows: readonly R[],
  patch: object,
  { ticketOf = () => null, after: beside }: { ticketOf?(row: R): string | null; after?: object } = {},
): Promise<void> {
  const { tx, now, record } = write;
  if (rows.length === 0) return;
  const data = { ...patch, updatedAt: now };
  await delegateOf<R>(tx, entity.name).updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { ...data, version: { increment: 1 } },
  });
  for (const row of rows) {
    const after = { ...row, ...data, version: row.version + 1 };
    const ticketId = ticketOf(after);
    record({
      kind,
      subjectId: row.id,
      ...(ticketId ? { ticketId } : {}),
      before: imageOf(entity, row),
      after: { ...imageOf(entity, after), ...beside },
    });
  }
}

/** Records that a row was made. */
export function recordCreated(
  { record }: Write,
  entity: Entity,
  kind: ChangeKind,
  row: { id: string } & Record<string, unknown>,
  { ticketId, after }: Pick<Beside, "ticketId" | "after"> = {},
): void {
  const image = { ...imageOf(entity, row), ...after };
  record({ kind, subjectId: row.id, ...(ticketId ? { ticketId } : {}), before: null, after: image });
}

/** Records that a row is gone. */
export function recordDeleted(
  { record }: Write,
  entity: Entity,
  kind: ChangeKind,
  row: { id: string },
  { ticketId, before }: Pick<Beside, "ticketId" | "before"> = {},
): void {
  const image = { ...imageOf(entity, row), ...before };
  record({ kind, subjectId: row.id, ...(ticketId ? { ticketId } : {}), before: image, after: null });
}

/** The columns of the patch that differ from the row. */
export function differing(row: object, patch: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(patch).filter(
      ([column, value]) => value !== undefined && !isSameValue(row[column as keyof typeof row], value),
    ),
  );
}

/** Decimals are compared by value ("120" is 120.0000), instants by time, lists by what is in them. */
function isSameValue(stored: unknown, given: unknown): boolean {
  if (Prisma.Decimal.isDecimal(stored) && given !== null) return stored.equals(given as string);
  if (stored instanceof Date && given instanceof Date) return stored.getTime() === given.getTime();
  if (Array.isArray(stored) && Array.isArray(given))
    return stored.length === given.length && stored.every((one, index) => one === given[index]);
  return stored === given;
}
