import { companyFilter } from "../companies/company.filter.ts";
import { asIs, type FilterSpec, lowerCase } from "../filters/filter.ts";

export const contactFilter: FilterSpec = {
  name: "ContactFilter",
  description: "Which contacts: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Contact", column: "id", description: "By id." },
    name: { kind: "text", column: "nameKey", toKey: lowerCase, description: "By name, without case." },
    email: {
      kind: "text",
      column: "emailKey",
      isNullable: true,
      toKey: lowerCase,
      description: "By primary e-mail address, without case.",
    },
    company: {
      permission: "contact.view",
      kind: "one",
      relation: "company",
      column: "companyId",
      isNullable: true,
      filter: () => companyFilter,
      description: "By company.",
    },
    externalId: {
      permission: "contact.view",
      kind: "text",
      column: "externalId",
      isNullable: true,
      toKey: asIs,
      description: "By its id in another system, exactly.",
    },
    isBlocked: {
      permission: "contact.view",
      kind: "boolean",
      column: "isBlocked",
      description: "By whether its messages are refused.",
    },
    isAnonymous: {
      kind: "boolean",
      column: "anonymizedAt",
      toCondition: (value) => ({ anonymizedAt: value ? { not: null } : null }),
      description: "By whether its name and addresses were erased.",
    },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it was created." },
    updatedAt: { kind: "instant", column: "updatedAt", description: "By when it changed last." },
  },
};
