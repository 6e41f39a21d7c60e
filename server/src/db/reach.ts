/** Connects to the PostgreSQL of DATABASE_URL at a start, and reports what is wrong with it. Changes nothing. */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { databaseOf, hostOf } from "../lib/database-url.ts";
import { OperatorError } from "../wire/errors.ts";
import { connectClient } from "./connection.ts";

const { escapeIdentifier } = pg;

interface ReachOptions {
  ownerUrl: string;
  /** How long to wait for a PostgreSQL that is starting or read-only. */
  waitMs: number;
  progress: (line: string) => void;
}

/**
 * A connection to a PostgreSQL that the server can use: reachable, writable, of a supported version, and not behind
 * a pooler that mixes up sessions.
 *
 * @throws OperatorError that names the unmet condition and the way to fix it
 */
export async function reachDatabase({ ownerUrl, waitMs, progress }: ReachOptions): Promise<pg.Client> {
  const deadline = Date.now() + waitMs;
  let told = "";
  for (;;) {
    const { client, reason, error } = await tryToReach(ownerUrl);
    if (client) {
      await refuseUnfit(client, ownerUrl).catch(async (fault) => {
        await client.end();
        throw fault;
      });
      return client;
    }
    if (Date.now() >= deadline || !reason) throw new OperatorError(explain(ownerUrl, error, reason), { cause: error });
    if (reason !== told) progress(`waiting up to ${Math.ceil((deadline - Date.now()) / 1000)} s: ${reason}`);
    told = reason;
    await delay(500);
  }
}

interface Attempt {
  client: pg.Client | null;
  /** Why waiting can help; null when it can't. */
  reason: string | null;
  error?: Error & { code?: string };
}

async function tryToReach(ownerUrl: string): Promise<Attempt> {
  const where = hostOf(new URL(ownerUrl));
  try {
    const client = await connectClient({ url: ownerUrl }, { name: "tiketti start" });
    const readOnly = await readOnlyReason(client, where);
    if (!readOnly) return { client, reason: null };
    await client.end();
    return { client: null, reason: readOnly };
  } catch (cause) {
    const error = cause as Error & { code?: string };
    const code = error.code ?? "";
    if (code === "57P03") return { client: null, reason: `the database at ${where} is starting`, error };
    if (["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOENT"].includes(code))
      return { client: null, reason: `nothing answers at ${where}`, error };
    return { client: null, reason: null, error };
  }
}

async function readOnlyReason(client: pg.Client, where: string): Promise<string | null> {
  const { rows } = await client.query<{ is_standby: boolean; is_read_only: boolean }>(
    "select pg_is_in_recovery() as is_standby, current_setting('transaction_read_only') = 'on' as is_read_only",
  );
  if (rows[0]?.is_standby) return `the database at ${where} is a standby, which is read-only`;
  return rows[0]?.is_read_only ? `the database at ${where} is read-only (default_transaction_read_only)` : null;
}

function explain(ownerUrl: string, error: (Error & { code?: string }) | undefined, reason: string | null): string {
  const url = new URL(ownerUrl);
  const where = hostOf(url);
  const database = databaseOf(url);
  const owner = escapeIdentifier(decodeURIComponent(url.username));
  const texts: Record<string, string> = {
    ECONNREFUSED: `nothing answers at ${where}. Is PostgreSQL running there?`,
    ENOTFOUND: `the host ${url.hostname} is unknown. Check the name in DATABASE_URL.`,
    EAI_AGAIN: `the host ${url.hostname} can't be looked up. Check the name in DATABASE_URL and the network.`,
    ENOENT: `${where} has no socket. Is PostgreSQL running there?`,
    "28P01": `the password of the role ${decodeURIComponent(url.username)} is wrong, or the role doesn't exist. As a superuser: alter role ${owner} password '…';`,
    "28000": `the role ${decodeURIComponent(url.username)} isn't allowed to sign in from here.`,
    "3D000": `the database ${database} doesn't exist at ${where}. Create it: create database ${escapeIdentifier(database)} owner ${owner};`,
  };
  const text =
    texts[error?.code ?? ""] ?? (reason ? `${reason}. Tiketti needs the primary.` : (error?.message ?? "unknown"));
  return `DATABASE_URL can't be used: ${text}`;
}

async function refuseUnfit(client: pg.Client, ownerUrl: string): Promise<void> {
  const { rows } = await client.query<{ major: number; may_create: boolean }>(
    `select current_setting('server_version_num')::int / 10000 as major,
            has_schema_privilege('public', 'CREATE') as may_create`,
  );
  const { major, may_create: mayCreate } = rows[0] as (typeof rows)[0];
  if (major < 15) throw new OperatorError(`PostgreSQL ${major} is too old; Tiketti needs 15 to 18.`);
  const url = new URL(ownerUrl);
  if (!mayCreate)
    throw new OperatorError(
      `The role ${decodeURIComponent(url.username)} of DATABASE_URL isn't allowed to create tables in the schema public. Make it the database's owner: alter database ${escapeIdentifier(databaseOf(url))} owner to ${escapeIdentifier(decodeURIComponent(url.username))};`,
    );
  await refuseTransactionPooler(client, ownerUrl);
}

/**
 * A pooler in transaction mode hands each transaction another session, and the organization's setting with it. One
 * client on an idle pooler doesn't notice. Two clients at a time do, since both get the session that is free.
 */
async function refuseTransactionPooler(first: pg.Client, ownerUrl: string): Promise<void> {
  const second = await connectClient({ url: ownerUrl }, { name: "tiketti start" });
  const sessionOf = async (client: pg.Client) =>
    (await client.query<{ id: number }>("select pg_backend_pid() as id")).rows[0]?.id;
  try {
    const own = await sessionOf(first);
    const others = await sessionOf(second);
    // While the first holds its session, the second can't have it. The session that is freed last is handed out next.
    await first.query("begin");
    const held = await sessionOf(first);
    const meanwhile = await sessionOf(second);
    await first.query("commit");
    const isMixed = own === others || own !== held || others !== meanwhile || (await sessionOf(first)) !== own;
    if (!isMixed) return;
    throw new OperatorError(
      "DATABASE_URL points to a pooler in transaction mode, which mixes up sessions and with them organizations. " +
        "Use its session mode (PgBouncer: pool_mode = session), or connect to PostgreSQL directly; see docs/operating.md.",
    );
  } finally {
    await second.end().catch(() => {});
  }
}
