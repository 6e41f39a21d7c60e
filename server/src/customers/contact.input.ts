/** The inputs of a contact's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { emailAddress, expectedVersion, phone } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { companyRef } from "../inputs/references.ts";
import { contactEntity } from "./contact.entity.ts";

export const maxAddresses = 20;
export const maxPhones = 20;

const addresses = z.array(emailAddress).max(maxAddresses).nullish();
const phones = z.array(phone).max(maxPhones).nullish();

export const contactCreateInput = inputObject(
  "ContactCreateInput",
  "A new contact; it needs an e-mail address or a phone number.",
  {
    ...fieldsIn(contactEntity, "create"),
    company: companyRef
      .nullish()
      .describe("Its company. Left out: the one whose domain the address has; null: none, and none by domain."),
  },
).refine((input) => input.email || input.phone, "a contact needs an e-mail address or a phone number");

export const contactUpdateInput = inputObject(
  "ContactUpdateInput",
  "What to change of a contact: an absent field stays, null clears.",
  {
    ...fieldsIn(contactEntity, "update"),
    addEmails: addresses.describe("Further addresses to add; a contact has at most 20."),
    removeEmails: addresses.describe("Addresses to take away."),
    addPhones: phones.describe("Further phone numbers to add; a contact has at most 20."),
    removePhones: phones.describe("Phone numbers to take away, however they are written."),
    company: companyRef
      .nullish()
      .describe("Its company; null removes the link. A person's word is never overridden by a domain."),
    moveTickets: z
      .boolean()
      .nullish()
      .meta({
        description:
          "With a new company: whether all its tickets move too that the viewer may update. Default false: only tickets without a company follow to the first one.",
        access: { permission: "ticket.update", isEnforcedHere: false },
      }),
    expectedVersion,
  },
);

export const contactUpsertInput = inputObject(
  "ContactUpsertInput",
  "A contact as it should be: found by externalId, else by any address, else created (then it needs an e-mail address or a phone number). An absent field stays, null clears.",
  {
    ...fieldsIn(contactEntity, "upsert"),
    company: companyRef
      .nullish()
      .describe("Its company. Left out: a new contact is linked by its address's domain; null: none."),
  },
).refine((input) => input.externalId || input.email, "give externalId or email to find the contact by");
