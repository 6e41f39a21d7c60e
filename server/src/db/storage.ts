/** Where the data are: the embedded PostgreSQL below the data folder, or the one that DATABASE_URL names. */
import type pg from "pg";
import type { Config } from "../config.ts";
import { Closers } from "../lib/closers.ts";
import { databaseOf } from "../lib/database-url.ts";
import { OperatorError } from "../wire/errors.ts";
import { connectClient } from "./connection.ts";
import { type Found, openEmbedded } from "./embedded-storage.ts";
import { changeInstallation, findInstallation, findMissingMigrations, findOwnSecret } from "./installation.ts";
import { reachDatabase } from "./reach.ts";
import {
  ensureRoles,
  letWorkerMakeItsSchema,
  type RoleNames,
  type RolePlan,
  refuseSharedRoles,
  rolePassword,
  rolesOf,
  roleUrl,
  verifierOf,
} from "./roles.ts";
import { takeLock } from "./session-lock.ts";
import { setUpDatabase } from "./set-up.ts";

export interface Storage {
  /** Signs in as the server's role. */
  appUrl: string;
  /** Signs in as the role of the job queue. */
  workerUrl: string;
  /** Signs in as the owner of the tables. */
  ownerUrl: string;
  roles: RoleNames;
  secret: string;
  /** The previous secret, while both are in use. */
  previousSecret: string | null;
  /** False in a database without any migration. */
  isSetUp: boolean;
  /** Whether the database still belongs to the previous secret, until `secret rotate`. */
  hasPreviousSecret: boolean;
  /** The migrations that `migrate` or `serve` must still apply; always empty unless `upkeep` is "none". */
  missingMigrations: string[];
  close(): Promise<void>;
  /** Ends the embedded PostgreSQL immediately, without waiting for anything. */
  kill(): void;
}

interface OpenOptions {
  /** A server needs the data folder for itself; a command can run beside a server. */
  isExclusive: boolean;
  /**
   * migrate: creates missing roles and tables. check: refuses a database that lacks some. none: only reads, whatever
   * it finds.
   */
  upkeep: "migrate" | "check" | "none";
  progress: (line: string) => void;
}

/**
 * Starts or finds the database. Refuses a TIKETTI_SECRET that isn't the database's before it changes anything.
 *
 * @throws OperatorError that names the fault and the way to fix it
 */
