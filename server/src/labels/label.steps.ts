import { visibleLabels } from "../access/visibility.ts";
import type { LabelModel as Label, Prisma } from "../db/index.ts";
import { lockRows } from "../db/lock.ts";
import type { Write } from "../db/write.ts";
import { notFound } from "../errors.ts";
import { describeRef, type LabelRef } from "../inputs/references.ts";
import { toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";

/**
 * The ids of all referenced labels, each once, held until the commit: one that is deleted or merged
 * meanwhile would miss the tickets that get it now.
 *
 * @throws NOT_FOUND, naming the label
 */
export async function getLabelIds(write: Write, refs: LabelRef[]): Promise<string[]> {
  const { tx, viewer } = write;
  if (refs.length === 0) return [];
  const find = () =>
    tx.label.findMany({
      where: { AND: [visibleLabels(viewer), { OR: refs.map(labelWhere) }] },
      select: { id: true, nameKey: true },
    });
  const ids = (await find()).map(({ id }) => id);
  await lockRows(write, "labels", ids, "for share");
  const rows = await find();
  const found = refs.map((ref) => {
    const row = rows.find(({ id, nameKey }) => id === ref.id || nameKey === (ref.name && toKey(ref.name)));
    if (!row) throw notFound(describeRef("Label", ref));
    return row.id;
  });
  return [...new Set(found)];
}

export async function insertLabel(
  { tx, viewer, now, record }: Write,
  fields: { name: string; color: string; description: string | null },
): Promise<string> {
  const row = await tx.label.create({
    data: {
      organizationId: viewer.organizationId,
      id: newUuid(now.getTime()),
      ...fields,
      nameKey: toKey(fields.name),
      createdAt: now,
      updatedAt: now,
    },
  });
  record({ kind: "label.created", subjectId: row.id, before: null, after: imageOf(row) });
  return row.id;
}

export function imageOf(label: Label): Record<string, unknown> {
  const { organizationId: _organization, nameKey: _key, ...columns } = label;
  return columns;
}

export function labelWhere({ id, name }: LabelRef): Prisma.LabelWhereInput {
  return id !== undefined ? { id } : { nameKey: toKey(name as string) };
}
