import type pg from "pg";
import { OperatorError } from "../wire/errors.ts";

const waitSeconds = 60;

/**
 * Takes a lock that the connection holds until it ends. The wait is limited: a lock that was left behind, for example
 * by a pooler's connection, must not hold up a start silently.
 *
 * @throws OperatorError that names the holder
 */
export async function takeLock(client: pg.Client, name: string, does: string): Promise<void> {
  await client.query(`set lock_timeout = '${waitSeconds}s'`);
  try {
    await client.query("select pg_advisory_lock(hashtext($1))", [name]);
  } catch (cause) {
    if ((cause as { code?: string }).code !== "55P03") throw cause;
    throw new OperatorError(
      `Another process has been ${does} for more than ${waitSeconds} s: ${await holder(client, name)}. ` +
        "Wait for it, or end it in the database with select pg_terminate_backend(<process>), and start again.",
      { cause },
    );
  } finally {
    await client.query("set lock_timeout = 0").catch(() => {});
  }
}

async function holder(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    `select format('process %s (%s) from %s, connected since %s',
       a.pid, nullif(a.application_name, ''), coalesce(host(a.client_addr), 'a local socket'), a.backend_start::timestamptz(0)) as text
     from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted
       and (l.classid::bigint << 32) | l.objid::bigint = hashtext($1)::bigint`,
    [name],
  );
  return rows.map(({ text }) => text).join("; ") || "it has just ended";
}
