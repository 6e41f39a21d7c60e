import { z } from "zod";
import { can, requirePermission, type Viewer } from "../access/viewer.ts";
import { getCompany } from "../companies/company.steps.ts";
import { emailAddress, expectedVersion, externalId, line, notes, phone } from "../inputs/fields.ts";
import { companyRef, contactRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { requireVersion } from "../writes/version.ts";
import { maxPhones } from "./contact.phones.ts";
import { insertContact, lockContact, requireNamed } from "./contact.steps.ts";
import { maxAddresses, updateContact } from "./contact.update.steps.ts";

const name = line(200);

export const contactCreate = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    input: z
      .object({
        name,
        email: emailAddress.nullish(),
        phone: phone.nullish(),
        notes: notes.nullish(),
        externalId: externalId.nullish(),
        company: companyRef.nullish(),
      })
      .refine((input) => input.email || input.phone, "a contact needs an e-mail address or a phone number"),
  }),
  async run(write, { input }) {
    const { company, ...fields } = input;
    const contact = await insertContact(write, {
      name: fields.name,
      email: fields.email ?? null,
      phone: fields.phone ?? null,
      notes: fields.notes || null,
      externalId: fields.externalId ?? null,
      ...(company === undefined ? {} : { companyId: company && (await getCompany(write, company)).id }),
    });
    return { ids: { contactId: contact.id } };
  },
});

export const contactUpdate = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    contact: contactRef,
    input: z.object({
      name: name.optional(),
      email: emailAddress.nullish(),
      phone: phone.nullish(),
      addPhones: z.array(phone).max(maxPhones).nullish(),
      removePhones: z.array(phone).max(maxPhones).nullish(),
      notes: notes.nullish(),
      externalId: externalId.nullish(),
      isBlocked: z.boolean().optional(),
      addEmails: z.array(emailAddress).max(maxAddresses).nullish(),
      removeEmails: z.array(emailAddress).max(maxAddresses).nullish(),
      company: companyRef.nullish(),
      moveTickets: z.boolean().nullish(),
      expectedVersion,
    }),
  }),
  async run(write, { contact: ref, input }) {
    if (input.moveTickets) requirePermission(write.viewer, "ticket.update");
    const contact = await lockContact(write, ref);
    requireNamed(contact);
    await requireVersion(write, `Contact "${contact.name}"`, contact, input.expectedVersion);
    await updateContact(write, contact, input);
    return { ids: { contactId: contact.id } };
  },
});

/** What the viewer may do with a contact. */
export function contactAbilities(viewer: Viewer) {
  const isManager = can(viewer, "contact.manage");
  return { update: isManager, merge: isManager, delete: isManager };
}
