import { holds } from "../lib/condition.ts";
import { DomainError } from "../wire/errors.ts";
import type { Grants, Permission } from "./permissions.ts";
import { reachCondition } from "./reach.ts";

/** Who acts: recorded in the change log and as author of messages. */
export type Actor =
  | { kind: "MEMBER"; id: string; name: string }
  | { kind: "API_KEY"; id: string; name: string }
  | { kind: "SYSTEM"; id: null; name: "System" };

export interface Membership {
  organizationId: string;
  memberId: string;
  organizationName: string;
  logoUrl: string | null;
  roleName: string;
  isActive: boolean;
}

/** The signed-in actor inside one organization, with what it may do there. */
export interface Viewer {
  actor: Actor;
  organizationId: string;
  /** The organization's IANA time zone: what a bare date in a filter means. */
  timeZone: string;
  roleName: string;
  grants: Grants;
  /** Null for API keys and the system. */
  userId: string | null;
  memberships: readonly Membership[];
  /** See visibility.ts; set by nothing but a test's deps. */
  isUnscopedForTests?: boolean;
}

/** A signed-in user, before or without an organization. */
export interface SignedInUser {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  isEmailVerified: boolean;
  memberships: readonly Membership[];
}

/** The part of a ticket that a reach depends on. */
export interface Reachable {
  assigneeId: string | null;
}

/** Whether the viewer holds the permission, and on this ticket if one is given. */
export function can(viewer: Viewer, permission: Permission, ticket?: Reachable): boolean {
  const reach = viewer.grants.get(permission);
  if (reach === undefined) return false;
  if (reach === null || ticket === undefined) return true;
  return holds(reachCondition(reach, memberId(viewer)), { assigneeId: ticket.assigneeId });
}

/** The viewer's member id; null for API keys and the system, to whom no ticket is ever assigned. */
export function memberId(viewer: Viewer): string | null {
  return viewer.actor.kind === "MEMBER" ? viewer.actor.id : null;
}

/** @throws FORBIDDEN, naming the permission */
export function requirePermission(viewer: Viewer, permission: Permission): void {
  if (can(viewer, permission)) return;
  throw new DomainError(
    "FORBIDDEN",
    `This needs the permission ${permission}, which the role ${viewer.roleName} doesn't have. Ask an admin of your organization.`,
    { details: { permission } },
  );
}

/** @throws FORBIDDEN when the viewer holds the permission, but not for this ticket */
export function requireReach(viewer: Viewer, permission: Permission, ticket: Reachable & { code: string }): void {
  requirePermission(viewer, permission);
  if (can(viewer, permission, ticket)) return;
  const wayOut = can(viewer, "ticket.assign", ticket)
    ? "Take it first (ticketAssign to yourself)."
    : "Ask a colleague to assign it to you.";
  throw new DomainError(
    "FORBIDDEN",
    `Ticket ${ticket.code} is outside the reach of your ${permission}: ${ticket.assigneeId ? "it is assigned to a colleague" : "it is not assigned to you"}. ${wayOut}`,
    { details: { permission, reach: viewer.grants.get(permission) } },
  );
}

/** @throws UNAUTHENTICATED or ORGANIZATION_REQUIRED */
export function requireViewer(context: { viewer: Viewer | null; refusal: DomainError | null }): Viewer {
  if (context.viewer) return context.viewer;
  throw context.refusal ?? unauthenticated();
}

export function unauthenticated(): DomainError {
  return new DomainError(
    "UNAUTHENTICATED",
    "This needs a signed-in viewer. Send `Authorization: Bearer <access token or API key>`; signIn returns an access token.",
  );
}
