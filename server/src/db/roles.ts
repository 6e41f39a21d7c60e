import { hkdfSync } from "node:crypto";
import pg from "pg";
import { OperatorError } from "../errors.ts";

/**
 * The database's roles. The one of DATABASE_URL owns the tables and migrates; `tiketti_app` serves,
 * owns nothing and can't bypass row security; `tiketti_worker` is for the job queue;
 * `tiketti_gate` owns the functions that work before a tenant is known, and can't sign in.
 */
export const appRole = "tiketti_app";
const workerRole = "tiketti_worker";
const gateRole = "tiketti_gate";

/** The same on every process that shares the secret, so that none has to be configured or stored. */
export function rolePassword(secret: string, role: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", `database role ${role}`, 24)).toString("base64url");
}

/** The connection string of the app's role for the same server and database. */
export function appUrl(ownerUrl: string, secret: string): string {
  return urlOf(appRole, ownerUrl, secret);
}

/** The connection string of the job queue's role, which owns the queue's schema and sees nothing else. */
export function workerUrl(ownerUrl: string, secret: string): string {
  return urlOf(workerRole, ownerUrl, secret);
}

function urlOf(role: string, ownerUrl: string, secret: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(secret, role);
  return url.href;
}

/**
 * Creates the roles where they are missing and lets the owner of the tables (default: who connects)
 * hand functions to the gate. A changed secret gives the roles their new passwords.
 *
 * @throws OperatorError with the statements to run when the owner may not create roles
 */
export async function ensureRoles(adminUrl: string, secret: string, ownerRole?: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    // Two servers that start at once on a new cluster would both find no role.
    await client.query("select pg_advisory_lock(hashtext('tiketti roles'))");
    await createRoles(client, secret);
    await letOwnerUseGate(client, ownerRole ?? (client.user as string));
    await letWorkerMakeItsSchema(client);
  } finally {
    await client.end();
  }
}

async function createRoles(client: pg.Client, secret: string): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname = any($1)", [
    [appRole, workerRole, gateRole],
  ]);
  const there = new Set(rows.map((row) => row.rolname));
  const statements: string[] = [];
  if (!there.has(gateRole)) statements.push(`create role ${gateRole} nologin nobypassrls`);
  for (const role of [appRole, workerRole]) {
    const password = rolePassword(secret, role);
    if (!there.has(role)) {
      statements.push(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
    } else if (!(await opens(client, role, password))) {
      statements.push(`alter role ${role} password '${password}'`);
    }
  }
  for (const statement of statements) {
    try {
      await client.query(statement);
    } catch (cause) {
      if ((cause as { code?: string }).code !== "42501") throw cause;
      const list = statements.map((line) => `  ${line};`).join("\n");
      throw new OperatorError(
        "The role of DATABASE_URL may not create or change roles. Give it CREATEROLE, or run this once as a superuser:\n" +
          `${list}\n  grant ${gateRole} to "${client.user}";`,
        { cause },
      );
    }
  }
}

async function opens(owner: pg.Client, role: string, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: owner.host,
    port: owner.port,
    database: owner.database,
    ssl: owner.ssl,
    user: role,
    password,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01: wrong password. Anything else (CONNECT not granted yet) says nothing about the password.
    return (error as { code?: string }).code !== "28P01";
  } finally {
    await client.end().catch(() => {});
  }
}

async function letOwnerUseGate(client: pg.Client, ownerRole: string): Promise<void> {
  const { rows } = await client.query<{ is_member: boolean }>(
    "select rolsuper or pg_has_role(rolname, $1, 'USAGE') as is_member from pg_roles where rolname = $2",
    [gateRole, ownerRole],
  );
  if (!rows[0]?.is_member) await client.query(`grant ${gateRole} to ${client.escapeIdentifier(ownerRole)}`);
}

async function letWorkerMakeItsSchema(client: pg.Client): Promise<void> {
  const isReady = async () => {
    const { rows } = await client.query<{ is_ready: boolean }>(
      "select to_regnamespace('graphile_worker') is not null or has_database_privilege($1, current_database(), 'CREATE') as is_ready",
      [workerRole],
    );
    return rows[0]?.is_ready === true;
  };
  if (await isReady()) return;
  const grant = `grant connect, create on database ${client.escapeIdentifier(client.database as string)} to ${workerRole}`;
  const error = await client.query(grant).then(
    () => null,
    (cause) => cause,
  );
  // Without the right to grant, PostgreSQL refuses or only warns.
  if (await isReady()) return;
  throw new OperatorError(
    `The role of DATABASE_URL may not let the job queue make its schema. Run this once as the database's owner or a superuser:\n  ${grant};`,
    { cause: error },
  );
}
