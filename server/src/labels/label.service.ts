import { z } from "zod";
import type { LabelModel as Label } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { requireOwnIdentity, requireRepeated } from "../inputs/former.ts";
import { keptOf, packMerged } from "../inputs/merged.ts";
import { type LabelRef, labelRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { lockRows } from "../writes/lock.ts";
import { lockRow } from "../writes/lookup.ts";
import { recordDeleted, saveRow } from "../writes/save-row.ts";
import { requireVersion } from "../writes/version.ts";
import type { Write } from "../writes/write.ts";
import { labelEntity } from "./label.entity.ts";
import { labelCreateInput, labelUpdateInput } from "./label.input.ts";
import { getLabelIds, insertLabel, labels, refuseTakenLabel } from "./label.steps.ts";
import { removeLabelRows } from "./label.tickets.steps.ts";

export const labelCreate = operation({
  permission: "label.manage",
  errors: ["ALREADY_EXISTS"],
  input: z.object({
    input: labelCreateInput.describe("The label to create."),
  }),
  async run(write, { input }) {
    const labelId = await insertLabel(write, input);
    return { ids: { labelId } };
  },
});

export const labelUpdate = operation({
  permission: "label.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    label: labelRef.describe("The label."),
    input: labelUpdateInput.describe("The changes."),
  }),
  async run(write, { label: ref, input }) {
    const label = await lockLabel(write, ref);
    await requireVersion(write, `Label "${label.name}"`, label, input.expectedVersion);
    if (input.name !== undefined) await refuseTakenLabel(write, input.name, label.id);
    await saveRow(write, labelEntity, "label.updated", label, columnsOf(labelEntity, input));
    return { ids: { labelId: label.id } };
  },
});

export const labelDelete = operation({
  permission: "label.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    label: labelRef.describe("The label."),
  }),
  async run(write, { label: ref }) {
    const label = await lockLabel(write, ref);
    requireOwnIdentity("label", ref, label);
    await markDeleted(write, label);
    await removeLabelRows(write, label.id);
    return { ids: { labelId: label.id } };
  },
});

export const labelMerge = operation({
  permission: "label.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    label: labelRef.describe("The label to merge and delete."),
    into: labelRef.describe("The label to keep."),
  }),
  async run(write, refs) {
    const { tx, viewer } = write;
    const found = await getLabelIds(write, [refs.label, refs.into]);
    const [otherId, keptId] = found;
    if (!otherId || !keptId) {
      const labelId = (otherId ?? keptId) as string;
      return { ids: { labelId, ...requireRepeated("label", refs.label, labelId) } };
    }
    await lockRows(write, "labels", found);
    const other = await lockLabel(write, { id: otherId });
    const kept = await lockLabel(write, { id: keptId });
    await markDeleted(write, other, kept.id);
    // In one statement, so that no reader sees a ticket with neither label; a ticket with both keeps the kept one.
    await tx.$executeRaw`
      update ticket_labels l set label_id = ${keptId}::uuid, from_label_id = coalesce(from_label_id, ${otherId}::uuid)
      where organization_id = ${viewer.organizationId}::uuid and label_id = ${otherId}::uuid and not exists (
        select from ticket_labels k
        where k.organization_id = l.organization_id and k.ticket_id = l.ticket_id and k.label_id = ${keptId}::uuid)`;
    const description = kept.description ?? other.description;
    await saveRow(write, labelEntity, "label.merged", kept, { description }, { isAlwaysTold: true });
    await removeLabelRows(write, otherId);
    const fields = [
      keptOf("name", kept.name, other.name),
      keptOf("color", kept.color, other.color),
      keptOf("description", kept.description, other.description),
    ];
    return { ids: { labelId: keptId, deletedId: otherId, kept: packMerged(fields) } };
  },
});

/** From here on the label is invisible to everybody, even while rows on tickets remain. */
async function markDeleted(write: Write, label: Label, mergedIntoId: string | null = null): Promise<void> {
  const { tx, viewer, now } = write;
  await tx.label.update({
    where: { organizationId_id: { organizationId: viewer.organizationId, id: label.id } },
    data: { deletedAt: now, mergedIntoId, updatedAt: now, version: { increment: 1 } },
  });
  // Labels merged into this one earlier now point to the label it is merged into, or to none.
  await tx.label.updateMany({ where: { mergedIntoId: label.id }, data: { mergedIntoId } });
  recordDeleted(write, labelEntity, "label.deleted", label);
}

const lockLabel = (write: Write, ref: LabelRef): Promise<Label> => lockRow(write, labels, ref);
