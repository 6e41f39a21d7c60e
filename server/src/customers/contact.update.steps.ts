/** Changes one contact, for updates and upserts alike. */

import type { z } from "zod";
import { can } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { ContactModel as Contact, Prisma } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import type { companyRef } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";
import { lockTicket, updateTicket } from "../tickets/ticket.steps.ts";
import { invalid } from "../wire/errors.ts";
import { saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { getCompany } from "./company.steps.ts";
import { refuseTakenExternalId } from "./contact.clash.steps.ts";
import { contactEntity } from "./contact.entity.ts";
import { keepFormerAddresses } from "./contact.former.steps.ts";
import { maxAddresses } from "./contact.input.ts";
import { findCompanyOfAddress } from "./contact.link.steps.ts";
import { changePhones } from "./contact.phones.ts";
import { insertAddress } from "./contact.steps.ts";

export interface ContactPatch {
  name?: string | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  addPhones?: string[] | null | undefined;
  removePhones?: string[] | null | undefined;
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  isBlocked?: boolean | undefined;
  addEmails?: string[] | null | undefined;
  removeEmails?: string[] | null | undefined;
  company?: z.output<typeof companyRef> | null | undefined;
  moveTickets?: boolean | null | undefined;
}

/** Changes what differs in a locked contact. Returns false when nothing differed. @throws VALIDATION */
export async function updateContact(write: Write, contact: Contact, input: ContactPatch): Promise<boolean> {
  const { email: _email, phone: _phone, ...columns } = input;
  const { externalId } = input;
  if (externalId !== contact.externalId) await refuseTakenExternalId(write, externalId, contact.id);
  const data: Prisma.ContactUncheckedUpdateInput = {
    ...columnsOf(contactEntity, columns),
    ...changePhones(contact, input),
  };
  const { email, emailKey, addresses } = await changeAddresses(write, contact, input);
  Object.assign(data, { email, emailKey });
  if (email === null && data.phone === null) {
    throw invalid(
      ["input"],
      "A contact needs an e-mail address or a phone number; give another before you remove the last one.",
      "REQUIRED",
    );
  }
  const company = await changedCompany(write, contact, email, input.company);
  if (company) Object.assign(data, company);
  const isChanged = await saveContact(write, contact, data, addresses);
  const moved = company?.companyId ?? null;
  if (company && moved !== contact.companyId) await moveTickets(write, contact, moved, input.moveTickets ?? false);
  return isChanged;
}

interface AddressInput {
  email?: string | null | undefined;
  addEmails?: string[] | null | undefined;
  removeEmails?: string[] | null | undefined;
}

interface Addresses {
  /** The primary address. When it was removed, the oldest remaining one. */
  email: string | null;
  emailKey: string | null;
  /** All address keys before and after, sorted. */
  addresses: { before: string[]; after: string[] };
}

/** Adds and removes addresses. @throws VALIDATION when one is both added and removed */
async function changeAddresses(write: Write, contact: Contact, input: AddressInput): Promise<Addresses> {
  const { tx } = write;
  const removed = new Set((input.removeEmails ?? []).map(addressKey));
  if (input.email === null && contact.emailKey) removed.add(contact.emailKey);
  const both = [...(input.addEmails ?? []), input.email ?? ""].find((address) => removed.has(addressKey(address)));
  if (both) {
    const message = `${both} can't be both added and removed; name it in one list only.`;
    throw invalid(["input", "removeEmails"], message, "CONTRADICTION");
  }
  const own = await tx.contactAddress.findMany({ where: { contactId: contact.id }, orderBy: { createdAt: "asc" } });
  const added = [...(input.addEmails ?? []), ...(input.email ? [input.email] : [])].filter(
    (address, index, all) =>
      !own.some((one) => one.addressKey === addressKey(address)) &&
      all.findIndex((other) => addressKey(other) === addressKey(address)) === index,
  );
  // An address stored before a release made two forms equal keeps its stored key until it is removed or merged.
  const isRemoved = (one: { address: string; addressKey: string }) =>
    removed.has(one.addressKey) || removed.has(addressKey(one.address));
  const left = own.filter((one) => !isRemoved(one));
  if (left.length + added.length > maxAddresses)
    throw invalid(
      ["input", "addEmails"],
      `A contact can have at most ${maxAddresses} addresses; remove some first.`,
      "TOO_MANY",
    );
  for (const address of added) await insertAddress(write, contact.id, address);
  const gone = own.filter(isRemoved).map((one) => one.addressKey);
  if (gone.length > 0)
    await tx.contactAddress.deleteMany({ where: { contactId: contact.id, addressKey: { in: gone } } });
  await keepFormerAddresses(write, contact.id, gone);
  const kept = contact.email && !removed.has(addressKey(contact.email)) ? contact.email : null;
  const email = input.email ?? kept ?? left[0]?.address ?? added[0] ?? null;
  const stored = own.find((one) => one.address === email);
  return {
    email,
    emailKey: stored?.addressKey ?? (email && addressKey(email)),
    addresses: {
      before: own.map((one) => one.addressKey).sort(),
      after: [...left.map((one) => one.addressKey), ...added.map(addressKey)].sort(),
    },
  };
}

/** The link to a company: a person's decision is always kept; otherwise the address's domain decides. */
async function changedCompany(
  write: Write,
  contact: Contact,
  email: string | null,
  asked: z.output<typeof companyRef> | null | undefined,
): Promise<{ companyId: string | null; companySource: string | null } | null> {
  if (asked === null) return { companyId: null, companySource: "MANUAL" };
  if (asked !== undefined) return { companyId: (await getCompany(write, asked)).id, companySource: "MANUAL" };
  if (contact.companySource === "MANUAL" || email === contact.email) return null;
  const companyId = email ? await findCompanyOfAddress(write, email) : null;
  return { companyId, companySource: companyId ? "DOMAIN" : null };
}

async function saveContact(
  write: Write,
  contact: Contact,
  columns: object,
  { before, after }: Addresses["addresses"],
): Promise<boolean> {
  const isChanged = before.join() !== after.join();
  const beside = { isChanged, before: { addresses: before }, after: { addresses: after } };
  return (await saveRow(write, contactEntity, "contact.updated", contact, columns, beside)) !== contact;
}

/**
 * Gives tickets without a company the contact's first one. On request, moves all tickets that the viewer can
 * update, so that nobody changes tickets here that they can't change otherwise.
 */
async function moveTickets(
  write: Write,
  contact: Contact,
  companyId: string | null,
  isAskedFor: boolean,
): Promise<void> {
  const { tx, viewer } = write;
  if (!isAskedFor && (contact.companyId !== null || companyId === null)) return;
  const tickets = await tx.ticket.findMany({
    where: { contactId: contact.id, ...(isAskedFor ? visibleTickets(viewer) : { companyId: null }) },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  for (const { id } of tickets) {
    const ticket = await lockTicket(write, { id });
    if (!ticket || (isAskedFor && !can(viewer, "ticket.update", ticket))) continue;
    await updateTicket(write, ticket, { companyId });
  }
}
