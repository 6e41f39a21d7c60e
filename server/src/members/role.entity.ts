import { entity } from "../entities/entity.ts";
import { instant, integer, isSet, longText, name } from "../entities/kinds.ts";

export const roleEntity = entity("Role", {
  description: "A name and a set of grants that says what members and API keys can do.",
  fields: {
    name: name({
      description: "The name, unique ignoring case.",
      inputs: {
        create: "The name, at most 200 characters, unique ignoring case.",
        update: "The name; can't be cleared.",
      },
      filter: "By name, ignoring case; contains and startsWith also ignore accents.",
    }),
    description: longText(1_000, {
      description: "A description of its purpose; null if none was given.",
      isNullable: true,
      inputs: {
        create: "A description of its purpose, at most 1,000 characters.",
        update: "A description of its purpose.",
      },
    }),
    isBuiltIn: isSet({
      column: "builtIn",
      description: "Whether it is one of the four built-in roles, which can't be changed.",
      isLogged: false,
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When it was last changed." }),
    version: integer({ description: "The version; it increases with every change." }),
  },
  inner: {},
  extras: { grants: { field: "grants", read: "team.manage" } },
});
