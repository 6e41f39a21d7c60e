/** A contact as a call names it: by a reference, or as a person who is found or created by address. */
import { isRevealed } from "../access/typed-contacts.ts";
import { can } from "../access/viewer.ts";
import { type ContactModel as Contact, Prisma } from "../db/index.ts";
import type { ContactRef } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";
import { lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { findOrInsertContact, getContact } from "./contact.steps.ts";

export type NamedRef = ContactRef & { person?: { name?: string | null | undefined; email: string } | undefined };

export interface NamedContact {
  contact: Contact;
  /** The address that was given, else the contact's own. */
  email: string | null;
  /** The typed values, where the viewer may not see more of the contact; see access/typed-contacts.ts. */
  typed: { name: string; email: string } | null;
}

/** @throws NOT_FOUND for a reference */
export async function getNamedContact(write: Write, { person, ...ref }: NamedRef): Promise<NamedContact> {
  if (!person) {
    const contact = await getContact(write, ref as ContactRef);
    return { contact, email: contact.email, typed: null };
  }
  const { email } = person;
  const name = person.name ?? email.slice(0, email.lastIndexOf("@"));
  for (;;) {
    const { contact, isNew } = await findOrInsertContact(write, { name, email });
    if (isNew || (await isKnownTo(write, contact))) return { contact, email, typed: null };
    // Locked until the commit: a contact's data must not come back after it was erased.
    await lockRows(write, "contacts", [contact.id], "for share");
    const own = { contactId: contact.id, addressKey: addressKey(email) };
    if ((await write.tx.contactAddress.count({ where: own })) > 0) return { contact, email, typed: { name, email } };
  }
}

async function isKnownTo({ tx, viewer }: Write, { id }: Contact): Promise<boolean> {
  if (can(viewer, "contact.view")) return true;
  const [row] = await tx.$queryRaw<{ known: boolean }[]>(Prisma.sql`
    select ${isRevealed(viewer, Prisma.sql`c`)} as known from contacts c
    where c.organization_id = ${viewer.organizationId}::uuid and c.id = ${id}::uuid`);
  return row?.known === true;
}

/** Stores the typed values with the ticket. */
export async function keepTyped({ tx, viewer, now }: Write, ticketId: string, named: NamedContact[]): Promise<void> {
  const rows = named.flatMap(({ contact, typed }) =>
    typed ? [{ organizationId: viewer.organizationId, ticketId, contactId: contact.id, ...typed, createdAt: now }] : [],
  );
  if (rows.length > 0) await tx.typedContact.createMany({ data: rows, skipDuplicates: true });
}

/** Moves typed values when their contacts or tickets are merged; where the kept contact is known, they are dropped. */
export async function moveTyped(
  { tx, viewer }: Write,
  column: "contact_id" | "ticket_id",
  from: string,
  to: string,
): Promise<void> {
  const [own, other] =
    column === "contact_id"
      ? [Prisma.sql`contact_id`, Prisma.sql`ticket_id`]
      : [Prisma.sql`ticket_id`, Prisma.sql`contact_id`];
  const link =
    column === "contact_id" ? Prisma.sql`(x.ticket_id, ${to}::uuid)` : Prisma.sql`(${to}::uuid, x.contact_id)`;
  await tx.$executeRaw(Prisma.sql`
    delete from typed_contacts x where x.organization_id = ${viewer.organizationId}::uuid and x.${own} = ${from}::uuid
      and (exists (select from typed_contacts k
             where k.organization_id = x.organization_id and k.${own} = ${to}::uuid and k.${other} = x.${other})
        or exists (select from tickets t
             where t.organization_id = x.organization_id and (t.id, t.contact_id) = ${link})
        or exists (select from ticket_participants p
             where p.organization_id = x.organization_id and (p.ticket_id, p.contact_id) = ${link}))`);
  await tx.$executeRaw(Prisma.sql`
    update typed_contacts set ${own} = ${to}::uuid
    where organization_id = ${viewer.organizationId}::uuid and ${own} = ${from}::uuid`);
}
