import { asIs, type FilterSpec, lowerCase } from "../filters/filter.ts";

export const companyFilter: FilterSpec = {
  name: "CompanyFilter",
  description: "Which companies: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Company", column: "id", description: "By id." },
    name: { kind: "text", column: "nameKey", toKey: lowerCase, description: "By name, without case." },
    domains: {
      permission: "contact.view",
      kind: "many",
      relation: "domains",
      filter: () => companyDomainFilter,
      description: "By its mail domains.",
    },
    externalId: {
      permission: "contact.view",
      kind: "text",
      column: "externalId",
      isNullable: true,
      toKey: asIs,
      description: "By its id in another system, exactly.",
    },
    isArchived: {
      permission: "contact.view",
      kind: "boolean",
      column: "archivedAt",
      toCondition: (value) => ({ archivedAt: value ? { not: null } : null }),
      description: "By whether it is put away.",
    },
    updatedAt: { kind: "instant", column: "updatedAt", description: "By when it changed last." },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it was created." },
  },
};

const companyDomainFilter: FilterSpec = {
  name: "CompanyDomainFilter",
  description: "Which mail domains of a company.",
  key: "domain",
  fields: {
    domain: { kind: "text", column: "domain", toKey: lowerCase, description: "By the domain, without case." },
  },
};
