/** Writes of contacts inside a transaction; no right is checked here. */

import { visibleContacts } from "../access/visibility.ts";
import { domainCandidates } from "../companies/company.domain.ts";
import type { ContactModel as Contact } from "../db/index.ts";
import { Prisma } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { notFound } from "../errors.ts";
import { type ContactRef, describeRef } from "../inputs/references.ts";
import { toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import { contactWhere } from "./contact.reference.ts";

export interface NewContact {
  name: string;
  email: string | null;
  phone: string | null;
  notes: string | null;
  externalId: string | null;
  /** Undefined: linked by its address's domain. Null or a company: a person's decision, kept. */
  companyId?: string | null;
}

/** Creates a contact and links it to the company of its address's domain, if one has it. */
export async function insertContact(write: Write, { companyId, ...fields }: NewContact): Promise<Contact> {
  const { tx, viewer, now, record } = write;
  const { organizationId } = viewer;
  const byDomain = companyId === undefined && fields.email ? await findCompanyOfAddress(write, fields.email) : null;
  const row = await tx.contact.create({
    data: {
      organizationId,
      id: newUuid(now.getTime()),
      ...fields,
      nameKey: toKey(fields.name),
      emailKey: fields.email && toKey(fields.email),
      companyId: companyId ?? byDomain,
      companySource: companyId !== undefined ? "MANUAL" : byDomain ? "DOMAIN" : null,
      createdAt: now,
      updatedAt: now,
    },
  });
  if (fields.email) await insertAddress(write, row.id, fields.email);
  record({ kind: "contact.created", subjectId: row.id, before: null, after: imageOf(row) });
  return row;
}

export async function insertAddress(write: Write, contactId: string, address: string): Promise<void> {
  const { tx, viewer, now } = write;
  await lockAddress(write, toKey(address));
  await tx.contactAddress.create({
    data: {
      organizationId: viewer.organizationId,
      contactId,
      address,
      addressKey: toKey(address),
      createdAt: now,
    },
  });
}

/** Whoever wants the same address waits until the commit, and then sees who has it. */
async function lockAddress({ tx, viewer }: Write, addressKey: string): Promise<void> {
  const name = `${viewer.organizationId} address ${addressKey}`;
  await tx.$queryRaw(Prisma.sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`);
}

/**
 * The contact that has the address, else a new one. Finding never overwrites the name. Two that look
 * for the same new address wait for each other, so that one contact comes of it.
 */
export async function findOrInsertContact(
  write: Write,
  { name, email }: { name: string | null; email: string },
): Promise<Contact> {
  const { tx } = write;
  const addressKey = toKey(email);
  await lockAddress(write, addressKey);
  const found = await tx.contact.findFirst({ where: { addresses: { some: { addressKey } } } });
  if (found) return found;
  const localPart = email.slice(0, email.lastIndexOf("@"));
  return insertContact(write, { name: name ?? localPart, email, phone: null, notes: null, externalId: null });
}

/** The active company with the longest domain that the address is at or below. */
export async function findCompanyOfAddress({ tx }: Write, address: string): Promise<string | null> {
  const domains = await tx.companyDomain.findMany({
    where: { domain: { in: domainCandidates(address) }, company: { archivedAt: null } },
    select: { domain: true, companyId: true },
  });
  const [longest] = domains.toSorted((a, b) => b.domain.length - a.domain.length);
  return longest?.companyId ?? null;
}

export function imageOf(contact: Contact): Record<string, unknown> {
  const { organizationId: _organization, nameKey: _name, emailKey: _email, ...columns } = contact;
  return columns;
}

/** @throws NOT_FOUND */
export async function getContact({ tx, viewer }: Write, ref: ContactRef): Promise<Contact> {
  const contact = await tx.contact.findFirst({ where: { AND: [visibleContacts(viewer), contactWhere(ref, viewer)] } });
  if (!contact) throw notFound(describeRef("Contact", ref));
  return contact;
}
