import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { labelEntity } from "./label.entity.ts";

export const labelCreateInput = inputObject("LabelCreateInput", "A new label.", fieldsIn(labelEntity, "create"));

export const labelUpdateInput = inputObject(
  "LabelUpdateInput",
  "The changes to a label. A field that is left out stays as it is; null clears it.",
  { ...fieldsIn(labelEntity, "update"), expectedVersion },
);
