import { z } from "zod";
import { type SignedInUser, unauthenticated } from "../access/viewer.ts";
import { issueTokens, tokenHash } from "../auth/tokens.ts";
import type { Context } from "../context.ts";
import type { PreTenantSession } from "../db/pre-tenant.ts";
import { addressKey } from "../lib/mail-address.ts";
import { networkOf } from "../lib/network.ts";
import { declared, parseInput } from "../operations/operation.ts";
import { DomainError, type ErrorCode } from "../wire/errors.ts";
import { passwordChangeInput, signInInput } from "./session.input.ts";
import { type NewSession, openSession, toSession } from "./session.steps.ts";

/** Error codes of the session operations, which work without an organization and therefore outside `operation()`. */
export const sessionErrors = {
  signIn: ["UNAUTHENTICATED", "RATE_LIMITED", "VALIDATION", "UNAVAILABLE"],
  refreshSession: ["UNAUTHENTICATED", "VALIDATION", "RATE_LIMITED", "UNAVAILABLE"],
  signOut: ["UNAUTHENTICATED", "RATE_LIMITED", "UNAVAILABLE"],
  sessions: ["UNAUTHENTICATED", "RATE_LIMITED", "UNAVAILABLE"],
  sessionRevoke: ["UNAUTHENTICATED", "VALIDATION", "NOT_FOUND", "RATE_LIMITED", "UNAVAILABLE"],
  sessionsRevokeAll: ["UNAUTHENTICATED", "RATE_LIMITED", "UNAVAILABLE"],
  passwordChange: ["UNAUTHENTICATED", "FORBIDDEN", "VALIDATION", "RATE_LIMITED", "UNAVAILABLE"],
} as const satisfies Record<string, ErrorCode[]>;

/**
 * The same answer, and the same work, for an unknown user and a wrong password.
 *
 * @throws UNAUTHENTICATED, RATE_LIMITED
 */
export async function signIn(context: Context, input: unknown): Promise<NewSession> {
  return declaring(context, sessionErrors.signIn, async () => {
    const { email, password } = parseInput(signInInput, input);
    const account = addressKey(email);
    const isKnownDevice = await isDeviceOf(context, account);
    context.signInLimits.take(account, context.clientAddress, isKnownDevice);
    const login = await context.database.preTenant.findLogin(account);
    const isRight = await context.passwords.matches(
      password,
      login?.passwordHash ?? null,
      networkOf(context.clientAddress),
    );
    if (!login || !isRight) {
      throw new DomainError(
        "UNAUTHENTICATED",
        "The e-mail address or the password is wrong; check both and try again.",
      );
    }
    context.signInLimits.giveBack(account, context.clientAddress, isKnownDevice);
    return openSession(context, login.userId);
  });
}

/** Whether the request carries a token of an earlier session of the account: access or refresh, also an expired one. */
async function isDeviceOf({ database, bearer }: Context, account: string): Promise<boolean> {
  return bearer !== null && (await database.preTenant.isTokenOf(tokenHash(bearer), account));
}

/** @throws UNAUTHENTICATED; a token that was already exchanged ends its session */
export async function refreshSession(context: Context, refreshToken: string): Promise<NewSession> {
  return declaring(context, sessionErrors.refreshSession, async () => {
    const issued = issueTokens();
    const outcome = await context.database.preTenant.refreshSession(tokenHash(refreshToken), issued.pair);
    if (outcome === "REFRESHED") return toSession(issued);
    if (outcome === "REUSED") {
      throw new DomainError(
        "UNAUTHENTICATED",
        "This refresh token was already used. It may have been stolen, so its session was ended: sign in again.",
      );
    }
    throw new DomainError("UNAUTHENTICATED", "This refresh token is unknown or expired: sign in again.");
  });
}

/** @throws UNAUTHENTICATED when there is no session to end */
export async function signOut(context: Context): Promise<void> {
  return declaring(context, sessionErrors.signOut, async () => {
    await context.database.preTenant.endSession(requireUser(context).sessionId);
  });
}

/** The user's own sessions, last used first. @throws UNAUTHENTICATED */
export async function listSessions(context: Context): Promise<PreTenantSession[]> {
  return declaring(context, sessionErrors.sessions, () =>
    context.database.preTenant.listSessions(requireUser(context).userId),
  );
}

/** @throws NOT_FOUND, also for another user's session */
export async function sessionRevoke(context: Context, sessionId: string): Promise<void> {
  return declaring(context, sessionErrors.sessionRevoke, async () => {
    const isEnded = await context.database.preTenant.revokeSession(requireUser(context).userId, sessionId);
    if (!isEnded)
      throw new DomainError(
        "NOT_FOUND",
        "You have no session with this id; it may have ended already. List yours with sessions.",
      );
  });
}

/** Ends all sessions except this one. @throws UNAUTHENTICATED */
export async function sessionsRevokeAll(context: Context): Promise<number> {
  return declaring(context, sessionErrors.sessionsRevokeAll, () => {
    const { userId, sessionId } = requireUser(context);
    return context.database.preTenant.revokeOtherSessions(userId, sessionId);
  });
}

/**
 * Changes the user's own password and ends all other sessions.
 *
 * @throws FORBIDDEN when the current password is wrong; attempts count as sign-ins do
 */
export async function passwordChange(context: Context, input: unknown): Promise<number> {
  return declaring(context, sessionErrors.passwordChange, async () => {
    const { userId, sessionId, email } = requireUser(context);
    const { currentPassword, newPassword } = parseInput(z.object({ input: passwordChangeInput }), { input }).input;
    const account = addressKey(email);
    context.signInLimits.take(account, context.clientAddress, true);
    const login = await context.database.preTenant.findLogin(account);
    if (!(await context.passwords.matches(currentPassword, login?.passwordHash ?? null, userId)))
      throw new DomainError("FORBIDDEN", "The current password is wrong; nothing was changed.");
    context.signInLimits.giveBack(account, context.clientAddress, true);
    const passwordHash = await context.passwords.hash(newPassword, userId);
    return context.database.preTenant.changePassword(userId, sessionId, passwordHash);
  });
}

/** @throws UNAUTHENTICATED; an API key is not a user */
function requireUser(context: Context): SignedInUser {
  if (context.user) return context.user;
  throw context.viewer ? notASession() : (context.refusal ?? unauthenticated());
}

function notASession(): DomainError {
  return new DomainError(
    "UNAUTHENTICATED",
    "An API key is not a user: it has no session and no password. To revoke it, use apiKeyRevoke.",
  );
}

async function declaring<T>(context: Context, errors: readonly ErrorCode[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw declared(error, errors, context);
  }
}
