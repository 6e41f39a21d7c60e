/**
 * What a viewer can see, as where-fragments: a list is "filter AND visible", one row is "id AND
 * visible". Filter in the database, never after it.
 */
import type { Prisma } from "../db/index.ts";
import type { Permission } from "./permissions.ts";
import { can, memberId, type Viewer } from "./viewer.ts";

/**
 * The services' own wall between organizations; the bound client and row security stand behind it.
 * Tests take it down through createServer's deps to prove that those two hold alone.
 */
function tenant(viewer: Viewer): { organizationId?: string } {
  return viewer.isUnscopedForTests ? {} : { organizationId: viewer.organizationId };
}

/** Matches nothing, whatever else is asked: `id` is never in an empty list. */
const nothing = { id: { in: [] as string[] } };

/** Tickets within the reach of the viewer's ticket.view, without deleted ones. */
export function visibleTickets(viewer: Viewer): Prisma.TicketWhereInput {
  return { ...tenant(viewer), deletedAt: null, ...withinReach(viewer) };
}

function withinReach(viewer: Viewer, permission: Permission = "ticket.view"): Prisma.TicketWhereInput {
  const reach = viewer.grants.get(permission);
  const self = memberId(viewer);
  switch (reach) {
    case "ALL":
      return {};
    case "AVAILABLE":
      return { OR: [{ assigneeId: null }, ...(self ? [{ assigneeId: self }] : [])] };
    case "ASSIGNED":
      return self ? { assigneeId: self } : nothing;
    case null:
    case undefined:
      return nothing;
    default:
      return reach satisfies never;
  }
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

/** API keys are seen by who may manage them, and a key sees itself. */
export function visibleApiKeys(viewer: Viewer): Prisma.ApiKeyWhereInput {
  if (can(viewer, "integration.manage")) return tenant(viewer);
  return viewer.actor.kind === "API_KEY"
    ? { ...tenant(viewer), id: viewer.actor.id }
    : { ...tenant(viewer), ...nothing };
}
