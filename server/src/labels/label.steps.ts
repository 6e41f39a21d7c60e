import type { z } from "zod";
import { visibleLabels } from "../access/visibility.ts";
import type { Prisma, TenantClient } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { alreadyExists } from "../inputs/clash.ts";
import { describeRef, type LabelRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { nameColumns, toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import { notFound } from "../wire/errors.ts";
import { lockNames, lockRows } from "../writes/lock.ts";
import type { Lookup } from "../writes/lookup.ts";
import { recordCreated } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { labelEntity } from "./label.entity.ts";
import type { labelCreateInput } from "./label.input.ts";

/**
 * The ids of all referenced labels, each once, locked until the commit: deleting or merging a label in the
 * meantime would miss the tickets that get it now.
 *
 * @throws NOT_FOUND, naming the label
 */
export async function getLabelIds(write: Write, given: LabelRef[]): Promise<string[]> {
  const { tx, viewer } = write;
  if (given.length === 0) return [];
  const kept = await findKeptLabels(
    tx,
    given.flatMap(({ id }) => id ?? []),
  );
  const refs = given.map((ref) => (ref.id !== undefined ? { id: kept.get(ref.id) ?? ref.id } : ref));
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

/** Maps the ids of merged labels to the ids of the labels that they were merged into. */
export async function findKeptLabels(
  db: Pick<TenantClient, "label">,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.label.findMany({
    where: { id: { in: [...ids] }, mergedIntoId: { not: null } },
    select: { id: true, mergedIntoId: true },
  });
  return new Map(rows.map(({ id, mergedIntoId }) => [id, mergedIntoId as string]));
}

/** The label that the referenced one was merged into. By id only: after a merge the name is free for a new label. */
async function findKeptLabel(db: Pick<TenantClient, "label">, { id }: LabelRef): Promise<string | null> {
  return id === undefined ? null : ((await findKeptLabels(db, [id])).get(id) ?? null);
}

/** @throws ALREADY_EXISTS when another label has the name, ignoring case */
export async function refuseTakenLabel(write: Write, name: string, ownId?: string): Promise<void> {
  const { tx, viewer } = write;
  const nameKey = toKey(name);
  await lockNames(write, [`label ${nameKey}`]);
  // Every viewer sees every label that isn't deleted.
  const others = { nameKey, ...(ownId ? { NOT: { id: ownId } } : {}) };
  const taken = await tx.label.findFirst({
    where: { AND: [visibleLabels(viewer), others] },
    select: { id: true, name: true },
  });
  if (!taken) return;
  const owner = { name: `Label "${taken.name}"`, details: { labelId: taken.id } };
  throw alreadyExists({ what: "label", field: "name", value: name, owner });
}

export async function insertLabel(write: Write, fields: z.output<typeof labelCreateInput>): Promise<string> {
  const { tx, viewer, now } = write;
  await refuseTakenLabel(write, fields.name);
  const row = await tx.label.create({
    data: {
      organizationId: viewer.organizationId,
      id: newUuid(now.getTime()),
      ...nameColumns(fields.name),
      color: fields.color,
      ...columnsOf(labelEntity, fields),
      createdAt: now,
      updatedAt: now,
    },
  });
  recordCreated(write, labelEntity, "label.created", row);
  return row.id;
}

function labelWhere({ id, name }: LabelRef): Prisma.LabelWhereInput {
  return id !== undefined ? { id } : { nameKey: toKey(name as string) };
}

export const labels: Lookup<LabelRef> = {
  type: "Label",
  table: "labels",
  where: (ref) => labelWhere(ref) as Condition,
  findKept: findKeptLabel,
};
