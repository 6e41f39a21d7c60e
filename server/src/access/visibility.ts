/**
 * What a viewer can see, as where-fragments: a list is "filter AND visible", one row is "id AND
 * visible". Filter in the database, never after it.
 */

import type { Prisma } from "../db/index.ts";
import type { Condition } from "../lib/condition.ts";
import type { IdType } from "../wire/ids.ts";
import { moneyPermissions, type Permission } from "./permissions.ts";
import { nothing, reachCondition } from "./reach.ts";
import { can, memberId, type Viewer } from "./viewer.ts";

/**
 * The services' own wall between organizations; the bound client and row security stand behind it.
 * Tests take it down through createServer's deps to prove that those two hold alone.
 */
function tenant(viewer: Viewer): { organizationId?: string } {
  return viewer.isUnscopedForTests ? {} : { organizationId: viewer.organizationId };
}

/** Tickets within the reach of the viewer's ticket.view, without deleted ones. */
export function visibleTickets(viewer: Viewer): Prisma.TicketWhereInput {
  return { ...tenant(viewer), deletedAt: null, ...withinReach(viewer) };
}

function withinReach(viewer: Viewer, permission: Permission = "ticket.view"): Prisma.TicketWhereInput {
  return reachCondition(viewer.grants.get(permission), memberId(viewer));
}

/** The same with those in the trash: what time was worked on a ticket doesn't go when the ticket does. */
export function ticketsInReach(viewer: Viewer): Prisma.TicketWhereInput {
  return { ...tenant(viewer), ...withinReach(viewer) };
}

/** Tickets as the filter isDeleted speaks of them: with those in the trash that the viewer may restore. */
export function visibleTicketsAndTrash(viewer: Viewer): Prisma.TicketWhereInput {
  const trash = { ...tenant(viewer), AND: [withinReach(viewer), withinReach(viewer, "ticket.delete")] };
  return { OR: [visibleTickets(viewer), { ...trash, deletedAt: { not: null } }] };
}

/** The trash: deleted tickets that the viewer may restore. */
export function visibleTrash(viewer: Viewer): Prisma.TicketWhereInput {
  return { AND: [visibleTicketsAndTrash(viewer), { deletedAt: { not: null } }] };
}

/** Messages of a ticket that is visible itself: notes only with note.view. */
export function visibleMessages(viewer: Viewer): Prisma.MessageWhereInput {
  return can(viewer, "note.view") ? tenant(viewer) : { ...tenant(viewer), visibility: "PUBLIC" };
}

/** Messages wherever they are: those of visible tickets. */
export function visibleMessagesOfVisibleTickets(viewer: Viewer): Prisma.MessageWhereInput {
  return { ...visibleMessages(viewer), ticket: visibleTickets(viewer) };
}

/** Contacts: all with contact.view; with ticket.view alone, those of visible tickets. */
export function visibleContacts(viewer: Viewer): Prisma.ContactWhereInput {
  if (can(viewer, "contact.view")) return tenant(viewer);
  return { ...tenant(viewer), tickets: { some: visibleTickets(viewer) } };
}

/** Companies: all with contact.view; with ticket.view alone, those of visible tickets. */
export function visibleCompanies(viewer: Viewer): Prisma.CompanyWhereInput {
  if (can(viewer, "contact.view")) return tenant(viewer);
  return { ...tenant(viewer), tickets: { some: visibleTickets(viewer) } };
}

/** Everybody in the organization sees who works there; those who left stay for the history. */
export function visibleMembers(viewer: Viewer): Prisma.MemberWhereInput {
  return tenant(viewer);
}

export function visibleRoles(viewer: Viewer): Prisma.RoleWhereInput {
  return tenant(viewer);
}

export function visibleLabels(viewer: Viewer): Prisma.LabelWhereInput {
  return { ...tenant(viewer), deletedAt: null };
}

/** Invitations are seen by who manages the team. */
export function visibleInvitations(viewer: Viewer): Prisma.InvitationWhereInput {
  return can(viewer, "team.manage") ? tenant(viewer) : { ...tenant(viewer), ...nothing };
}

/**
 * Time entries of tickets within the reach of the viewer's ticket.view, those in the trash and those that
 * were purged (with all tickets in reach) too: what becomes of a ticket changes no past sum. One's own are
 * always one's own; of a ticket that is out of reach they say no more than when they were written.
 */
export function visibleTimeEntries(viewer: Viewer): Prisma.TimeEntryWhereInput {
  if (viewer.grants.get("ticket.view") === "ALL") return tenant(viewer);
  return { ...tenant(viewer), OR: [{ ticket: { ...tenant(viewer), ...withinReach(viewer) } }, ownTimeEntries(viewer)] };
}

/** The viewer's own; an API key has none. */
export function ownTimeEntries(viewer: Viewer): Prisma.TimeEntryWhereInput {
  const self = memberId(viewer);
  return self ? { memberId: self } : nothing;
}

/** What reports and exports are made of: without report.view one's own time. */
export function reportedTimeEntries(viewer: Viewer): Prisma.TimeEntryWhereInput {
  const seen = [visibleTimeEntries(viewer), { durationMinutes: { not: null } }];
  return { AND: can(viewer, "report.view") ? seen : [...seen, ownTimeEntries(viewer)] };
}

/** Entries within the reach of the viewer's time.manage; those of purged tickets with the reach AVAILABLE too. */
export function managedTimeEntries(viewer: Viewer): Prisma.TimeEntryWhereInput {
  const reach = viewer.grants.get("time.manage");
  if (reach === "ALL") return tenant(viewer);
  const within = { ticket: { ...tenant(viewer), ...withinReach(viewer, "time.manage") } };
  return { ...tenant(viewer), OR: [within, ...(reach === "AVAILABLE" ? [{ ticketId: null }] : [])] };
}

export function seesMoney(viewer: Viewer): boolean {
  return moneyPermissions.some((permission) => can(viewer, permission));
}

/** API keys are seen by who may manage them, and a key sees itself. */
export function visibleApiKeys(viewer: Viewer): Prisma.ApiKeyWhereInput {
  if (can(viewer, "integration.manage")) return tenant(viewer);
  return viewer.actor.kind === "API_KEY"
    ? { ...tenant(viewer), id: viewer.actor.id }
    : { ...tenant(viewer), ...nothing };
}

/** What the viewer sees of each type with ids; one that is missing here doesn't compile. */
export const visibleOf: Record<IdType, (viewer: Viewer) => Condition> = {
  Organization: (viewer) => ({ id: viewer.organizationId }),
  Member: visibleMembers,
  Role: visibleRoles,
  ApiKey: visibleApiKeys,
  Contact: visibleContacts,
  Company: visibleCompanies,
  Label: visibleLabels,
  Ticket: visibleTickets,
  Message: visibleMessagesOfVisibleTickets,
  Invitation: visibleInvitations,
  TimeEntry: visibleTimeEntries,
};
