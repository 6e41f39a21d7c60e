import { effectiveGrants } from "../access/roles.ts";
import type { SignedInUser, Viewer } from "../access/viewer.ts";
import type { Database } from "../db/index.ts";
import type { Authenticated, PreTenantRole } from "../db/pre-tenant.ts";
import { DomainError } from "../wire/errors.ts";
import { tokenHash } from "./tokens.ts";

export interface Credentials {
  /** The header `Authorization`, or the same from connection_init. */
  authorization: string | null;
  /** The organization's uuid from `X-Organization-Id`; null when the header is absent. */
  organizationId: string | null;
}

export interface Identity {
  user: SignedInUser | null;
  viewer: Viewer | null;
  /** Why there is no viewer; thrown by the first field that needs one. */
  refusal: DomainError | null;
  /** The limits of the viewer: the organization's plan, and the key's own points a minute where it has some. */
  limits?: { plan: string; pointsPerMinute: number | null };
}

/**
 * Finds out who sends a request, again for each one: a revoked key, an ended session, a changed role
 * and a deactivated member take effect with the next request.
 */
export async function authenticate(
  database: Database,
  { authorization, organizationId }: Credentials,
): Promise<Identity> {
  if (authorization === null) return { user: null, viewer: null, refusal: null };
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (!token) {
    return refused(
      "UNAUTHENTICATED",
      "The Authorization header must be `Bearer` and a token, such as `Authorization: Bearer tk_` and the rest of your key.",
    );
  }
  const answer = await database.preTenant.authenticate(tokenHash(token), organizationId);
  if (!answer) {
    return refused(
      "UNAUTHENTICATED",
      token.startsWith("tkr_")
        ? "This is a refresh token; exchange it with refreshSession, and send the access token that it returns."
        : token.startsWith("tk_")
          ? "This API key is unknown, expired or revoked."
          : "This access token is unknown or expired; refreshSession returns a new one.",
    );
  }
  return answer.kind === "API_KEY" ? ofApiKey(answer, organizationId) : ofSession(answer, organizationId);
}

function ofApiKey(key: Authenticated & { kind: "API_KEY" }, wanted: string | null): Identity {
  if (wanted !== null && wanted !== key.organizationId) {
    return refused(
      "ORGANIZATION_REQUIRED",
      "This API key doesn't belong to the organization that X-Organization-Id names; omit the header.",
    );
  }
  const viewer: Viewer = {
    actor: { kind: "API_KEY", id: key.id, name: key.name },
    organizationId: key.organizationId,
    timeZone: key.timeZone,
    userId: null,
    memberships: [],
    ...roleOf(key.role),
  };
  return { user: null, viewer, refusal: null, limits: { plan: key.plan, pointsPerMinute: key.pointsPerMinute } };
}

function ofSession(session: Authenticated & { kind: "SESSION" }, wanted: string | null): Identity {
  const { member, memberships } = session;
  const user: SignedInUser = {
    userId: session.user.id,
    sessionId: session.sessionId,
    email: session.user.email,
    name: session.user.name,
    isEmailVerified: session.user.isEmailVerified,
    memberships,
  };
  if (!member) return { user, viewer: null, refusal: organizationRequired(user, wanted) };
  const viewer: Viewer = {
    actor: { kind: "MEMBER", id: member.id, name: member.name },
    organizationId: member.organizationId,
    timeZone: member.timeZone,
    userId: session.user.id,
    memberships,
    ...roleOf(member.role),
  };
  return { user, viewer, refusal: null, limits: { plan: member.plan, pointsPerMinute: null } };
}

function roleOf(role: PreTenantRole): Pick<Viewer, "roleName" | "grants"> {
  return { roleName: role.name, grants: effectiveGrants(role.builtIn, role.grants) };
}

function organizationRequired({ memberships }: SignedInUser, wanted: string | null): DomainError {
  const active = memberships.filter((membership) => membership.isActive);
  const message =
    memberships.length === 0
      ? "You belong to no organization yet; create one (organizationCreate) or ask to be invited."
      : active.length === 0
        ? "You are deactivated in every organization you belong to; ask an admin."
        : wanted === null
          ? "You belong to several organizations; choose one with the header X-Organization-Id."
          : "You are not an active member of the organization that X-Organization-Id names.";
  return new DomainError("ORGANIZATION_REQUIRED", message, { details: { memberships } });
}

function refused(code: "UNAUTHENTICATED" | "ORGANIZATION_REQUIRED", message: string): Identity {
  return { user: null, viewer: null, refusal: new DomainError(code, message) };
}
