/** The embedded PostgreSQL with its owner, its database and the generated secret in the same folder. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { Config } from "../config.ts";
import type { Closers } from "../lib/closers.ts";
import { OperatorError } from "../wire/errors.ts";
import { connectClient } from "./connection.ts";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.ts";
import { findOwnSecret } from "./installation.ts";
import { opens, rolePassword, rolesOf, verifierOf } from "./roles.ts";

const databaseName = "tiketti";
const ownerRole = "tiketti_owner";

/** What is needed to open a database of either kind. */
export interface Found {
  ownerUrl: string;
  secrets: readonly [string, ...string[]];
  /** Signs in as a role that can create roles. */
  adminUrl: string;
  kill(): void;
}

interface OpenOptions {
  isExclusive: boolean;
  upkeep: "migrate" | "check" | "none";
  progress: (line: string) => void;
}

/** @throws OperatorError when no database exists and none may be created, or when another server uses it */
export async function openEmbedded(config: Config, options: OpenOptions, closers: Closers): Promise<Found> {
  const folder = path.resolve(config.dataFolder);
  const isNew = await readFile(path.join(folder, "postgres", "data", "PG_VERSION")).then(
    () => false,
    () => true,
  );
  if (isNew && options.upkeep !== "migrate")
    throw new OperatorError(`There is no database in ${show(folder)} yet; npm start creates it.`);
  if (isNew) {
    await makeFolder(folder);
    options.progress(`creating the embedded PostgreSQL in ${show(folder)} …`);
  }
  const kept = await keptSecret(path.join(folder, "secret"), config.secret === null);
  const postgres = await startEmbedded({ folder: path.join(folder, "postgres") });
  await own(postgres, folder, options.isExclusive, closers);

  const given = [config.secret ?? kept, config.previousSecret ?? (config.secret === null ? null : kept)];
  const secrets = [...new Set(given.filter((secret) => secret !== null))] as [string, ...string[]];
  const superuserUrl = postgres.superuserUrl(databaseName);
  const secret = await makeOwner(postgres, secrets);
  const ownerUrl = new URL(superuserUrl);
  ownerUrl.username = ownerRole;
  ownerUrl.password = rolePassword(secret, ownerRole);
  return { ownerUrl: ownerUrl.href, adminUrl: superuserUrl, secrets, kill: () => postgres.kill() };
}

function show(folder: string): string {
  return path.relative(process.cwd(), folder) || folder;
}

/** The holder of the lock stops the database; a command that runs beside a server leaves it running. */
async function own(postgres: EmbeddedPostgres, folder: string, isExclusive: boolean, closers: Closers): Promise<void> {
  const lock = await holdFolder(postgres.superuserUrl("postgres"), folder);
  if (!lock && isExclusive) {
    throw new OperatorError(
      `Another Tiketti server uses the data folder ${folder}. Stop it first, or start this one with its own folder: TIKETTI_DATA=.tiketti-2 PORT=4001 npm start`,
    );
  }
  if (!lock) return;
  closers.add(() => postgres.close());
  closers.add(() => lock.end().catch(() => {}));
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The data folder ${folder} can't be created (${cause.code}). Set TIKETTI_DATA to a folder that this user can write to.`,
      { cause },
    );
  });
}

/** Generated once, unless the operator sets one. */
async function keptSecret(file: string, isWanted: boolean): Promise<string | null> {
  const kept = (await readFile(file, "utf8").catch(() => "")).trim();
  if (kept || !isWanted) return kept || null;
  const secret = randomBytes(32).toString("base64url");
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/** The connection holds the lock, so it ends with the process, however that ends. Null when it is taken. */
async function holdFolder(url: string, folder: string): Promise<pg.Client | null> {
  const client = await connectClient({ url }, { name: `tiketti lock of ${folder}`.slice(0, 60) });
  const { rows } = await client.query("select pg_try_advisory_lock(hashtext('tiketti server')) as is_mine");
  if (rows[0].is_mine) return client;
  await client.end();
  return null;
}

/** Returns the secret from which the owner's password is derived. */
async function makeOwner(postgres: EmbeddedPostgres, secrets: readonly [string, ...string[]]): Promise<string> {
  const client = await connectClient({ url: postgres.superuserUrl("postgres") }, { name: "tiketti start" });
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [databaseName]);
    const url = postgres.superuserUrl(rowCount ? databaseName : "postgres");
    const secret = secrets[rowCount ? await placeOf(url, secrets) : 0] as string;
    const password = rolePassword(secret, ownerRole);
    const doesOpen = await opens(client, url, ownerRole, secret);
    const options = `login nosuperuser nobypassrls password '${verifierOf(password)}'`;
    if (doesOpen === null) await client.query(`create role ${ownerRole} ${options}`);
    if (doesOpen === false) await client.query(`alter role ${ownerRole} ${options}`);
    if (!rowCount) await client.query(`create database ${databaseName} owner ${ownerRole}`);
    return secret;
  } finally {
    await client.end();
  }
}

/** @throws OperatorError when the database belongs to none of the secrets */
async function placeOf(superuserUrl: string, secrets: readonly string[]): Promise<number> {
  const client = await connectClient({ url: superuserUrl }, { name: "tiketti start" });
  try {
    return (await findOwnSecret(client, superuserUrl, rolesOf(databaseName), secrets)) ?? 0;
  } finally {
    await client.end();
  }
}
