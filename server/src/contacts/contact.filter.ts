import { companyFilter } from "../companies/company.filter.ts";
import { byName, type FilterSpec } from "../filters/filter.ts";
import { toExternalId } from "../inputs/fields.ts";
import { addressKey, addressSearchKey } from "../lib/mail-address.ts";

export const contactFilter: FilterSpec = {
  name: "ContactFilter",
  description: "Which contacts: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Contact", column: "id", description: "By id." },
    name: { ...byName, description: "By name, without case; contains and startsWith ignore accents too." },
    email: {
      kind: "text",
      column: "emailKey",
      isNullable: true,
      toKey: addressKey,
      anyOf: {
        permission: "contact.view",
        relation: "addresses",
        column: "addressKey",
        search: { column: "searchKey", toKey: addressSearchKey },
      },
      description: "By any of its e-mail addresses, without case; without contact.view by the primary one alone.",
    },
    emails: {
      permission: "contact.view",
      kind: "many",
      relation: "addresses",
      filter: () => contactAddressFilter,
      description: "By its e-mail addresses, one by one.",
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
      toKey: toExternalId,
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

const contactAddressFilter: FilterSpec = {
  name: "ContactAddressFilter",
  description: "Which e-mail addresses of a contact.",
  key: "addressKey",
  fields: {
    address: {
      kind: "text",
      column: "addressKey",
      toKey: addressKey,
      search: { column: "searchKey", toKey: addressSearchKey },
      description: "By the address, without case.",
    },
  },
};
