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

/** How a contact was linked to its company. */
export const companySources = ["DOMAIN", "MANUAL"] as const;

export const contactEntity = entity("Contact", {
  description:
    "A customer, who writes messages and gets replies. All fields except name and e-mail need `contact.view`.",
  isActor: true,
  fields: {
    name: name({
      inputs: {
        create: "The name, at most 200 characters.",
        update: "The name, at most 200 characters; can't be cleared.",
        upsert: {
          description: "The name, at most 200 characters. Default for a new contact: the address's local part.",
          takesNull: true,
        },
      },
      filter: "By name, ignoring case; contains and startsWith ignore accents too.",
      order: ["NAME", "The name, ignoring case."],
    }),
    email: emailAddress({
      isNullable: true,
      inputs: {
        create: "The primary address. No other contact can have it.",
        update: "The primary address. The previous one stays as a further address. Null removes the primary address.",
        upsert:
          "The address, by which the contact is found if not by externalId. A new address becomes the primary one; the previous one stays.",
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
        description: "By any of its e-mail addresses, ignoring case; without `contact.view` only by the primary one.",
      },
    }),
    phone: phone({
      ...viewed,
      isNullable: true,
      description: "The primary phone number; null when unknown or without the permission.",
      inputs: {
        create: "The phone number.",
        update:
          "The primary phone number. The previous one isn't kept. Null removes it; then the next further number becomes the primary one.",
        upsert: "The phone number.",
      },
    }),
    otherPhones: texts({
      ...viewed,
      description: "The further phone numbers; null without the permission.",
    }),
    company: reference("Company", { ...viewed, isNullable: true, filter: "By company." }),
    companySource: enumeration("CompanySource", companySources, {
      ...viewed,
      isNullable: true,
      description: "How it was linked to its company; null when no link was set or without the permission.",
    }),
    notes: longText(maxNotes, {
      ...viewed,
      isNullable: true,
      description: "The team's notes; null when there are none or without the permission.",
      inputs: {
        create: "The team's notes, at most 100,000 characters.",
        update: "The team's notes, at most 100,000 characters.",
        upsert: "The team's notes, at most 100,000 characters.",
      },
    }),
    externalId: externalId({
      ...viewed,
      isNullable: true,
      description: "The id in another system; null when there is none or without the permission.",
      inputs: {
        create: "The id in another system, unique in the organization.",
        update: "The id in another system; null clears it.",
        upsert: "The id in another system, by which the contact is searched for first.",
      },
      filter: "By the id in another system, matched exactly.",
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
      filter: "By the creation time.",
      order: ["CREATED_AT", "When it was created."],
    }),
    updatedAt: instant({
      description: "When it last changed.",
      filter: "By the time of the last change.",
      order: ["UPDATED_AT", "When it last changed."],
    }),
    version: integer({ description: "The version, which counts its changes; use it as `expectedVersion`." }),
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
      description: "By e-mail addresses, each compared on its own.",
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

const addressFilter: FilterSpec = {
  name: "ContactAddressFilter",
  description: "Selects the e-mail addresses of a contact.",
  key: "addressKey",
  fields: {
    address: {
      kind: "text",
      column: "addressKey",
      toKey: addressKey,
      search: { column: "searchKey", toKey: addressSearchKey },
      description: "By the address, ignoring case.",
    },
  },
};
