import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbedded } from "../../src/db/embedded.ts";

/** A PostgreSQL as an operator has one: an owner that may create roles, and nothing in it yet. */
export interface OwnPostgres {
  /** For DATABASE_URL. */
  ownerUrl: string;
  /** As the superuser, past row security. */
  client: pg.Client;
  /** kill -9 of all of it. */
  kill(): Promise<void>;
  /** The same files again, after a kill. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-postgres-"));
  let running = await startEmbedded({ folder });
  const url = running.superuserUrl("postgres");
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  await client.query("create role tiketti_owner login createrole password 'owner'");
  await client.query("alter database postgres owner to tiketti_owner");
  await client.query("alter schema public owner to tiketti_owner");
  const ownerUrl = new URL(url);
  ownerUrl.username = "tiketti_owner";
  ownerUrl.password = "owner";
  return {
    ownerUrl: ownerUrl.href,
    client,
    async kill() {
      const pidFile = path.join(folder, "data", "postmaster.pid");
      process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGKILL");
    },
    async restart() {
      running = await startEmbedded({ folder });
    },
    async close() {
      await client.end().catch(() => {});
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
