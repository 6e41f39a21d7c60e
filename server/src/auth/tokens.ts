import { createHash, randomBytes } from "node:crypto";
import type { TokenPair } from "../db/pre-tenant.ts";

/** Opaque tokens: 256 random bits after a prefix that says what they are, SHA-256 at rest. */
const prefixes = { access: "tka_", refresh: "tkr_", apiKey: "tk_", invitation: "tki_" } as const;

export const accessSeconds = 15 * 60;
export const refreshSeconds = 7 * 24 * 60 * 60;

export function newToken(kind: keyof typeof prefixes): string {
  return prefixes[kind] + randomBytes(32).toString("base64url");
}

export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The start of an API key that may be shown later, to tell keys apart. */
export function visiblePrefix(apiKey: string): string {
  return apiKey.slice(0, 9);
}

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string;
  pair: TokenPair;
}

export function issueTokens(): IssuedTokens {
  const accessToken = newToken("access");
  const refreshToken = newToken("refresh");
  return {
    accessToken,
    refreshToken,
    pair: {
      accessHash: tokenHash(accessToken),
      accessSeconds,
      refreshHash: tokenHash(refreshToken),
      refreshSeconds,
    },
  };
}
