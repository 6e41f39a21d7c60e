import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from "node:crypto";
import type pg from "pg";
import { OperatorError } from "../wire/errors.ts";
import { connectClient, isPasswordRefused, type Login } from "./connection.ts";

/**
 * The database's roles. The role of DATABASE_URL owns the tables and migrates. The server works as `app`, which owns
 * nothing and can't bypass row security; `worker` is for the job queue. `gate` owns the functions that work before a
 * tenant is known, and can't sign in.
 */
export interface RoleNames {
  app: string;
  worker: string;
  gate: string;
}

/** The names in a database called `tiketti`, and the words for the roles in every migration. */
export const usualRoles: RoleNames = rolesWithPrefix("tiketti");

/**
 * Roles belong to the whole cluster, so their names contain the database's name: two installations on one
 * cluster never share a role.
 */
export function rolesOf(database: string): RoleNames {
  if (database === "tiketti") return usualRoles;
  const isPlain = /^[a-z0-9_]{1,40}$/.test(database);
  return rolesWithPrefix(
    `tiketti_${isPlain ? database : createHash("sha256").update(database).digest("hex").slice(0, 12)}`,
  );
}

export function rolesWithPrefix(prefix: string): RoleNames {
  return { app: `${prefix}_app`, worker: `${prefix}_worker`, gate: `${prefix}_gate` };
}

export function prefixOf({ app }: RoleNames): string {
  return app.slice(0, -"_app".length);
}

/** The same on every process that shares the secret, so that no password must be configured or stored. */
export function rolePassword(secret: string, role: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", `database role ${role}`, 24)).toString("base64url");
}

/**
 * What PostgreSQL keeps of a password (SCRAM-SHA-256, RFC 5803), made here: a statement with the password itself could
 * be read in the server's log.
 */
export function verifierOf(password: string): string {
  const [salt, iterations] = [randomBytes(16), 4_096];
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}

/** The connection string of a role for the owner's server and database. */
export function roleUrl(role: string, ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(secret, role);
  return url.href;
}

/** A role's login that also has the previous secret's password, while both secrets are in use. */
export function loginOf(url: string, previousSecret: string | null | undefined): Login {
  if (!previousSecret) return { url };
  return { url, otherPassword: rolePassword(previousSecret, decodeURIComponent(new URL(url).username)) };
}

/** Whether the role signs in with this secret's password; null when the role doesn't exist. */
export async function opens(owner: pg.Client, ownerUrl: string, role: string, secret: string): Promise<boolean | null> {
  const { rowCount } = await owner.query("select from pg_roles where rolname = $1", [role]);
  if (rowCount === 0) return null;
  try {
    const client = await connectClient({ url: roleUrl(role, ownerUrl, secret) }, { name: "tiketti check" });
    await client.end();
    return true;
  } catch (error) {
    if (isPasswordRefused(error)) return false;
    // CONNECT isn't granted yet: PostgreSQL reports that only after it has accepted the password.
    if ((error as { code?: string }).code === "42501") return true;
    throw error;
  }
}

export interface RolePlan {
  /** Signed in to the database as a role that can create roles. */
  admin: pg.Client;
  roles: RoleNames;
  /** The secret that the database belongs to. */
  secret: string;
  /** The owner of the tables. */
  ownerRole: string;
}

/**
 * Creates the missing roles. An existing role keeps its password: only `tiketti secret rotate`
 * changes it.
 *
 * @throws OperatorError with the statements to run, when the admin isn't allowed to create roles
 */
export async function ensureRoles({ admin, roles, secret }: RolePlan): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
    Object.values(roles),
  ]);
  const there = new Set(rows.map((row) => row.rolname));
  const statements: string[] = [];
  if (!there.has(roles.gate)) statements.push(`create role ${roles.gate} nologin nobypassrls`);
  for (const role of [roles.app, roles.worker])
    if (!there.has(role))
      statements.push(
        `create role ${role} login nosuperuser nobypassrls password '${verifierOf(rolePassword(secret, role))}'`,
      );
  try {
    for (const statement of statements) await admin.query(statement);
  } catch (cause) {
    if ((cause as { code?: string }).code !== "42501") throw cause;
    throw new OperatorError(
      "The role of DATABASE_URL isn't allowed to create roles. Give it CREATEROLE, or run this once as a superuser:\n" +
        `${statements.map((line) => `  ${line};`).join("\n")}\n  grant ${roles.gate} to "${admin.user}";`,
      { cause },
    );
  }
}

