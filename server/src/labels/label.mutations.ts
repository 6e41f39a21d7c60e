import { requireViewer } from "../access/viewer.ts";
import { visibleLabels } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { mutationField } from "../schema/mutation.ts";
import { LabelRefInput } from "../schema/reference-inputs.ts";
import { toGlobalId } from "../wire/ids.ts";
import { labelCreate, labelDelete, labelMerge, labelUpdate } from "./label.service.ts";
import { Label } from "./label.type.ts";

const LabelCreateInput = builder.inputType("LabelCreateInput", {
  description: "A new label.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters, unique without case." }),
    color: t.field({
      type: "HexColor",
      required: true,
      description: "The colour to show it in. Suggested: #ef4444 #f97316 #eab308 #22c55e #3b82f6 #8b5cf6 #6b7280.",
    }),
    description: t.string({ description: "What it is for, at most 1,000 characters." }),
  }),
});

const LabelUpdateInput = builder.inputType("LabelUpdateInput", {
  description: "What to change of a label: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ description: "The name; can't be cleared." }),
    color: t.field({ type: "HexColor", description: "The colour; can't be cleared." }),
    description: t.string({ description: "What it is for." }),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

const label = {
  type: Label,
  nullable: true,
  description: "The label.",
  resolve: (query: object, { ids }: { ids: { labelId: string } }, _args: object, context: Context) =>
    context.db.label.findFirst({
      ...query,
      where: { AND: [visibleLabels(requireViewer(context)), { id: ids.labelId }] },
    }),
} as const;

mutationField("labelCreate", {
  operation: labelCreate,
  description: "Creates a label.",
  args: (arg) => ({ input: arg({ type: LabelCreateInput, required: true, description: "The label." }) }),
  payload: (t) => ({ label: t.prismaField(label as never) }),
});

mutationField("labelUpdate", {
  operation: labelUpdate,
  description: "Changes a label; the change shows on every ticket at once.",
  args: (arg) => ({
    label: arg({ type: LabelRefInput, required: true, description: "Which one." }),
    input: arg({ type: LabelUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ label: t.prismaField(label as never) }),
});

mutationField("labelMerge", {
  operation: labelMerge,
  description:
    "Puts one label in the place of another on all tickets, at once. The first is gone; its id finds the other from then on.",
  args: (arg) => ({
    label: arg({ type: LabelRefInput, required: true, description: "The one that goes." }),
    into: arg({ type: LabelRefInput, required: true, description: "The one that stays." }),
  }),
  payload: (t) => ({
    label: t.prismaField(label as never),
    deletedLabelId: t.id({
      description: "The id of the label that is gone.",
      resolve: ({ ids }) => toGlobalId("Label", ids.deletedId),
    }),
    kept: t.field(keptFields as never),
  }),
});

mutationField("labelDelete", {
  operation: labelDelete,
  description: "Deletes a label and takes it off all tickets, at once.",
  args: (arg) => ({ label: arg({ type: LabelRefInput, required: true, description: "Which one." }) }),
  payload: (t) => ({
    deletedLabelId: t.id({
      description: "The id of the label that is gone.",
      resolve: ({ ids }) => toGlobalId("Label", ids.labelId),
    }),
  }),
});
