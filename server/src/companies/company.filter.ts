import { byName, type FilterSpec } from "../filters/filter.ts";
import { toExternalId } from "../inputs/fields.ts";
import { domainKey, domainSearchKey } from "../lib/mail-address.ts";

export const companyFilter: FilterSpec = {
  name: "CompanyFilter",
  description: "Which companies: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Company", column: "id", description: "By id." },
    name: { ...byName, description: "By name, without case; contains and startsWith ignore accents too." },
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
      toKey: toExternalId,
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
    domain: {
      kind: "text",
      column: "domain",
      toKey: domainKey,
      search: { column: "searchKey", toKey: domainSearchKey },
      description: "By the domain; a URL or www. before it is taken as the domain that it means.",
    },
  },
};
