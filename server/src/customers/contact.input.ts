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
  "A new contact. Give an e-mail address or a phone number.",
  {
    ...fieldsIn(contactEntity, "create"),
    company: companyRef
      .nullish()
      .describe(
        "The company. Default: the company whose domain the address has. Null means no company and no link by domain.",
      ),
  },
).refine((input) => input.email || input.phone, "a contact needs an e-mail address or a phone number");

export const contactUpdateInput = inputObject(
  "ContactUpdateInput",
  "The changes to a contact. A field that is left out stays as it is; null clears it.",
  {
    ...fieldsIn(contactEntity, "update"),
    addEmails: addresses.describe("Further addresses to add; a contact can have at most 20."),
    removeEmails: addresses.describe("The addresses to remove."),
    addPhones: phones.describe("Further phone numbers to add; a contact can have at most 20."),
    removePhones: phones.describe("The phone numbers to remove, in any notation."),
    company: companyRef
      .nullish()
      .describe("The company; null removes the link. A link set or removed here is never overridden by a domain."),
    moveTickets: z
      .boolean()
      .nullish()
      .meta({
        description:
          "Whether all of the contact's tickets that the viewer can update also move to the new company. Default: false. Then only tickets without a company move, and only if the contact had no company before.",
        access: { permission: "ticket.update", isEnforcedHere: false },
      }),
    expectedVersion,
  },
);

export const contactUpsertInput = inputObject(
  "ContactUpsertInput",
  "A contact as it should be: found by externalId, else by any address, else created, which needs an e-mail address or a phone number. A field that is left out stays as it is; null clears it.",
  {
    ...fieldsIn(contactEntity, "upsert"),
    company: companyRef
      .nullish()
      .describe("The company. Default: a new contact is linked by its address's domain. Null means no company."),
  },
).refine((input) => input.externalId || input.email, "give externalId or email to find the contact by");
