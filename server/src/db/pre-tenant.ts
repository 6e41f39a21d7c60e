import type pg from "pg";
import { addressKey } from "../lib/mail-address.ts";

/** A role as the gate returns it: grants of built-in roles are in the code. */
export interface PreTenantRole {
  id: string;
  name: string;
  builtIn: "ADMIN" | "MANAGER" | "AGENT" | "VIEWER" | null;
  grants: { permission: string; reach: string | null }[];
}

export interface PreTenantMembership {
  organizationId: string;
  memberId: string;
  organizationName: string;
  logoUrl: string | null;
  roleName: string;
  isActive: boolean;
}

/** A member or an API key in its organization. */
interface PreTenantActor {
  organizationId: string;
  timeZone: string;
  id: string;
  name: string;
  role: PreTenantRole;
  /** The organization's plan, which decides the limits. */
  plan: string;
}

export type Authenticated =
  | ({ kind: "API_KEY"; pointsPerMinute: number | null } & PreTenantActor)
  | {
      kind: "SESSION";
      sessionId: string;
      user: { id: string; email: string; name: string; isEmailVerified: boolean };
      memberships: PreTenantMembership[];
      /** The active membership that the request names, or the only one. */
      member: PreTenantActor | null;
    };

export interface PreTenantSession {
  id: string;
  userAgent: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

export interface PreTenantInvitation {
  organizationId: string;
  invitationId: string;
  email: string;
  organizationName: string;
  logoUrl: string | null;
  timeZone: string;
  roleName: string;
  invitedByName: string | null;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  /** Whether the address already has a login on this server. */
  hasLogin: boolean;
}

export interface TokenPair {
  accessHash: Buffer;
  accessSeconds: number;
  refreshHash: Buffer;
  refreshSeconds: number;
}

/**
 * The database's functions that work before a tenant is known. The app's role has no other way to read users,
 * sessions or tokens.
 */
export class PreTenantDatabase {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Who a token belongs to; null when it is unknown, expired or revoked. One statement. */
  async authenticate(hash: Buffer, organizationId: string | null): Promise<Authenticated | null> {
    const rows = await this.#ask<{ answer: Authenticated | null }>(
      "authenticate",
      "select tiketti.authenticate($1, $2) as answer",
      [hash, organizationId],
    );
    return rows[0]?.answer ?? null;
  }

