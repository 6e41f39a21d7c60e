import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleLabels } from "../access/visibility.ts";
import { findReferred } from "../inputs/former.ts";
import { describeRef, labelRef } from "../inputs/references.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { notFound } from "../wire/errors.ts";
import { findKeptLabel, labelWhere } from "./label.steps.ts";
import { Label } from "./label.type.ts";

const maxLabels = 1_000;

builder.queryFields((t) => ({
  label: t.prismaField({
    type: Label,
    nullable: true,
    description: "Returns one label.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(labelRef), required: true, description: "The label." }) },
    resolve: async (query, _root, args, context) => {
      const { by } = parseInput(z.object({ by: labelRef }), args);
      const visible = visibleLabels(requireViewer(context));
      const row = await findReferred(
        by,
        (ref) => context.db.label.findFirst({ ...query, where: { AND: [visible, labelWhere(ref)] } }),
        (ref) => findKeptLabel(context.db, ref),
      );
      if (!row) throw notFound(describeRef("Label", by));
      return row;
    },
  }),
  labels: t.prismaField({
    type: [Label],
    description: `Lists the organization's labels by name, at most ${maxLabels}.`,
    resolve: (query, _root, _args, context) =>
      context.db.label.findMany({
        ...query,
        where: visibleLabels(requireViewer(context)),
        orderBy: [{ nameKey: "asc" }, { id: "asc" }],
        take: maxLabels,
      }),
  }),
}));