export async function openStorage(config: Config, options: OpenOptions): Promise<Storage> {
  const closers = new Closers();
  try {
    const found = await findDatabase(config, options, closers);
    const { ownerUrl, secrets } = found;
    const waitMs = options.upkeep === "none" ? 0 : config.databaseWaitMs;
    const owner = await reachDatabase({ ownerUrl, waitMs, progress: options.progress });
    try {
      const roles = await rolesIn(owner, ownerUrl);
      const place = await findOwnSecret(owner, ownerUrl, roles, secrets);
      if (options.upkeep === "migrate") await migrate(found, roles, owner, options.progress);
      const missingMigrations = await findMissingMigrations(owner);
      if (options.upkeep === "check" && missingMigrations.length > 0) throw new OperatorError(lacks(missingMigrations));
      return {
        appUrl: roleUrl(roles.app, ownerUrl, secrets[0]),
        workerUrl: roleUrl(roles.worker, ownerUrl, secrets[0]),
        ownerUrl,
        roles,
        secret: secrets[0],
        previousSecret: secrets[1] ?? null,
        isSetUp: (await findInstallation(owner)) !== null,
        hasPreviousSecret: place === 1,
        missingMigrations,
        close: () => closers.close(),
        kill: found.kill,
      };
    } finally {
      await owner.end();
    }
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

/** The database itself, before any check. */
export async function findDatabase(
  config: Config,
  options: Pick<OpenOptions, "isExclusive" | "upkeep" | "progress">,
  closers: Closers,
): Promise<Found> {
  if (!config.databaseUrl) return openEmbedded(config, options, closers);
  const previous = config.previousSecret === null ? [] : [config.previousSecret];
  const { databaseUrl } = config;
  return { ownerUrl: databaseUrl, adminUrl: databaseUrl, secrets: [config.secret as string, ...previous], kill() {} };
}

/** What services and servers need to know about a storage. */
export function servedBy({ appUrl, secret, previousSecret }: Storage) {
  return { databaseUrl: appUrl, secret, previousSecret };
}

function lacks(missing: string[]): string {
  return `The database lacks ${missing.length === 1 ? "a migration" : `${missing.length} migrations`} of this release (${missing.join(", ")}). Start the server, or run \`npm run tiketti -- migrate\`.`;
}

async function migrate(
  found: Found,
  roles: RoleNames,
  owner: pg.Client,
  progress: (line: string) => void,
): Promise<void> {
  try {
    const lines = await asAdmin(found, roles, owner, (plan) => setUpDatabase(plan, found.ownerUrl));
    for (const line of lines) progress(line);
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(explainMigration((cause as Error).message ?? String(cause)), { cause });
  }
}

/** Lets one process at a time work on roles: two starts at the same time on a new cluster would both find none. */
async function asAdmin<T>(
  { ownerUrl, adminUrl, secrets }: Found,
  roles: RoleNames,
  owner: pg.Client,
  run: (plan: RolePlan) => Promise<T>,
): Promise<T> {
  const admin = await connectClient({ url: adminUrl }, { name: "tiketti roles" });
  try {
    await takeLock(admin, `tiketti roles ${roles.app}`, "setting up the roles of this database");
    const place = (await findOwnSecret(owner, ownerUrl, roles, secrets)) ?? 0;
    return await run({ admin, roles, secret: secrets[place] as string, ownerRole: owner.user as string });
  } finally {
    await admin.end();
  }
}

/**
 * Gives the roles the passwords of the first secret and records that, in one transaction.
 *
 * @returns false when the database already belonged to it
 * @throws OperatorError when the database belongs to neither secret, or another database uses the same roles
 */
export async function rotateSecret(config: Config, progress: (line: string) => void): Promise<boolean> {
  return withDatabase(config, progress, async (found, roles, owner) => {
    if (found.secrets.length < 2)
      throw new OperatorError(
        "Set TIKETTI_SECRET to the new secret and TIKETTI_SECRET_PREVIOUS to the old one; `npm run tiketti -- secret rotate --help` lists the steps.",
      );
    return asAdmin(found, roles, owner, (plan) => changePasswords(plan, found.secrets[0]));
  });
}

async function changePasswords({ admin, roles, secret }: RolePlan, next: string): Promise<boolean> {
  if (secret === next) return false;
  await refuseSharedRoles(admin, roles);
  await admin.query("begin");
  for (const role of [roles.app, roles.worker])
    await admin.query(`alter role ${role} password '${verifierOf(rolePassword(next, role))}'`);
  await changeInstallation(admin, next);
  await admin.query("commit");
  return true;
}

/** Creates the roles of a database that has no tables yet. */
export async function createRoles(config: Config, progress: (line: string) => void): Promise<string[]> {
  return withDatabase(config, progress, async (found, roles, owner) => {
    await asAdmin(found, roles, owner, async (plan) => {
      await ensureRoles(plan);
      await letWorkerMakeItsSchema(plan);
    });
    return Object.values(roles);
  });
}

async function withDatabase<T>(
  config: Config,
  progress: (line: string) => void,
  run: (found: Found, roles: RoleNames, owner: pg.Client) => Promise<T>,
): Promise<T> {
  const closers = new Closers();
  try {
    const found = await findDatabase(config, { isExclusive: false, upkeep: "check", progress }, closers);
    const owner = await reachDatabase({ ownerUrl: found.ownerUrl, waitMs: config.databaseWaitMs, progress });
    try {
      return await run(found, await rolesIn(owner, found.ownerUrl), owner);
    } finally {
      await owner.end();
    }
  } finally {
    await closers.close();
  }
}

async function rolesIn(owner: pg.Client, ownerUrl: string): Promise<RoleNames> {
  return (await findInstallation(owner))?.roles ?? rolesOf(databaseOf(new URL(ownerUrl)));
}

function explainMigration(message: string): string {
  if (/No space left|53100|could not extend/i.test(message))
    return "The database's disk is full, so it can't be migrated. Free some space and start again.";
  if (/schema is not empty/i.test(message))
    return "The schema public of the database contains tables that aren't Tiketti's. Create a database for Tiketti alone (create database tiketti owner …), and name it in DATABASE_URL.";
  return `The database can't be migrated. The failed migration was undone, and the next start tries it again:\n  ${message}`;
}
