/**
 * Mutations that the server keeps no idempotency key for: whoever sends them has no viewer yet, or ends what it has. Sent
 * again because an answer was lost they would be done again, or refused.
 */
export const onceOnly = [
  "signIn",
  "refreshSession",
  "signOut",
  "passwordChange",
  "sessionRevoke",
  "sessionsRevokeAll",
  "invitationAccept",
] as const;

const pattern = new RegExp(`\\b(?:${onceOnly.join("|")})\\s*[({]`);

export function isOnceOnly(query: string): boolean {
  return pattern.test(query);
}
