import { type FilterSpec, lowerCase } from "../filters/filter.ts";

export const labelFilter: FilterSpec = {
  name: "LabelFilter",
  description: "Which labels: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Label", column: "id", description: "By id." },
    name: { kind: "text", column: "nameKey", toKey: lowerCase, description: "By name, without case." },
  },
};
