import type { FilterSpec } from "./filter.ts";

const specs = new Map<string, FilterSpec>();

/** Which rows of another type, by id alone: their own fields change without what points to them. */
export function byIdAlone(type: "Member" | "Contact" | "Company" | "Label" | "Ticket"): FilterSpec {
  let spec = specs.get(type);
  if (!spec) {
    spec = {
      name: `${type}LiveFilter`,
      description: `Which ${type === "Company" ? "companies" : `${type.toLowerCase()}s`}, by id alone.`,
      fields: {
        id: { kind: "id", type, column: "id", description: "By id." },
        ...(type === "Member"
          ? { isMe: { kind: "isMe", column: "id", description: "The viewer itself, or everybody else." } as const }
          : {}),
      },
    };
    specs.set(type, spec);
  }
  return spec;
}
