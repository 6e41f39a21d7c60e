import pg from "pg";
import { inject } from "vitest";
import { roleUrl, usualRoles } from "../../src/db/roles.ts";
import { newUuid } from "../../src/lib/uuid.ts";
import { ownerRole, templateName, testSecret } from "./constants.ts";

export interface TestDatabase {
  appUrl: string;
  workerUrl: string;
  ownerUrl: string;
  superuserUrl: string;
  /** As the superuser, past row security: to arrange and to look behind the walls. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Keeps everybody from a table until the returned function is called. */
  hold(table: string): Promise<() => Promise<void>>;
  drop(): Promise<void>;
}

/** A clone of the migrated template, for one test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${newUuid().replaceAll("-", "")}`;
  const base = inject("superuserUrl");
  await asSuperuser(base, (client) =>
    client.query(`create database ${name} template ${templateName} owner ${ownerRole}`),
  );
  const superuserUrl = withDatabase(base, name);
  const owner = new URL(superuserUrl);
  owner.username = ownerRole;
  owner.password = "owner";
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 3 });
  pool.on("error", () => {});
  return {
    superuserUrl,
    ownerUrl: owner.href,
    appUrl: roleUrl(usualRoles.app, superuserUrl, testSecret),
    workerUrl: roleUrl(usualRoles.worker, superuserUrl, testSecret),
    query: async (text, values) => (await pool.query(text, values)).rows as never,
    async hold(table) {
      const client = await pool.connect();
      await client.query("begin");
      await client.query(`lock table ${table} in access exclusive mode`);
      return async () => {
        await client.query("rollback");
        client.release();
      };
    },
    async drop() {
      await pool.end();
      await asSuperuser(base, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asSuperuser(url: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
