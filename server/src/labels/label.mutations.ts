import { keptFields } from "../schema/merged-fields.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { labelCreate, labelDelete, labelMerge, labelUpdate } from "./label.service.ts";

const label = affected("Label", "labelId", "The label.");

mutationField("labelCreate", labelCreate, "Creates a label.", {
  label,
});

mutationField("labelUpdate", labelUpdate, "Changes a label; the change shows on every ticket at once.", {
  label,
});

mutationField(
  "labelMerge",
  labelMerge,
  "Puts one label in the place of another on all tickets, at once. The first is gone; its id finds the other from then on.",
  {
    label,
    deletedLabelId: gone("Label", "deletedId", "The id of the label that is gone."),
    kept: keptFields,
  },
);

mutationField("labelDelete", labelDelete, "Deletes a label and takes it off all tickets, at once.", {
  deletedLabelId: gone("Label", "labelId", "The id of the label that is gone."),
});