  async findLogin(emailKey: string): Promise<{ userId: string; passwordHash: string | null } | null> {
    const rows = await this.#ask<{ user_id: string; password_hash: string | null }>(
      "find_login",
      "select user_id, password_hash from tiketti.find_login($1)",
      [emailKey],
    );
    return rows[0] ? { userId: rows[0].user_id, passwordHash: rows[0].password_hash } : null;
  }

  async isTokenOf(hash: Buffer, emailKey: string): Promise<boolean> {
    const rows = await this.#ask<{ answer: boolean }>("is_token_of", "select tiketti.is_token_of($1, $2) as answer", [
      hash,
      emailKey,
    ]);
    return rows[0]?.answer === true;
  }

  async startSession(id: string, userId: string, userAgent: string | null, tokens: TokenPair): Promise<void> {
    await this.#ask("start_session", "select tiketti.start_session($1, $2, $3, $4, $5, $6, $7)", [
      id,
      userId,
      userAgent,
      tokens.accessHash,
      tokens.accessSeconds,
      tokens.refreshHash,
      tokens.refreshSeconds,
    ]);
  }

  /** REUSED: the token had been exchanged before, so the session has ended. */
  async refreshSession(
    oldHash: Buffer,
    tokens: TokenPair,
  ): Promise<"REFRESHED" | "UNKNOWN" | "REUSED" | "ENDED" | "EXPIRED"> {
    const rows = await this.#ask<{ answer: "REFRESHED" | "UNKNOWN" | "REUSED" | "ENDED" | "EXPIRED" }>(
      "refresh_session",
      "select tiketti.refresh_session($1, $2, $3, $4, $5) as answer",
      [oldHash, tokens.accessHash, tokens.accessSeconds, tokens.refreshHash, tokens.refreshSeconds],
    );
    return rows[0]?.answer ?? "UNKNOWN";
  }

  async endSession(id: string): Promise<void> {
    await this.#ask("end_session", "select tiketti.end_session($1)", [id]);
  }

  /** The user's live sessions, the most recently used first; at most 200. */
  async listSessions(userId: string): Promise<PreTenantSession[]> {
    return this.#ask<PreTenantSession>(
      "list_sessions",
      `select id, user_agent as "userAgent", created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt"
       from tiketti.list_sessions($1)`,
      [userId],
    );
  }

  /** False when the user has no such session. */
  async revokeSession(userId: string, id: string): Promise<boolean> {
    return this.#value<boolean>("revoke_session", "select tiketti.revoke_session($1, $2) as value", [userId, id]);
  }

  /** Returns how many sessions ended. */
  async revokeOtherSessions(userId: string, keptId: string): Promise<number> {
    return this.#value<number>("revoke_others", "select tiketti.revoke_other_sessions($1, $2) as value", [
      userId,
      keptId,
    ]);
  }

  /** Ends all other sessions too; returns how many. */
  async changePassword(userId: string, keptId: string, passwordHash: string): Promise<number> {
    const values = [userId, keptId, passwordHash];
    return this.#value<number>("change_password", "select tiketti.change_password($1, $2, $3) as value", values);
  }

  /** The new user's id; null when the address already has a login. */
  async createUser(user: {
    id: string;
    email: string;
    name: string;
    passwordHash: string | null;
    isVerified: boolean;
  }): Promise<string | null> {
    const rows = await this.#ask<{ id: string | null }>(
      "create_user",
      "select tiketti.create_user($1, $2, $3, $4, $5, $6) as id",
      [user.id, user.email, addressKey(user.email), user.name, user.passwordHash, user.isVerified],
    );
    return rows[0]?.id ?? null;
  }

  async hasOrganizations(): Promise<boolean> {
    const rows = await this.#ask<{ answer: boolean }>(
      "has_organizations",
      "select tiketti.has_organizations() as answer",
      [],
    );
    return rows[0]?.answer ?? false;
  }

  /** All organizations of the server with their plans, by prefix; for its operator. */
  organizationPlans(): Promise<{ prefix: string; name: string; plan: string }[]> {
    return this.#ask("organization_plans", "select prefix, name, plan from tiketti.organization_plans()", []);
  }

  async findOrganization(ticketPrefix: string): Promise<string | null> {
    const rows = await this.#ask<{ id: string | null }>(
      "find_organization",
      "select tiketti.find_organization($1) as id",
      [ticketPrefix],
    );
    return rows[0]?.id ?? null;
  }

  /** What the holder of an invitation's token may know; null when no such token exists. */
  async findInvitation(tokenHash: Buffer): Promise<PreTenantInvitation | null> {
    const text = "select tiketti.find_invitation($1) as value";
    const found = await this.#value<Record<string, string | null> | null>("find_invitation", text, [tokenHash]);
    if (!found) return null;
    const instant = (value: string | null | undefined) => (value ? new Date(value) : null);
    const { expiresAt, acceptedAt, revokedAt, ...rest } = found;
    return {
      ...(rest as unknown as PreTenantInvitation),
      expiresAt: instant(expiresAt) as Date,
      acceptedAt: instant(acceptedAt),
      revokedAt: instant(revokedAt),
    };
  }

  /** Organizations with something due for the jobs at that instant of the rules' clock. */
  async findOrganizationsWithDueWork(now: Date, trashDays: number): Promise<string[]> {
    const text = "select tiketti.organizations_with_due_work($1, $2) as id";
    return (await this.#ask<{ id: string }>("due_work", text, [now, trashDays])).map(({ id }) => id);
  }

  /** Removes a batch of expired tokens and ended sessions; returns how many. */
  /** Returns those hashes whose tokens are no longer valid. One statement for all sockets of a process. */
  async findEndedTokens(hashes: readonly Buffer[]): Promise<Buffer[]> {
    const rows = await this.#ask<{ hash: Buffer }>("ended_tokens", "select tiketti.ended_tokens($1::bytea[]) as hash", [
      hashes,
    ]);
    return rows.map(({ hash }) => hash);
  }

  async findOrganizationsWithOldChanges(keptSince: Date): Promise<string[]> {
    const text = "select tiketti.organizations_with_old_changes($1) as id";
    return (await this.#ask<{ id: string }>("old_changes", text, [keptSince])).map(({ id }) => id);
  }

  async removeExpired(batch: number): Promise<number> {
    return this.#value("remove_expired", "select tiketti.remove_expired($1) as value", [batch]);
  }

  async #value<Value>(name: string, text: string, values: unknown[]): Promise<Value> {
    const [row] = await this.#ask<{ value: Value }>(name, text, values);
    return (row as { value: Value }).value;
  }

  async #ask<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const result = await this.#pool.query({ name, text, values });
    return result.rows as Row[];
  }
}
