import { z } from "zod";
import { operation } from "../access/operation.ts";
import { visibleLabels } from "../access/visibility.ts";
import type { Prisma } from "../db/index.ts";
import { readLocked } from "../db/lock.ts";
import { requireVersion } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import { notFound } from "../errors.ts";
import { expectedVersion, hexColor, line, longText } from "../inputs/fields.ts";
import { describeRef, type LabelRef, labelRef } from "../inputs/references.ts";
import { toKey } from "../lib/key.ts";
import { imageOf, insertLabel, labelWhere } from "./label.steps.ts";

const name = line(200);
const description = longText(1_000);

export const labelCreate = operation({
  permission: "label.manage",
  errors: ["ALREADY_EXISTS"],
  input: z.object({ input: z.object({ name, color: hexColor, description: description.nullish() }) }),
  async run(write, { input }) {
    const labelId = await insertLabel(write, { ...input, description: input.description || null });
    return { ids: { labelId } };
  },
});

export const labelUpdate = operation({
  permission: "label.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    label: labelRef,
    input: z.object({
      name: name.optional(),
      color: hexColor.optional(),
      description: description.nullish(),
      expectedVersion,
    }),
  }),
  async run(write, { label: ref, input }) {
    const { tx, viewer, now, record } = write;
    const label = await lockLabel(write, ref);
    await requireVersion(write, `Label "${label.name}"`, label, input.expectedVersion);
    const data: Prisma.LabelUncheckedUpdateInput = {};
    if (input.name !== undefined) Object.assign(data, { name: input.name, nameKey: toKey(input.name) });
    if (input.color !== undefined) data.color = input.color;
    if (input.description !== undefined) data.description = input.description || null;
    const isChanged = Object.entries(data).some(([field, value]) => label[field as keyof typeof label] !== value);
    if (!isChanged) return { ids: { labelId: label.id } };
    const row = await tx.label.update({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: label.id } },
      data: { ...data, updatedAt: now, version: { increment: 1 } },
    });
    record({ kind: "label.updated", subjectId: label.id, before: imageOf(label), after: imageOf(row) });
    return { ids: { labelId: label.id } };
  },
});

/** @throws NOT_FOUND */
async function lockLabel(write: Write, ref: LabelRef) {
  const { tx, viewer } = write;
  const where = { AND: [visibleLabels(viewer), labelWhere(ref)] };
  const found = await tx.label.findFirst({ where, select: { id: true } });
  const label = await readLocked(write, "labels", found, (id) =>
    tx.label.findFirst({ where: { AND: [{ id }, where] } }),
  );
  if (!label) throw notFound(describeRef("Label", ref));
  return label;
}
