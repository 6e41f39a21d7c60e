import { requireViewer } from "../access/viewer.ts";
import { visibleLabels } from "../access/visibility.ts";
import { labelRef } from "../inputs/references.ts";
import { builder } from "../schema/builder.ts";
import { oneField } from "../schema/one-field.ts";
import { labels } from "./label.steps.ts";
import { Label } from "./label.type.ts";

const maxLabels = 1_000;

builder.queryFields((t) => ({
  label: oneField(t, { ref: labelRef, by: "The label.", lookup: labels, description: "Returns one label." }),
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
