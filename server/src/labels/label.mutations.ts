import { keptFields } from "../schema/merged-fields.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { labelCreate, labelDelete, labelMerge, labelUpdate } from "./label.service.ts";

const label = affected("Label", "labelId", "The label.");

mutationField("labelCreate", labelCreate, "Creates a label.", {
  label,
});

mutationField("labelUpdate", labelUpdate, "Changes a label. The change shows on every ticket immediately.", {
  label,
});

mutationField(
  "labelMerge",
  labelMerge,
  "Merges a label into another: replaces it on all tickets immediately and deletes it. From then on its id finds the kept label.",
  {
    label,
    deletedLabelId: gone("Label", "deletedId", "The id of the label that was merged and deleted."),
    kept: keptFields,
  },
);

mutationField("labelDelete", labelDelete, "Deletes a label and removes it from all tickets immediately.", {
  deletedLabelId: gone("Label", "labelId", "The id of the deleted label."),
});
