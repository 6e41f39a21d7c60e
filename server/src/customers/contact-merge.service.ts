/** The ways a contact ends: merged into another, deleted, or made anonymous. */

import { z } from "zod";
import { type ContactModel as Contact, Prisma } from "../db/index.ts";
import { imageOf } from "../entities/image.ts";
import { requireOwnIdentity, requireRepeated } from "../inputs/former.ts";
import { bothOf, keptOf, type MergedField, mergeNotes, packMerged } from "../inputs/merged.ts";
import { contactRef } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";
import { operation } from "../operations/operation.ts";
import { lockTickets, updateTicket, updateTickets } from "../tickets/ticket.steps.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { batchSize } from "../writes/deferred.ts";
import { lockRows } from "../writes/lock.ts";
import { moveRows } from "../writes/move-rows.ts";
import { saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { contactEntity } from "./contact.entity.ts";
import { moveIdentity } from "./contact.former.steps.ts";
import { maxAddresses, maxPhones } from "./contact.input.ts";
import { giveFirstCompany } from "./contact.link.steps.ts";
import { moveTyped } from "./contact.named.steps.ts";
import { toPhones } from "./contact.phones.ts";
import { getContact, lockContact, requireNamed } from "./contact.steps.ts";

export const contactMerge = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    contact: contactRef.describe("The contact to merge and delete."),
    into: contactRef.describe("The contact to keep."),
  }),
  async run(write, refs) {
    const { tx, now, record } = write;
    const ids = [(await getContact(write, refs.contact)).id, (await getContact(write, refs.into)).id] as const;
    if (ids[0] === ids[1]) return { ids: { contactId: ids[0], ...requireRepeated("contact", refs.contact, ids[0]) } };
    await lockRows(write, "contacts", ids);
    const other = await lockContact(write, { id: ids[0] });
    const kept = await lockContact(write, { id: ids[1] });
    // Merged the other way round, or both into a third contact, while this call waited.
    if (other.id === kept.id)
      return { ids: { contactId: kept.id, ...requireRepeated("contact", refs.contact, kept.id) } };
    requireNamed(other);
    requireNamed(kept);
    await moveTickets(write, other.id, kept.id);
    await moveRows(write, "TimeEntry", { contactId: other.id }, { contactId: kept.id });
    await tx.message.updateMany({ where: { authorContactId: other.id }, data: { authorContactId: kept.id } });
    await tx.change.updateMany({
      where: { actorKind: "CONTACT", actorId: other.id },
      data: { actorId: kept.id },
    });
    const addresses = await moveAddresses(write, other, kept);
    await tx.messageAddress.updateMany({ where: { contactId: other.id }, data: { contactId: kept.id } });
    await moveIdentity(write, other, kept);
    await remove(write, other);
    const both = { ...together(kept, other, now), ...emailKeyOf(kept, addresses) };
    const row = await saveRow(write, contactEntity, "contact.merged", kept, both, {
      isChanged: true,
      after: { addresses },
    });
    if (kept.companyId === null && row.companyId !== null) await giveFirstCompany(write, [kept.id], row.companyId);
    // The log's copies of the other must not outlive it: making the kept contact anonymous couldn't find them.
    record({ kind: "contact.deleted", subjectId: other.id, before: { id: other.id }, after: null });
    await scrub(write, other.id);
    return { ids: { contactId: kept.id, deletedId: other.id, kept: packMerged(keptOfBoth(kept, other)) } };
  },
});

/** Moves tickets as contact and as participant; a contact that would be both is the contact only. */
async function moveTickets(write: Write, from: string, to: string): Promise<void> {
  await moveTyped(write, "contact_id", from, to);
  for (let more = true; more; ) {
    const tickets = await lockTickets(write, { contactId: from });
    await updateTickets(write, tickets, { contactId: to });
    more = tickets.length === batchSize;
  }
  for (let more = true; more; ) {
    const tickets = await lockTickets(write, {
      OR: [
        { participants: { some: { contactId: from } } },
        { AND: [{ contactId: to }, { participants: { some: { contactId: to } } }] },
      ],
    });
    for (const ticket of tickets) {
      const ids = ticket.participantIds.map((id) => (id === from ? to : id)).filter((id) => id !== ticket.contactId);
      await updateTicket(write, ticket, { participantIds: [...new Set(ids)].toSorted() });
    }
    more = tickets.length === batchSize;
  }
}

