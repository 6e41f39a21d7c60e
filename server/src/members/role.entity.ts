import { entity } from "../entities/entity.ts";
import { instant, integer, isSet, longText, name } from "../entities/kinds.ts";

export const roleEntity = entity("Role", {
  description: "A name and a set of grants; what members and API keys may do.",
  fields: {
    name: name({
      description: "The name, unique without case.",
      inputs: {
        create: "The name, at most 200 characters, unique without case.",
        update: "The name; can't be cleared.",
      },
      filter: "By name, without case; contains and startsWith ignore accents too.",
    }),
    description: longText(1_000, {
      description: "What it is for; null when nobody said.",
      isNullable: true,
      inputs: { create: "What it is for, at most 1,000 characters.", update: "What it is for." },
    }),
    isBuiltIn: isSet({
      column: "builtIn",
      description: "Whether it is one of the four that nobody can change.",
      isLogged: false,
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {},
  extras: { grants: { field: "grants", read: "team.manage" } },
});
