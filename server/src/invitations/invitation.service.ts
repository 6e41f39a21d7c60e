import { z } from "zod";
import { memberId } from "../access/viewer.ts";
import { visibleInvitations } from "../access/visibility.ts";
import { newToken, tokenHash } from "../auth/tokens.ts";
import type { Context } from "../context.ts";
import type { InvitationModel as Invitation } from "../db/index.ts";
import { globalId } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { refuseMember } from "../members/member.steps.ts";
import { getRole, grantsOfRole, requireGrantable } from "../members/role.steps.ts";
import { operation } from "../operations/operation.ts";
import { DomainError, invalid, notFound } from "../wire/errors.ts";
import { readLocked } from "../writes/lock.ts";
import { recordCreated, saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { invitationEntity } from "./invitation.entity.ts";
import { memberInviteInput } from "./invitation.input.ts";
import { invitationExpiry, invitationState } from "./invitation.state.ts";

/** Shown only in this answer. Until invitations are mailed, the member who manages the team passes the link on. */
interface Once {
  token: string;
  url: string | null;
}

export const memberInvite = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS", "RATE_LIMITED"],
  input: z.object({
    input: memberInviteInput.describe("The address and the role."),
  }),
  async run(write, { input }, context) {
    const { tx, viewer, now } = write;
    const { organizationId } = viewer;
    const role = await getRole(write, input.role);
    requireGrantable(viewer, grantsOfRole(role), input.email);
    const emailKey = addressKey(input.email);
    await refuseDouble(write, input.email, emailKey);
    await context.invitationLimits.take(organizationId, emailKey, context.plan.invitationsPerHour);
    const invitation = await tx.invitation.create({
      data: {
        organizationId,
        id: newUuid(now.getTime()),
        email: input.email,
        emailKey,
        roleId: role.id,
        invitedByMemberId: memberId(viewer),
        invitedByApiKeyId: viewer.actor.kind === "API_KEY" ? viewer.actor.id : null,
        expiresAt: invitationExpiry(now),
        createdAt: now,
        updatedAt: now,
      },
    });
    recordCreated(write, invitationEntity, "invitation.created", invitation);
    return { ids: { invitationId: invitation.id }, once: await issueToken(write, invitation.id, context) };
  },
});

export const invitationResend = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "INVITATION_USED", "RATE_LIMITED"],
  input: z.object({
    id: globalId("Invitation").describe("The invitation's id."),
  }),
  async run(write, { id }, context) {
    const { viewer, now } = write;
    const invitation = await lockInvitation(write, id);
    refuseEnded(invitation, now);
    requireGrantable(viewer, grantsOfRole(await getRole(write, { id: invitation.roleId })), invitation.email);
    await context.invitationLimits.take(viewer.organizationId, invitation.emailKey, context.plan.invitationsPerHour);
    await saveRow(write, invitationEntity, "invitation.resent", invitation, {
      expiresAt: invitationExpiry(now),
      // The member or key that sends it again becomes its inviter.
      invitedByMemberId: memberId(viewer),
      invitedByApiKeyId: viewer.actor.kind === "API_KEY" ? viewer.actor.id : null,
    });
    return { ids: { invitationId: id }, once: await issueToken(write, id, context) };
  },
});

export const invitationRevoke = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "INVITATION_USED"],
  input: z.object({
    id: globalId("Invitation").describe("The invitation's id."),
  }),
  async run(write, { id }) {
    const { now } = write;
    const invitation = await lockInvitation(write, id);
    // Revoking twice is not an error: the invitation is revoked either way.
    if (invitation.revokedAt) return { ids: { invitationId: id } };
    refuseEnded(invitation, now);
    await saveRow(write, invitationEntity, "invitation.revoked", invitation, { revokedAt: now });
    return { ids: { invitationId: id } };
  },
});

/** @throws ALREADY_EXISTS when the address belongs to a member, or has an invitation that waits or expired */
async function refuseDouble(write: Write, email: string, emailKey: string): Promise<void> {
  const { tx } = write;
  await refuseMember(write, email);
  const waiting = await tx.invitation.findFirst({ where: { emailKey, acceptedAt: null, revokedAt: null } });
  if (waiting)
    throw new DomainError(
      "ALREADY_EXISTS",
      `${email} is already invited; send that invitation again with invitationResend, or revoke it.`,
    );
}

/** @throws INVITATION_USED; VALIDATION for a revoked one */
function refuseEnded(invitation: Invitation, now: Date): void {
  const state = invitationState(invitation, now);
  if (state === "ACCEPTED")
    throw new DomainError(
      "INVITATION_USED",
      `${invitation.email} has accepted this invitation; change the member instead.`,
    );
  if (state === "REVOKED")
    throw invalid(["id"], `This invitation for ${invitation.email} was revoked; create a new one with memberInvite.`);
}

/** @throws NOT_FOUND */
async function lockInvitation(write: Write, id: string): Promise<Invitation> {
  const { tx, viewer } = write;
  const where = { AND: [visibleInvitations(viewer), { id }] };
  const found = await tx.invitation.findFirst({ where, select: { id: true } });
  const invitation = await readLocked(write, "invitations", found, () => tx.invitation.findFirst({ where }));
  if (!invitation) throw notFound("This invitation");
  return invitation;
}

async function issueToken({ tx }: Write, invitationId: string, { appUrl }: Context): Promise<Once> {
  const token = newToken("invitation");
  const hash = new Uint8Array(tokenHash(token));
  await tx.$queryRaw`select tiketti.put_invitation_token(${hash}, ${invitationId}::uuid)::text`;
  // From configuration only: a link built from a request's headers could lead anywhere.
  return { token, url: appUrl && `${appUrl.replace(/\/$/, "")}/invitations/${token}` };
}