async function moveAddresses({ tx }: Write, other: Contact, kept: Contact): Promise<string[]> {
  // The primary address is a deferred foreign key of the contact, so it goes before its row moves.
  const own = await tx.contactAddress.findMany({ where: { contactId: { in: [other.id, kept.id] } } });
  if (own.length > maxAddresses)
    throw invalid(
      ["into"],
      `Together they have ${own.length} addresses, and a contact can have at most ${maxAddresses}; remove some first.`,
    );
  // Two forms of one address, stored before a release made them equal, become one row here.
  const keys = new Set(own.map((one) => one.addressKey));
  const doubled = own.filter((one) => one.addressKey !== addressKey(one.address) && keys.has(addressKey(one.address)));
  for (const one of doubled) keys.delete(one.addressKey);
  await tx.contactAddress.deleteMany({ where: { addressKey: { in: doubled.map((one) => one.addressKey) } } });
  await tx.contactAddress.updateMany({ where: { contactId: other.id }, data: { contactId: kept.id } });
  return [...keys].sort();
}

function emailKeyOf({ email }: Contact, keys: string[]): { emailKey?: string } {
  return email !== null && keys.includes(addressKey(email)) ? { emailKey: addressKey(email) } : {};
}

async function remove({ tx, viewer }: Write, { id }: Contact): Promise<void> {
  await tx.contact.delete({ where: { organizationId_id: { organizationId: viewer.organizationId, id } } });
}

/** The numbers and notes of both; the kept contact takes over what else it lacks. @throws VALIDATION past the limit */
function together(kept: Contact, other: Contact, now: Date): Prisma.ContactUncheckedUpdateInput {
  const phones = toPhones([kept.phone, ...kept.otherPhones, other.phone, ...other.otherPhones]);
  if (phones.otherPhones.length >= maxPhones)
    throw invalid(
      ["into"],
      `Together they have ${phones.otherPhones.length + 1} phone numbers, and a contact can have at most ${maxPhones}; remove some first.`,
    );
  return {
    ...phones,
    notes: mergeNotes(kept.notes, other.notes, other.name, now),
    externalId: kept.externalId ?? other.externalId,
    ...(kept.email === null ? { email: other.email, emailKey: other.emailKey } : {}),
    ...(kept.companySource === null ? { companyId: other.companyId, companySource: other.companySource } : {}),
  };
}

function keptOfBoth(kept: Contact, other: Contact): (MergedField | null)[] {
  return [
    keptOf("name", kept.name, other.name),
    bothOf("emails", kept.email !== null, other.email !== null),
    bothOf("phones", kept.phone !== null, other.phone !== null),
    bothOf("notes", kept.notes !== null, other.notes !== null),
    bothOf("externalId", kept.externalId !== null, other.externalId !== null),
    kept.companySource === null
      ? keptOf("company", null, other.companyId)
      : keptOf("company", kept.companyId ?? (other.companyId && "none"), other.companyId),
  ];
}

export const contactDelete = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "CONTACT_HAS_TICKETS"],
  input: z.object({
    contact: contactRef.describe("The contact."),
  }),
  async run(write, { contact: ref }) {
    const { tx, record } = write;
    const contact = await lockContact(write, ref);
    requireOwnIdentity("contact", ref, contact);
    const tickets = await tx.ticket.count({
      where: { OR: [{ contactId: contact.id }, { participants: { some: { contactId: contact.id } } }] },
    });
    const messages = await tx.message.count({ where: { authorContactId: contact.id } });
    const entries = await tx.timeEntry.count({ where: { contactId: contact.id } });
    if (tickets + messages + entries > 0)
      throw new DomainError(
        "CONTACT_HAS_TICKETS",
        `Contact "${contact.name}" has tickets (tickets in the trash, tickets with the contact as a participant, and logged time count too), so it can't be deleted; merge it with contactMerge, or erase its name and addresses with contactAnonymize.`,
      );
    await eraseAddresses(write, contact.id, await addressesEver(write, contact));
    await remove(write, contact);
    record({ kind: "contact.deleted", subjectId: contact.id, before: { id: contact.id }, after: null });
    await scrub(write, contact.id);
    return { ids: { contactId: contact.id } };
  },
});

