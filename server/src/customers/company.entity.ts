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

/** One description for creating, updating and upserting, with the permission that setting the field needs. */
function everywhere<const Access extends { permission: string; isEnforcedHere?: false }>(
  description: string,
  access: Access,
) {
  const use = { description, access } as const;
  return { create: use, update: use, upsert: use } as const;
}

const asked = <const P extends string>(permission: P) => ({ permission, isEnforcedHere: false }) as const;

export const companyEntity = entity("Company", {
  description:
    "A customer's company. Its name is visible to everyone in the organization; the fields that need a permission say so.",
  fields: {
    name: name({
      description: "The name.",
      inputs: {
        create: "The name, at most 200 characters.",
        update: { description: "The name, at most 200 characters; can't be cleared.", access: managed },
        upsert: {
          description: "The name, at most 200 characters. Default for a new company: its first domain.",
          takesNull: true,
        },
      },
      filter: "By name, ignoring case; contains and startsWith ignore accents too.",
      order: ["NAME", "The name, ignoring case."],
    }),
    ticketPrefix: ticketPrefix({
      ...viewed,
      isNullable: true,
      description:
        "The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.",
      inputs: everywhere(
        "The prefix of its new tickets' codes: 2 to 10 characters of A-Z and 0-9, starting with a letter. Null means the organization's prefix.",
        asked("organization.manage"),
      ),
    }),
    notes: longText(maxNotes, {
      ...viewed,
      isNullable: true,
      description: "The team's notes; null when there are none or without the permission.",
      inputs: everywhere("The team's notes, at most 100,000 characters.", managed),
    }),
    externalId: externalId({
      ...viewed,
      isNullable: true,
      description: "The id in another system; null when there is none or without the permission.",
      inputs: everywhere("The id in another system, unique in the organization.", managed),
      filter: "By the id in another system, matched exactly.",
    }),
    hourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: everywhere("The price of an hour of work for the company.", asked("time.manage")),
    }),
    currency: currency({
      read: moneyPermissions,
      isNullable: true,
      description: "The currency; null when the organization's default applies, or if the viewer lacks the permission.",
      inputs: everywhere("The currency. Null means the organization's default currency.", asked("time.manage")),
    }),
    isArchived: isSet({
      ...viewed,
      column: "archivedAt",
      description: "Whether it is archived, which keeps it for its history; null without the permission.",
      filter: "By whether it is archived.",
    }),
    createdAt: instant({
      description: "When it was created.",
      filter: "By the creation time.",
      order: ["CREATED_AT", "When it was created."],
    }),
    updatedAt: instant({
      description: "When it last changed.",
      filter: "By the time of the last change.",
      order: ["UPDATED_AT", "When it last changed."],
    }),
    version: integer({ description: "The version, which counts its changes." }),
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
        description: "By mail domains.",
      },
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

const domainFilter: FilterSpec = {
  name: "CompanyDomainFilter",
  description: "Selects the mail domains of a company.",
  key: "domain",
  fields: {
    domain: {
      kind: "text",
      column: "domain",
      toKey: domainKey,
      search: { column: "searchKey", toKey: domainSearchKey },
      description: "By the domain. In a URL or a name with www., only the domain counts.",
    },
  },
};
