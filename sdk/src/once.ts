/**
 * Mutations without idempotency keys on the server, because the sender has no viewer yet or ends its session. Sent
 * again after a lost answer, they would run again or be refused.
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
