/** What a database records about itself: the server's roles, and the TIKETTI_SECRET that it belongs to. */
import { hkdfSync } from "node:crypto";
import type pg from "pg";
import { OperatorError } from "../wire/errors.ts";
import { migrationNames } from "./migrations.ts";
import { keyVersion } from "./rekey.ts";
import { opens, prefixOf, type RoleNames, rolesWithPrefix } from "./roles.ts";

export interface Installation {
  roles: RoleNames;
  /** Null in a database from a release that didn't record it. */
  secretCheck: string | null;
}

/** Null in a database without any migration. Only reads. */
export async function findInstallation(owner: pg.Client): Promise<Installation | null> {
  const { rows } = await owner.query<{ has_table: boolean; gate: string | null }>(
    `select to_regclass('tiketti.installation') is not null as has_table,
            (select proowner::regrole::text from pg_proc p
             where pronamespace = to_regnamespace('tiketti') and proname = 'authenticate' limit 1) as gate`,
  );
  const { has_table: hasTable, gate } = rows[0] as (typeof rows)[0];
  if (hasTable) {
    const kept = await owner.query<{ role_prefix: string; secret_check: string }>(
      "select role_prefix, secret_check from tiketti.installation",
    );
    const row = kept.rows[0];
    if (row) return { roles: rolesWithPrefix(row.role_prefix), secretCheck: row.secret_check };
  }
  return gate ? { roles: rolesWithPrefix(gate.slice(0, -"_gate".length)), secretCheck: null } : null;
}

export async function keepInstallation(owner: pg.Client, roles: RoleNames, secret: string): Promise<void> {
  await owner.query(
    "insert into tiketti.installation (role_prefix, secret_check, key_version) values ($1, $2, $3) on conflict (only_row) do nothing",
    [prefixOf(roles), secretCheck(secret), keyVersion],
  );
}

export async function changeInstallation(owner: pg.Client, secret: string): Promise<void> {
  await owner.query("update tiketti.installation set secret_check = $1, changed_at = now()", [secretCheck(secret)]);
}

/** Shows whether a secret is the same, and reveals nothing else about it. */
export function secretCheck(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", "installation", 18)).toString("base64url");
}

/**
 * The index in `secrets` of the one that the database belongs to; null when it doesn't belong to a secret yet.
 * Changes nothing.
 *
 * @throws OperatorError when it belongs to another secret
 */
export async function findOwnSecret(
  owner: pg.Client,
  ownerUrl: string,
  roles: RoleNames,
  secrets: readonly string[],
): Promise<number | null> {
  const installation = await findInstallation(owner);
  if (installation?.secretCheck) {
    const place = secrets.findIndex((secret) => secretCheck(secret) === installation.secretCheck);
    if (place >= 0) return place;
    throw new OperatorError(otherSecret("This database was set up"));
  }
  for (const [place, secret] of secrets.entries()) {
    const doesOpen = await opens(owner, ownerUrl, roles.app, secret);
    if (doesOpen === null) return null;
    if (doesOpen) return place;
  }
  throw new OperatorError(
    installation
      ? otherSecret("This database was set up")
      : `${otherSecret(`The database is new, but the role ${roles.app} exists on this PostgreSQL and was made`)}\n` +
          `If no other database needs the role any more, drop it: drop role ${roles.app}, ${roles.worker}, ${roles.gate};`,
  );
}

function otherSecret(what: string): string {
  return (
    `${what} with another TIKETTI_SECRET. Start with that secret; nothing was changed. ` +
    "To change the secret, set TIKETTI_SECRET to the new one and TIKETTI_SECRET_PREVIOUS to the old one on every process, then run `npm run tiketti -- secret rotate`."
  );
}

/** The migrations of this release that the database lacks, in order. Only reads. */
export async function findMissingMigrations(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ is_there: boolean }>(
    "select to_regclass('public._prisma_migrations') is not null as is_there",
  );
  if (!rows[0]?.is_there) return migrationNames();
  const applied = await owner.query<{ name: string }>(
    "select migration_name as name from public._prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const names = new Set(applied.rows.map(({ name }) => name));
  return (await migrationNames()).filter((name) => !names.has(name));
}
