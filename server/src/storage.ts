/** Where the data are: the embedded PostgreSQL below the data folder, or the one of DATABASE_URL. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import type { Config } from "./config.ts";
import { startEmbedded } from "./db/embedded.ts";
import { applyMigrations } from "./db/migrate.ts";
import { appUrl, ensureRoles, rolePassword, workerUrl } from "./db/roles.ts";
import { OperatorError } from "./errors.ts";
import { Closers } from "./lib/closers.ts";

export interface Storage {
  /** Signs in as the app's role. */
  appUrl: string;
  /** Signs in as the role of the job queue. */
  workerUrl: string;
  /** Signs in as the owner of the tables. */
  ownerUrl: string;
  secret: string;
  close(): Promise<void>;
}

const databaseName = "tiketti";
const ownerRole = "tiketti_owner";

interface OpenOptions {
  /** Serving needs the data folder for itself; a command may run beside a server. */
  isExclusive: boolean;
  progress: (line: string) => void;
}

/**
 * Starts or finds the database, and brings roles and tables up to date.
 *
 * @throws OperatorError that says what to do
 */
export async function openStorage(config: Config, options: OpenOptions): Promise<Storage> {
  const closers = new Closers();
  try {
    const { ownerUrl, secret } = config.databaseUrl
      ? await openExternal(config.databaseUrl, config.secret as string)
      : await openEmbedded(config, options, closers);
    await migrate(ownerUrl, options.progress);
    const url = appUrl(ownerUrl, secret);
    await refuseTransactionPooler(url);
    return { appUrl: url, workerUrl: workerUrl(ownerUrl, secret), ownerUrl, secret, close: () => closers.close() };
  } catch (error) {
    await closers.close().catch(() => {});
    throw error;
  }
}

async function openExternal(ownerUrl: string, secret: string): Promise<{ ownerUrl: string; secret: string }> {
  await requireSupported(ownerUrl);
  await ensureRoles(ownerUrl, secret);
  return { ownerUrl, secret };
}

async function openEmbedded(
  { dataFolder, secret: given }: Config,
  { isExclusive, progress }: OpenOptions,
  closers: Closers,
): Promise<{ ownerUrl: string; secret: string }> {
  const folder = path.resolve(dataFolder);
  await makeFolder(folder);
  const secret = given ?? (await keptSecret(path.join(folder, "secret")));
  const isNew = await readFile(path.join(folder, "postgres", "data", "PG_VERSION")).then(
    () => false,
    () => true,
  );
  if (isNew) progress(`creating the embedded PostgreSQL in ${path.relative(process.cwd(), folder) || folder} …`);
  const postgres = await startEmbedded({ folder: path.join(folder, "postgres") });
  const lock = await takeLock(postgres.superuserUrl("postgres"), folder);
  if (!lock && isExclusive) {
    throw new OperatorError(
      `Another Tiketti serves the data of ${folder}. Stop it first, or give this one a folder of its own: TIKETTI_DATA=.tiketti-2 PORT=4001 npm start`,
    );
  }
  // Whoever holds the lock stops the database; a command beside a server leaves it running.
  if (lock) {
    closers.add(() => postgres.close());
    closers.add(() => lock.end().catch(() => {}));
  }
  const superuserUrl = postgres.superuserUrl(databaseName);
  await createOwner(postgres.superuserUrl("postgres"), secret);
  await ensureRoles(superuserUrl, secret, ownerRole);
  const ownerUrl = new URL(superuserUrl);
  ownerUrl.username = ownerRole;
  ownerUrl.password = rolePassword(secret, ownerRole);
  return { ownerUrl: ownerUrl.href, secret };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The data folder ${folder} can't be made (${cause.code}); choose one that this user may write to with TIKETTI_DATA.`,
      { cause },
    );
  });
}

async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept?.trim()) return kept.trim();
  const secret = randomBytes(32).toString("base64url");
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/** Held by the connection: it goes with the process, however that ends. Null when somebody has it. */
async function takeLock(url: string, folder: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `tiketti lock of ${folder}`.slice(0, 60),
    keepAlive: true,
  });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query("select pg_try_advisory_lock(hashtext('tiketti server')) as is_mine");
  if (rows[0].is_mine) return client;
  await client.end();
  return null;
}

async function createOwner(superuserUrl: string, secret: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    const password = rolePassword(secret, ownerRole);
    const { rows } = await client.query("select 1 from pg_roles where rolname = $1", [ownerRole]);
    const options = `login nosuperuser nobypassrls password '${password}'`;
    await client.query(rows.length > 0 ? `alter role ${ownerRole} ${options}` : `create role ${ownerRole} ${options}`);
    const databases = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (databases.rows.length === 0) await client.query(`create database ${databaseName} owner ${ownerRole}`);
  } finally {
    await client.end();
  }
}

async function requireSupported(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version_num')::int / 10000 as major");
    if (rows[0].major < 15) throw new OperatorError(`PostgreSQL ${rows[0].major} is too old; Tiketti needs 15 to 18.`);
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(explainConnection(ownerUrl, cause as Error & { code?: string }), { cause });
  } finally {
    await client.end().catch(() => {});
  }
}

function explainConnection(ownerUrl: string, error: Error & { code?: string }): string {
  const { hostname, port, pathname, username } = new URL(ownerUrl);
  const where = `${hostname}:${port || "5432"}`;
  const texts: Record<string, string> = {
    ECONNREFUSED: `nothing answers at ${where}. Is PostgreSQL running there?`,
    ENOTFOUND: `the host ${hostname} is not known. Check the name in DATABASE_URL.`,
    EAI_AGAIN: `the host ${hostname} can't be looked up. Check the name in DATABASE_URL and the network.`,
    "28P01": `the password of the role ${username} is wrong.`,
    "28000": `the role ${username} may not sign in from here.`,
    "3D000": `there is no database ${pathname.slice(1)} at ${where}. Create it: createdb ${pathname.slice(1)}`,
  };
  return `DATABASE_URL can't be used: ${texts[error.code ?? ""] ?? error.message}`;
}

async function migrate(ownerUrl: string, progress: (line: string) => void): Promise<void> {
  try {
    const applied = await applyMigrations(ownerUrl);
    if (applied.length > 0) progress(`migrated the database: ${applied.join(", ")}`);
  } catch (cause) {
    const message = (cause as Error).message ?? String(cause);
    if (/No space left|53100|could not extend/i.test(message))
      throw new OperatorError(
        "The database's disk is full, so it can't be migrated. Free some space and start again.",
        { cause },
      );
    throw new OperatorError(`The database can't be migrated: ${message}`, { cause });
  }
}

/** A pooler in transaction mode hands each statement another session, and the organization with it. */
async function refuseTransactionPooler(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const ids = new Set<number>();
    for (let round = 0; round < 3; round++) {
      await client.query("select set_config('tiketti.pooler_check', $1, false)", [String(round)]);
      const { rows } = await client.query(
        "select pg_backend_pid() as id, current_setting('tiketti.pooler_check', true) as kept",
      );
      ids.add(rows[0].id);
      if (rows[0].kept !== String(round) || ids.size > 1) {
        throw new OperatorError(
          "DATABASE_URL leads through a pooler in transaction mode, which mixes up sessions. Use its session mode, or PostgreSQL itself.",
        );
      }
    }
  } catch (cause) {
    if (cause instanceof OperatorError) throw cause;
    throw new OperatorError(explainConnection(url, cause as Error & { code?: string }), { cause });
  } finally {
    await client.end().catch(() => {});
  }
}
