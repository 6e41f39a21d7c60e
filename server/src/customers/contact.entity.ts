import { entity } from "../entities/entity.ts";
import {
  boolean,
  emailAddress,
  enumeration,
  externalId,
  instant,
  integer,
  isSet,
  longText,
  name,
  phone,
  reference,
  texts,
} from "../entities/kinds.ts";
import type { FilterSpec } from "../filters/filter.ts";
import { maxNotes } from "../inputs/fields.ts";
import { addressKey, addressSearchKey } from "../lib/mail-address.ts";

const viewed = { read: "contact.view" } as const;

/** How a contact came to its company. */
export const companySources = ["DOMAIN", "MANUAL"] as const;

export const contactEntity = entity("Contact", {
  description: "A customer: somebody who writes and gets answers. Everything but name and e-mail needs `contact.view`.",
  isActor: true,
  fields: {
    name: name({
      inputs: {
        create: "The name, at most 200 characters.",
        update: "The name; can't be cleared.",
        upsert: { description: "The name. Default of a new contact: the address's local part.", takesNull: true },
      },
      filter: "By name, without case; contains and startsWith ignore accents too.",
      order: ["NAME", "Its name, without case."],
    }),
    email: emailAddress({
      isNullable: true,
      inputs: {
        create: "The primary address; no other contact may have it.",
        update: "The primary address; the one before stays as a further one. Null removes the primary address.",
        upsert: "Its address; looked for next. A new one becomes the primary address, the one before stays.",
      },
      filter: {
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
    }),
    phone: phone({
      ...viewed,
      isNullable: true,
      description: "The primary phone number; null when unknown or without the permission.",
      inputs: {
        create: "The phone number.",
        update:
          "The primary phone number. It replaces the one before, which isn't kept. Null removes it; the next further number is primary then.",
        upsert: "The phone number.",
      },
    }),
    otherPhones: texts({
      ...viewed,
      description: "Its further phone numbers; null without the permission.",
    }),
    company: reference("Company", { ...viewed, isNullable: true, filter: "By company." }),
    companySource: enumeration("CompanySource", companySources, {
      ...viewed,
      isNullable: true,
      description: "How it came to its company; null while nothing was linked or without the permission.",
    }),
    notes: longText(maxNotes, {
      ...viewed,
      isNullable: true,
      description: "What the team wants to remember; null when there is nothing or without the permission.",
      inputs: {
        create: "What the team wants to remember, at most 100,000 characters.",
        update: "What the team wants to remember.",
        upsert: "What the team wants to remember.",
      },
    }),
    externalId: externalId({
      ...viewed,
      isNullable: true,
      description: "Its id in another system; null without one or without the permission.",
      inputs: {
        create: "Its id in another system, unique in the organization.",
        update: "Its id in another system.",
        upsert: "Its id in another system; looked for first.",
      },
      filter: "By its id in another system, exactly.",
    }),
    isAnonymous: isSet({
      column: "anonymizedAt",
      description: "Whether its name and addresses were erased.",
      filter: "By whether its name and addresses were erased.",
    }),
    isBlocked: boolean({
      ...viewed,
      description: "Whether its messages are refused; null without the permission.",
      inputs: { update: "Whether its messages are refused." },
      filter: "By whether its messages are refused.",
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
    version: integer({ description: "Counts its changes; for `expectedVersion`." }),
  },
  inner: { domainPath: "Generated, for the index by domains." },
  extras: {
    addresses: {
      field: "addresses",
      ...viewed,
    },
  },
  filters: {
    emails: {
      permission: "contact.view",
      kind: "many",
      relation: "addresses",
      filter: () => addressFilter,
      description: "By its e-mail addresses, one by one.",
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

const addressFilter: FilterSpec = {
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
