import { z } from "zod";
import { declared, parseInput } from "../access/operation.ts";
import { type Context, unauthenticated } from "../context.ts";
import { DomainError, type ErrorCode } from "../errors.ts";
import { toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import { accessSeconds, type IssuedTokens, issueTokens, tokenHash } from "./tokens.ts";

/** Codes of the operations of a session: they work without an organization, so outside `operation()`. */
export const sessionErrors = {
  signIn: ["UNAUTHENTICATED", "RATE_LIMITED", "VALIDATION", "UNAVAILABLE"],
  refreshSession: ["UNAUTHENTICATED", "VALIDATION", "UNAVAILABLE"],
  signOut: ["UNAUTHENTICATED", "UNAVAILABLE"],
} as const satisfies Record<string, ErrorCode[]>;

export interface NewSession {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

const signInInput = z.object({
  email: z.string().trim().min(1, "must not be empty").max(254, "must have at most 254 characters"),
  password: z.string().min(1, "must not be empty").max(1_024, "must have at most 1,024 characters"),
});

/**
 * The same answer, and the same work, for an unknown user and a wrong password.
 *
 * @throws UNAUTHENTICATED, RATE_LIMITED
 */
export async function signIn(context: Context, input: unknown): Promise<NewSession> {
  return declaring(context, sessionErrors.signIn, async () => {
    const { email, password } = parseInput(signInInput, input);
    const account = toKey(email);
    await context.signInLimits.take(account, context.clientAddress);
    const login = await context.database.gate.findLogin(account);
    const isRight = await context.passwords.matches(password, login?.passwordHash ?? null);
    if (!login || !isRight) {
      throw new DomainError("UNAUTHENTICATED", "The e-mail address or the password is wrong.");
    }
    await context.signInLimits.giveBack(account, context.clientAddress);
    const issued = issueTokens();
    await context.database.gate.startSession(newUuid(), login.userId, context.userAgent, issued.pair);
    return toSession(issued);
  });
}

/** @throws UNAUTHENTICATED; a token that was exchanged before ends its session */
export async function refreshSession(context: Context, refreshToken: string): Promise<NewSession> {
  return declaring(context, sessionErrors.refreshSession, async () => {
    const issued = issueTokens();
    const outcome = await context.database.gate.refreshSession(tokenHash(refreshToken), issued.pair);
    if (outcome === "REFRESHED") return toSession(issued);
    if (outcome === "REUSED") {
      throw new DomainError(
        "UNAUTHENTICATED",
        "This refresh token was exchanged before. In case it was stolen, its session has ended: sign in again.",
      );
    }
    throw new DomainError("UNAUTHENTICATED", "This refresh token is unknown or expired: sign in again.");
  });
}

/** @throws UNAUTHENTICATED when there is no session to end */
export async function signOut(context: Context): Promise<void> {
  return declaring(context, sessionErrors.signOut, async () => {
    if (!context.user) throw context.viewer ? notASession() : (context.refusal ?? unauthenticated());
    await context.database.gate.endSession(context.user.sessionId);
  });
}

function notASession(): DomainError {
  return new DomainError("UNAUTHENTICATED", "An API key has no session to end; revoke it with apiKeyRevoke.");
}

function toSession({ accessToken, refreshToken }: IssuedTokens): NewSession {
  return { accessToken, refreshToken, expiresInSeconds: accessSeconds };
}

async function declaring<T>(context: Context, errors: readonly ErrorCode[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw declared(error, errors, context);
  }
}
