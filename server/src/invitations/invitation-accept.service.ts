/** Operations with an invitation's token, before its holder is a member: outside `operation()`. */

import { z } from "zod";
import { grantsBeyond } from "../access/roles.ts";
import { systemViewer } from "../access/system-viewer.ts";
import type { Viewer } from "../access/viewer.ts";
import { tokenHash } from "../auth/tokens.ts";
import type { Context } from "../context.ts";
import type { InvitationModel as Invitation } from "../db/index.ts";
import { Prisma } from "../db/index.ts";
import type { PreTenantInvitation } from "../db/pre-tenant.ts";
import { addressKey } from "../lib/mail-address.ts";
import { networkOf } from "../lib/network.ts";
import { newUuid } from "../lib/uuid.ts";
import { insertMember } from "../members/member.steps.ts";
import { getRole, grantsOfRole } from "../members/role.steps.ts";
import { declared, parseInput } from "../operations/operation.ts";
import { type NewSession, openSession } from "../sessions/session.steps.ts";
import { DomainError, type ErrorCode } from "../wire/errors.ts";
import { lockRows } from "../writes/lock.ts";
import { saveRow } from "../writes/save-row.ts";
import { type Write, write } from "../writes/write.ts";
import { invitationEntity } from "./invitation.entity.ts";
import { invitationAcceptInput } from "./invitation.input.ts";
import { invitationState } from "./invitation.state.ts";

export const invitationErrors = {
  find: ["NOT_FOUND", "RATE_LIMITED", "UNAVAILABLE"],
  accept: [
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "NOT_FOUND",
    "VALIDATION",
    "ALREADY_EXISTS",
    "CONFLICT",
    "INVITATION_EXPIRED",
    "INVITATION_USED",
    "RATE_LIMITED",
    "UNAVAILABLE",
  ],
} as const satisfies Record<string, ErrorCode[]>;

export interface Accepted {
  organizationId: string;
  memberId: string;
  changeNumber: bigint;
  /** The session of a new login; null if a signed-in user accepted. */
  session: NewSession | null;
}

/** @throws NOT_FOUND */
export async function findInvitation(context: Context, token: string): Promise<PreTenantInvitation> {
  try {
    return await getInvitation(context, token);
  } catch (error) {
    throw declared(error, invitationErrors.find, context);
  }
}

const acceptInput = z.object({ input: invitationAcceptInput });

/**
 * Makes the holder of the token a member, once: as the signed-in user, whose address must be the invited one, or with a
 * new login for that address. While the inviter hands over the token, it proves nothing about the address, so the new
 * login's address stays unverified.
 */
export async function invitationAccept(context: Context, raw: unknown): Promise<Accepted> {
  try {
    const { input } = parseInput(acceptInput, raw);
    const invitation = await getInvitation(context, input.token);
    refuseEnded(invitation, context.clock.now());
    const user = requireFit(context, invitation, input);
    const id = newUuid();
    const name = input.name ?? user?.name ?? invitation.email;
    const viewer: Viewer = {
      ...systemViewer(invitation.organizationId, invitation.timeZone),
      actor: { kind: "MEMBER", id, name },
      roleName: invitation.roleName,
    };
    const passwordHash = input.password
      ? await context.passwords.hash(input.password, networkOf(context.clientAddress))
      : null;
    const { database, clock, wake, changed } = context;
    const written = await write({ database, clock, viewer, idempotency: null, wake, changed }, async (transaction) => {
      const row = await takeInvitation(transaction, invitation);
      const userId = user?.userId ?? (await createLogin(transaction, invitation, name, passwordHash));
      const member = await insertMember(transaction, {
        userId,
        name,
        email: invitation.email,
        roleId: row.roleId,
        id,
      });
      // A returning user becomes the same member as before.
      viewer.actor = { kind: "MEMBER", id: member.id, name: member.name };
      await finish(transaction, row.id, member.id);
      return { memberId: member.id, userId };
    });
    return {
      organizationId: invitation.organizationId,
      memberId: written.ids.memberId,
      changeNumber: written.changeNumber,
      session: user ? null : await openSession(context, written.ids.userId),
    };
  } catch (error) {
    throw declared(error, invitationErrors.accept, context);
  }
}

async function getInvitation({ database }: Context, token: string): Promise<PreTenantInvitation> {
  const invitation = await database.preTenant.findInvitation(tokenHash(token));
  if (!invitation)
    throw new DomainError(
      "NOT_FOUND",
      "No invitation has this token; a newer link may have been sent since. Ask the person who invited you.",
    );
  return invitation;
}

