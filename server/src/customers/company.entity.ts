import { moneyPermissions } from "../access/permissions.ts";
import { entity } from "../entities/entity.ts";
import {
  currency,
  decimal,
  externalId,
  instant,
  integer,
  isSet,
  longText,
  name,
  ticketPrefix,
} from "../entities/kinds.ts";
import type { FilterSpec } from "../filters/filter.ts";
import { maxNotes } from "../inputs/fields.ts";
import { domainKey, domainSearchKey } from "../lib/mail-address.ts";

const viewed = { read: "contact.view" } as const;
const managed = { permission: "contact.manage" } as const;

/** What creating, changing and upserting a company say alike, with the right that giving it needs. */
function everywhere<const Access extends { permission: string; isEnforcedHere?: false }>(
  description: string,
  access: Access,
) {
  const use = { description, access } as const;
  return { create: use, update: use, upsert: use } as const;
}

const asked = <const P extends string>(permission: P) => ({ permission, isEnforcedHere: false }) as const;

export const companyEntity = entity("Company", {
  description: "A customer's company. Everything but its name needs `contact.view`.",
  fields: {
    name: name({
      description: "The name.",
      inputs: {
        create: "The name, at most 200 characters.",
        update: { description: "The name; can't be cleared.", access: managed },
        upsert: { description: "The name. Default of a new company: its first domain.", takesNull: true },
      },
      filter: "By name, without case; contains and startsWith ignore accents too.",
      order: ["NAME", "Its name, without case."],
    }),
    ticketPrefix: ticketPrefix({
      ...viewed,
      isNullable: true,
      description: "The prefix of its tickets' codes; null: the organization's, or without the permission.",
      inputs: everywhere(
        "The prefix of its new tickets' codes: 2 to 10 of A-Z and 0-9, a letter first; null: the organization's.",
        asked("organization.manage"),
      ),
    }),
    notes: longText(maxNotes, {
      ...viewed,
      isNullable: true,
      description: "What the team wants to remember; null when there is nothing or without the permission.",
      inputs: everywhere("What the team wants to remember, at most 100,000 characters.", managed),
    }),
    externalId: externalId({
      ...viewed,
      isNullable: true,
      description: "Its id in another system; null without one or without the permission.",
      inputs: everywhere("Its id in another system, unique in the organization.", managed),
      filter: "By its id in another system, exactly.",
    }),
    hourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: everywhere("What an hour of work for it costs.", asked("time.manage")),
    }),
    currency: currency({
      read: moneyPermissions,
      isNullable: true,
      description: "Its currency; null: the organization's, or without a permission for money.",
      inputs: everywhere("Its currency; null: the organization's.", asked("time.manage")),
    }),
    isArchived: isSet({
      ...viewed,
      column: "archivedAt",
      description: "Whether it is put away: it stays for its history; null without the permission.",
      filter: "By whether it is put away.",
    }),
    createdAt: instant({
      description: "When it was created.",
      filter: "By when it was created.",
      order: ["CREATED_AT", "When it was created."],
    }),
    updatedAt: instant({
      description: "When it changed last.",
      filter: "By when it changed last.",
      order: ["UPDATED_AT", "When it changed last."],
    }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {},
  extras: {
    domains: {
      field: "domains",
      ...viewed,
      filter: {
        permission: "contact.view",
        kind: "many",
        relation: "domains",
        filter: () => domainFilter,
        description: "By its mail domains.",
      },
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

const domainFilter: FilterSpec = {
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