/** Lets the owner of the tables change the gate's functions and hand them over, for a migration. */
export async function lendGate({ admin, roles, ownerRole }: RolePlan): Promise<void> {
  const { hasOptions, inherits } = await gateMembership({ admin, roles, ownerRole });
  if (inherits) return;
  const options = hasOptions ? " with inherit true, set true" : "";
  await admin.query(`grant ${roles.gate} to ${admin.escapeIdentifier(ownerRole)}${options}`);
}

/**
 * An owner that inherits the gate's rights sees some tables past row security, and its `pg_dump` looks complete but is
 * partial. PostgreSQL 15 has no membership without inheritance, so there the membership is revoked.
 */
export async function takeGateBack({ admin, roles, ownerRole }: RolePlan): Promise<void> {
  const { isSuper, mayGrant, hasOptions, inherits } = await gateMembership({ admin, roles, ownerRole });
  // A grant that a superuser made by hand, because this role can't grant, stays: the next migration needs it.
  if (isSuper || !mayGrant || !inherits) return;
  const owner = admin.escapeIdentifier(ownerRole);
  await admin.query(
    hasOptions ? `grant ${roles.gate} to ${owner} with inherit false, set true` : `revoke ${roles.gate} from ${owner}`,
  );
}

interface PreTenantMembership {
  /** Whether the owner of the tables is a superuser. */
  isSuper: boolean;
  /** Whether the admin can grant the gate, and so revoke it later. */
  mayGrant: boolean;
  /** PostgreSQL 16 and newer: each membership states whether rights are inherited. */
  hasOptions: boolean;
  inherits: boolean;
}

async function gateMembership({ admin, roles, ownerRole }: Omit<RolePlan, "secret">): Promise<PreTenantMembership> {
  const { rows } = await admin.query<PreTenantMembership>(
    `select o.rolsuper as "isSuper",
            a.rolsuper or a.rolcreaterole and (v.major < 16 or pg_has_role(a.rolname, $1, 'MEMBER WITH ADMIN OPTION')) as "mayGrant",
            v.major >= 16 as "hasOptions",
            pg_has_role(o.rolname, $1, 'USAGE') as inherits
     from pg_roles o, pg_roles a, (select current_setting('server_version_num')::int / 10000 as major) v
     where o.rolname = $2 and a.rolname = current_user`,
    [roles.gate, ownerRole],
  );
  return rows[0] as PreTenantMembership;
}

/**
 * Roles belong to the cluster: a copy of a database, restored on the same cluster, uses the same roles, and new
 * passwords would lock out the original's servers.
 *
 * @throws OperatorError that names the other databases
 */
export async function refuseSharedRoles(admin: pg.Client, roles: RoleNames): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select distinct d.datname as name from pg_shdepend s
     join pg_roles r on r.oid = s.refobjid and s.refclassid = 'pg_authid'::regclass
     join pg_database d on d.oid = s.dbid
     where r.rolname = any($1) and d.datname <> current_database()`,
    [Object.values(roles)],
  );
  if (rows.length === 0) return;
  throw new OperatorError(
    `New passwords would lock out the servers of ${rows.map(({ name }) => name).join(", ")}, which shares the roles ${roles.app} and ${roles.worker} with this database. ` +
      "Drop the one that is a copy, or move it to another PostgreSQL; nothing was changed.",
  );
}

/** @throws OperatorError with the statement to run, when the admin isn't allowed to grant the right */
export async function letWorkerMakeItsSchema({ admin, roles }: RolePlan): Promise<void> {
  const isReady = async () => {
    const { rows } = await admin.query<{ is_ready: boolean }>(
      "select to_regnamespace('graphile_worker') is not null or has_database_privilege($1, current_database(), 'CREATE') as is_ready",
      [roles.worker],
    );
    return rows[0]?.is_ready === true;
  };
  if (await isReady()) return;
  const grant = `grant connect, create on database ${admin.escapeIdentifier(admin.database as string)} to ${roles.worker}`;
  const error = await admin.query(grant).then(
    () => null,
    (cause) => cause,
  );
  // Without the right to grant, PostgreSQL refuses or only warns.
  if (await isReady()) return;
  throw new OperatorError(
    `The role of DATABASE_URL isn't allowed to let the job queue create its schema. Run this once as the database's owner or a superuser:\n  ${grant};`,
    { cause: error },
  );
}
