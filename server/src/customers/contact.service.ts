import { z } from "zod";
import { can, requirePermission, type Viewer } from "../access/viewer.ts";
import { contactRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { requireVersion } from "../writes/version.ts";
import { getCompany } from "./company.steps.ts";
import { contactCreateInput, contactUpdateInput } from "./contact.input.ts";
import { insertContact, lockContact, requireNamed } from "./contact.steps.ts";
import { updateContact } from "./contact.update.steps.ts";

export const contactCreate = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    input: contactCreateInput.describe("The contact to create."),
  }),
  async run(write, { input }) {
    const { company, ...fields } = input;
    const contact = await insertContact(write, {
      ...fields,
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
    contact: contactRef.describe("The contact."),
    input: contactUpdateInput.describe("The changes."),
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

/** What the viewer can do with a contact. */
export function contactAbilities(viewer: Viewer) {
  const isManager = can(viewer, "contact.manage");
  return { update: isManager, merge: isManager, delete: isManager };
}
