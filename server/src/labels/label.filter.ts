import { byName, type FilterSpec } from "../filters/filter.ts";

export const labelFilter: FilterSpec = {
  name: "LabelFilter",
  description: "Which labels: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Label", column: "id", description: "By id." },
    name: { ...byName, description: "By name, without case; contains and startsWith ignore accents too." },
  },
};
