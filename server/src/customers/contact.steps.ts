/** Writes contacts inside a transaction. No permission is checked here. */

import type { ContactModel as Contact } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import type { ContactRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { nameColumns } from "../lib/key.ts";
import { addressKey, addressSearchKey } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { DomainError } from "../wire/errors.ts";
import { lockNames } from "../writes/lock.ts";
import { findRow, type Lookup, lockRow } from "../writes/lookup.ts";
import { recordCreated } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { refuseTakenAddress, refuseTakenExternalId } from "./contact.clash.steps.ts";
import { contactEntity } from "./contact.entity.ts";
import { findKeptContact } from "./contact.former.steps.ts";
import { findCompanyOfAddress } from "./contact.link.steps.ts";
import { contactWhere } from "./contact.reference.ts";

export interface NewContact {
  name: string;
  email: string | null;
  phone: string | null;
  notes: string | null;
  externalId: string | null;
  /** Undefined links by the address's domain. Null or a company is a person's decision and is kept. */
  companyId?: string | null;
}

/** Creates a contact and links it to the company that has its address's domain, if any. */
export async function insertContact(write: Write, { companyId, ...fields }: NewContact): Promise<Contact> {
  const { tx, viewer, now } = write;
  const { organizationId } = viewer;
  await refuseTakenExternalId(write, fields.externalId);
  const byDomain = companyId === undefined && fields.email ? await findCompanyOfAddress(write, fields.email) : null;
  const row = await tx.contact.create({
    data: {
      organizationId,
      id: newUuid(now.getTime()),
      ...nameColumns(fields.name),
      ...columnsOf(contactEntity, fields),
      companyId: companyId ?? byDomain,
      companySource: companyId !== undefined ? "MANUAL" : byDomain ? "DOMAIN" : null,
      createdAt: now,
      updatedAt: now,
    },
  });
  if (fields.email) await insertAddress(write, row.id, fields.email);
  recordCreated(write, contactEntity, "contact.created", row);
  return row;
}

export async function insertAddress(write: Write, contactId: string, address: string): Promise<void> {
  const { tx, viewer, now } = write;
  await refuseTakenAddress(write, address, contactId);
  await tx.contactAddress.create({
    data: {
      organizationId: viewer.organizationId,
      contactId,
      address,
      addressKey: addressKey(address),
      searchKey: addressSearchKey(address),
      createdAt: now,
    },
  });
}

/** Others who want the same address wait until the commit, and then see who has it. */
function lockAddress(write: Write, key: string): Promise<void> {
  return lockNames(write, [`address ${key}`]);
}

/**
 * The contact that has the address, else a new one. Finding never overwrites the name. Two calls that look for
 * the same new address wait for each other, so that only one contact is created.
 */
export async function findOrInsertContact(
  write: Write,
  { name, email }: { name: string; email: string },
): Promise<{ contact: Contact; isNew: boolean }> {
  const { tx } = write;
  const key = addressKey(email);
  await lockAddress(write, key);
  const found = await tx.contact.findFirst({ where: { addresses: { some: { addressKey: key } } } });
  if (found) return { contact: found, isNew: false };
  const contact = await insertContact(write, { name, email, phone: null, notes: null, externalId: null });
  return { contact, isNew: true };
}

export const contacts: Lookup<ContactRef> = {
  type: "Contact",
  table: "contacts",
  where: (ref, viewer) => contactWhere(ref, viewer) as Condition,
  findKept: findKeptContact,
};

/** @throws NOT_FOUND */
export const getContact = ({ tx, viewer }: Write, ref: ContactRef): Promise<Contact> =>
  findRow(tx, viewer, contacts, ref);

/** @throws NOT_FOUND */
export const lockContact = (write: Write, ref: ContactRef): Promise<Contact> => lockRow(write, contacts, ref);

/** Refuses an anonymous contact, which stays anonymous. @throws CONFLICT */
export function requireNamed(contact: Contact): void {
  if (!contact.anonymizedAt) return;
  throw new DomainError(
    "CONFLICT",
    "This contact was made anonymous, which can't be undone, so it can be neither changed nor merged; create a new contact instead.",
  );
}
