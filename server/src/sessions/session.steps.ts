import { accessSeconds, type IssuedTokens, issueTokens } from "../auth/tokens.ts";
import type { Context } from "../context.ts";
import { newUuid } from "../lib/uuid.ts";

export interface NewSession {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

/** Signs in a user whose identity is already proven. */
export async function openSession(context: Context, userId: string): Promise<NewSession> {
  const issued = issueTokens();
  await context.database.preTenant.startSession(newUuid(), userId, context.userAgent, issued.pair);
  return toSession(issued);
}

export function toSession({ accessToken, refreshToken }: IssuedTokens): NewSession {
  return { accessToken, refreshToken, expiresInSeconds: accessSeconds };
}