export const contactAnonymize = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    contact: contactRef.describe("The contact."),
  }),
  async run(write, { contact: ref }) {
    const { tx, viewer, now, record } = write;
    const contact = await lockContact(write, ref);
    const addresses = await addressesEver(write, contact);
    if (contact.anonymizedAt && !(await hasTraces(write, contact, addresses)))
      return { ids: { contactId: contact.id } };
    const row = await tx.contact.update({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: contact.id } },
      data: {
        name: "Anonymous",
        nameKey: "anonymous",
        searchKey: "anonymous",
        ...{ email: null, emailKey: null, phone: null, otherPhones: [], notes: null, externalId: null },
        ...{ companyId: null, companySource: null },
        anonymizedAt: contact.anonymizedAt ?? now,
        updatedAt: now,
        version: { increment: 1 },
      },
    });
    await tx.contactAddress.deleteMany({ where: { contactId: contact.id } });
    await tx.typedContact.deleteMany({ where: { contactId: contact.id } });
    await tx.contactFormer.deleteMany({ where: { contactId: contact.id, kind: { not: "ID" } } });
    await eraseAddresses(write, contact.id, addresses);
    await scrub(write, contact.id);
    record({ kind: "contact.anonymized", subjectId: contact.id, before: null, after: imageOf(contactEntity, row) });
    return { ids: { contactId: contact.id } };
  },
});

/** Whether data of an anonymous contact came back, or was written while it was made anonymous. */
async function hasTraces(
  { tx }: Write,
  { id: contactId, name, phone, notes, externalId }: Contact,
  addresses: string[],
) {
  if (name !== "Anonymous" || addresses.length > 0 || [phone, notes, externalId].some((value) => value !== null))
    return true;
  const left = [
    await tx.typedContact.count({ where: { contactId } }),
    await tx.messageAddress.count({ where: { contactId } }),
  ];
  return left.some((count) => count > 0);
}

/** The keys of all addresses that the contact and the contacts merged into it have or had. */
async function addressesEver({ tx }: Write, { id }: Contact): Promise<string[]> {
  const own = await tx.contactAddress.findMany({ where: { contactId: id } });
  const former = await tx.contactFormer.findMany({ where: { contactId: id, kind: "ADDRESS" } });
  const keys = own.flatMap((one) => [one.addressKey, addressKey(one.address)]);
  return [...new Set([...keys, ...former.map(({ value }) => value)])];
}

/**
 * Erases the addresses from the envelopes of all messages; the team decides about the bodies. An address that belongs
 * to another contact by now stays where it refers to that contact.
 */
async function eraseAddresses({ tx }: Write, contactId: string, keys: string[]): Promise<void> {
  await tx.messageAddress.deleteMany({ where: { contactId } });
  const others = await tx.contactAddress.findMany({
    where: { addressKey: { in: keys }, NOT: { contactId } },
    select: { addressKey: true },
  });
  const elses = new Set(others.map((one) => one.addressKey));
  await tx.messageAddress.deleteMany({ where: { addressKey: { in: keys.filter((key) => !elses.has(key)) } } });
}

/** Leaves no copy in the change log: the changes keep their numbers and lose what they said about the contact. */
async function scrub({ tx }: Write, contactId: string): Promise<void> {
  await tx.change.updateMany({
    where: { subjectType: "contact", subjectId: contactId },
    data: { before: Prisma.DbNull, after: Prisma.DbNull },
  });
}
