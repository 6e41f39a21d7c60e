import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import type pg from "pg";
import { connectClient, LoginPool } from "./connection.ts";
import { migrationNames, migrationsFolder } from "./migrations.ts";
import type { RoleNames } from "./roles.ts";
import { takeLock } from "./session-lock.ts";

/** Prisma's migration engine as WASM: nothing is downloaded. See migrate.ts for how it is run. */

export interface MigrationJob {
  /** Signs in as the owner of the tables. */
  databaseUrl: string;
  /** The roles for which tiketti_app, tiketti_worker and tiketti_gate stand in the scripts. */
  roles: RoleNames;
}

export async function applyWithEngine({ databaseUrl, roles }: MigrationJob): Promise<string[]> {
  const lock = await lockMigrations(databaseUrl);
  const migrations = await readMigrations();
  const runner = scriptRunner(migrations, roles);
  const { engine, close } = await openEngine(databaseUrl, runner.run);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: migrationsFolder,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: migrations,
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    throw runner.fault() ?? error;
  } finally {
    await lock.end();
    await close();
  }
}

/** The SQL that turns one Prisma schema into another; an empty `from` means an empty database. */
export async function diffSchemas(databaseUrl: string, from: string, to: string): Promise<string> {
  const { engine, close } = await openEngine(databaseUrl, (client, script) => client.query(script));
  try {
    const file = (content: string) => ({ files: [{ path: "schema.prisma", content }] });
    const { stdout } = await engine.diff({
      from: from === "" ? { tag: "empty" } : { tag: "schemaDatamodel", ...file(from) },
      to: { tag: "schemaDatamodel", ...file(to) },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? "";
  } finally {
    await close();
  }
}

/**
 * Only one process migrates at a time. The record of a migration that was killed is deleted, so that it runs again:
 * each script is one transaction, and PostgreSQL has undone it.
 */
async function lockMigrations(databaseUrl: string): Promise<pg.Client> {
  const client = await connectClient({ url: databaseUrl }, { name: "tiketti migrates" });
  await takeLock(client, "tiketti migrations", "migrating this database");
  const { rows } = await client.query("select to_regclass('_prisma_migrations') is not null as is_there");
  if (rows[0].is_there)
    await client.query("delete from _prisma_migrations where finished_at is null and rolled_back_at is null");
  // The session holds the lock; an open transaction would lock what the migrations change.
  return client;
}

type Migration = Awaited<ReturnType<typeof readMigrations>>[number];

async function readMigrations() {
  return Promise.all(
    (await migrationNames()).map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(migrationsFolder, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
}

type RunScript = (client: pg.Pool, script: string) => Promise<unknown>;

async function openEngine(
  databaseUrl: string,
  runScript: RunScript,
): Promise<{ engine: SchemaEngine; close(): Promise<void> }> {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(pathToFileURL(glue).href);
  const { instance } = await WebAssembly.instantiate(await readFile(glue.replace(/\.js$/, ".wasm")), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  // Our own pool, so that no connection outlives the engine and each has our search path.
  const pool = new LoginPool({ url: databaseUrl }, { max: 2, name: "tiketti migrates" });
  pool.on("error", () => {});
  const adapter = bindMigrationAwareSqlAdapterFactory(withWholeScripts(new PrismaPg(pool), runScript));
  const engine: SchemaEngine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  return {
    engine,
    async close() {
      engine.free();
      await pool.end();
    },
  };
}

/**
 * The adapter splits scripts at every semicolon, even inside function bodies and comments. PostgreSQL
 * accepts a whole script and runs it as one transaction: a failed migration leaves nothing behind.
 */
function withWholeScripts(factory: PrismaPg, runScript: RunScript): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await runScript(adapter.underlyingDriver() as pg.Pool, script);
    };
    return adapter;
  };
  return factory;
}

/** Runs scripts with the names of this database's roles, and keeps PostgreSQL's message about a failed one. */
function scriptRunner(migrations: Migration[], roles: RoleNames): { run: RunScript; fault(): Error | null } {
  const names = new Map(migrations.map(({ path, migrationFile }) => [migrationFile.content.value, path]));
  let fault: Error | null = null;
  return {
    async run(client, script) {
      try {
        await client.query(withRoles(script, roles));
      } catch (error) {
        fault = migrationFault(names.get(script) ?? "a statement of the migration engine", script, error as Error);
        throw error;
      }
    },
    fault: () => fault,
  };
}

function withRoles(script: string, roles: RoleNames): string {
  return script
    .replace(/\btiketti_app\b/g, roles.app)
    .replace(/\btiketti_worker\b/g, roles.worker)
    .replace(/\btiketti_gate\b/g, roles.gate);
}

/** PostgreSQL's message, with the migration's name and the line that it points to. */
function migrationFault(name: string, script: string, error: Error): Error {
  const { code, detail, hint, position } = error as pg.DatabaseError;
  const line = position ? script.slice(0, Number(position)).split("\n").length : null;
  const lines = [
    `${name}${line ? `, line ${line}` : ""}: ${error.message}${code ? ` (${code})` : ""}`,
    detail && `Detail: ${detail}`,
    hint && `Hint: ${hint}`,
  ];
  return new Error(lines.filter(Boolean).join("\n  "), { cause: error });
}
