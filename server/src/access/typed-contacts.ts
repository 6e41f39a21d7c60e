/**
 * Contacts that a viewer without contact.view knows by what was typed alone: named by address on tickets that it sees,
 * and on no such ticket in another way.
 */
import { conditionToSql } from "../db/condition-sql.ts";
import { Prisma } from "../db/index.ts";
import { can, type Viewer } from "./viewer.ts";
import { visibleTickets } from "./visibility.ts";

export interface TypedContact {
  id: string;
  name: string;
  email: string;
}

/** A condition on `contact`, the alias of a contact's row: whether the viewer may know how it is stored. */
export function isRevealed(viewer: Viewer, contact: Prisma.Sql): Prisma.Sql {
  if (can(viewer, "contact.view")) return Prisma.sql`true`;
  // Names of their own inside: the statement around may use short ones.
  const isInSight = conditionToSql("Ticket", visibleTickets(viewer), "seen");
  const wasSeen = Prisma.sql`${isInSight} and not exists (select from typed_contacts typed
    where typed.organization_id = seen.organization_id and typed.ticket_id = seen.id and typed.contact_id = ${contact}.id)`;
  return Prisma.sql`(exists (select from tickets seen
      where seen.organization_id = ${contact}.organization_id and seen.contact_id = ${contact}.id and ${wasSeen})
    or exists (select from ticket_participants link
      join tickets seen on seen.organization_id = link.organization_id and seen.id = link.ticket_id
      where link.organization_id = ${contact}.organization_id and link.contact_id = ${contact}.id and ${wasSeen}))`;
}

/** Of these contacts, those that the viewer knows by what was typed alone, with the last of it. */
export function typedContacts(viewer: Viewer, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    select distinct on (c.id) c.id, x.name, x.email
    from typed_contacts x
    join contacts c on c.organization_id = x.organization_id and c.id = x.contact_id
    join tickets t on t.organization_id = x.organization_id and t.id = x.ticket_id
    where x.organization_id = ${viewer.organizationId}::uuid and x.contact_id = any(${[...ids]}::uuid[])
      and ${conditionToSql("Ticket", visibleTickets(viewer), "t")}
      and not ${isRevealed(viewer, Prisma.sql`c`)}
    order by c.id, x.created_at desc`;
}