/** The signed-in user who accepts, or null for a new login. Throws if something is missing. */
function requireFit(
  { user, viewer }: Context,
  invitation: PreTenantInvitation,
  input: { name?: string | null | undefined; password?: string | null | undefined },
) {
  if (user) {
    if (addressKey(user.email) === addressKey(invitation.email)) return user;
    throw new DomainError(
      "FORBIDDEN",
      `This invitation is for ${invitation.email}, and you are signed in as ${user.email}. Sign out first, or ask to be invited by your own address.`,
    );
  }
  if (viewer)
    throw new DomainError("FORBIDDEN", "An API key is not a user and can't accept an invitation; sign in as a user.");
  if (invitation.hasLogin)
    throw new DomainError(
      "UNAUTHENTICATED",
      `${invitation.email} already has a login on this server; sign in with it, then accept the invitation.`,
    );
  const missing = (["name", "password"] as const).filter((field) => !input[field]);
  if (missing.length === 0) return null;
  const message = `${invitation.email} gets a new login, so accepting the invitation requires ${missing.join(" and ")}.`;
  throw new DomainError("VALIDATION", message, {
    issues: missing.map((field) => ({ path: ["input", field], message, code: "REQUIRED" })),
  });
}

/** Locked, so that when two callers accept at once, one gets INVITATION_USED. */
async function takeInvitation(transaction: Write, { invitationId }: PreTenantInvitation) {
  const { tx, now } = transaction;
  await lockRows(transaction, "invitations", [invitationId]);
  const row = await tx.invitation.findFirstOrThrow({ where: { id: invitationId } });
  refuseEnded(row, now);
  await requireInviter(transaction, row);
  return row;
}

/** An inviter who lost the right to give this role can't give it any more. @throws INVITATION_EXPIRED */
async function requireInviter(transaction: Write, invitation: Invitation): Promise<void> {
  const roleId = await roleOfInviter(transaction, invitation);
  const held = roleId ? grantsOfRole(await getRole(transaction, { id: roleId })) : new Map();
  const given = grantsOfRole(await getRole(transaction, { id: invitation.roleId }));
  if (held.has("team.manage") && grantsBeyond(given, held).length === 0) return;
  throw new DomainError(
    "INVITATION_EXPIRED",
    "The person who invited you can no longer give this role; ask the organization for a new invitation.",
  );
}

/** The current role of the member or key that invited; null if it has no access any more. */
async function roleOfInviter({ tx, now }: Write, invitation: Invitation): Promise<string | null> {
  const { invitedByMemberId, invitedByApiKeyId } = invitation;
  if (invitedByMemberId) {
    const member = await tx.member.findFirstOrThrow({ where: { id: invitedByMemberId } });
    return member.isActive ? member.roleId : null;
  }
  // From a release that didn't record the key: it has no inviter, so a member who manages the team must send it again.
  if (!invitedByApiKeyId) return null;
  const key = await tx.apiKey.findFirstOrThrow({ where: { id: invitedByApiKeyId } });
  return key.revokedAt || (key.expiresAt && key.expiresAt <= now) ? null : key.roleId;
}

/** @throws INVITATION_USED, INVITATION_EXPIRED */
function refuseEnded(invitation: Parameters<typeof invitationState>[0], now: Date): void {
  const state = invitationState(invitation, now);
  if (state === "WAITING") return;
  if (state === "ACCEPTED")
    throw new DomainError("INVITATION_USED", "This invitation was already accepted; sign in with your address.");
  const why = state === "REVOKED" ? "was revoked" : "has expired";
  throw new DomainError("INVITATION_EXPIRED", `This invitation ${why}; ask the person who invited you for a new one.`);
}

async function createLogin(
  { tx, now }: Write,
  { email }: PreTenantInvitation,
  name: string,
  passwordHash: string | null,
): Promise<string> {
  const [login] = await tx.$queryRaw<{ id: string | null }[]>(
    Prisma.sql`select tiketti.create_user(${newUuid(now.getTime())}::uuid, ${email}, ${addressKey(email)}, ${name}, ${passwordHash}, false)::text as id`,
  );
  if (login?.id) return login.id;
  throw new DomainError(
    "ALREADY_EXISTS",
    `${email} has a login in the meantime; sign in with it, then accept the invitation.`,
  );
}

async function finish(write: Write, id: string, memberId: string): Promise<void> {
  const invitation = await write.tx.invitation.findFirstOrThrow({ where: { id } });
  await saveRow(write, invitationEntity, "invitation.accepted", invitation, { acceptedAt: write.now, memberId });
}
