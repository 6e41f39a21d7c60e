import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { labelEntity } from "./label.entity.ts";

export const labelCreateInput = inputObject("LabelCreateInput", "A new label.", fieldsIn(labelEntity, "create"));

export const labelUpdateInput = inputObject(
  "LabelUpdateInput",
  "What to change of a label: an absent field stays, null clears.",
  { ...fieldsIn(labelEntity, "update"), expectedVersion },
);
