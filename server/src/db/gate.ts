import type pg from "pg";
import { toKey } from "../lib/key.ts";

/** A role as the gate tells it: grants of built-in roles are in the code. */
export interface GateRole {
  id: string;
  name: string;
  builtIn: "ADMIN" | "MANAGER" | "AGENT" | "VIEWER" | null;
  grants: { permission: string; reach: string | null }[];
}

export interface GateMembership {
  organizationId: string;
  memberId: string;
  organizationName: string;
  logoUrl: string | null;
  roleName: string;
  isActive: boolean;
}

/** A member or an API key in its organization. */
interface GateActor {
  organizationId: string;
  timeZone: string;
  id: string;
  name: string;
  role: GateRole;
}

export type Authenticated =
  | ({ kind: "API_KEY" } & GateActor)
  | {
      kind: "SESSION";
      sessionId: string;
      user: { id: string; email: string; name: string; isEmailVerified: boolean };
      memberships: GateMembership[];
      /** The active membership that was asked for, or the only one. */
      member: GateActor | null;
    };

export interface TokenPair {
  accessHash: Buffer;
  accessSeconds: number;
  refreshHash: Buffer;
  refreshSeconds: number;
}

/**
 * The functions of the database that work before a tenant is known. The app's role can't read users,
 * sessions or tokens in any other way.
 */
export class Gate {
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

  /** REUSED has ended the session: the token was exchanged before. */
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

  /** The new user's id; null when the address has a login already. */
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
      [user.id, user.email, toKey(user.email), user.name, user.passwordHash, user.isVerified],
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

  async findOrganization(ticketPrefix: string): Promise<string | null> {
    const rows = await this.#ask<{ id: string | null }>(
      "find_organization",
      "select tiketti.find_organization($1) as id",
      [ticketPrefix],
    );
    return rows[0]?.id ?? null;
  }

  async #ask<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const result = await this.#pool.query({ name, text, values });
    return result.rows as Row[];
  }
}
