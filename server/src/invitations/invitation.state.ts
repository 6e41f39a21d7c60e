/** The state of an invitation, from its columns and the time. */
export const invitationStates = ["WAITING", "ACCEPTED", "EXPIRED", "REVOKED"] as const;
export type InvitationState = (typeof invitationStates)[number];

/** How long an invitation can be accepted after it was last sent. */
export const invitationDays = 7;

export function invitationState(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt) return "ACCEPTED";
  if (invitation.revokedAt) return "REVOKED";
  return invitation.expiresAt <= now ? "EXPIRED" : "WAITING";
}

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + invitationDays * 24 * 3_600_000);
}
