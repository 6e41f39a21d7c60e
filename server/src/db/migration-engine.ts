import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { migrationNames, migrationsFolder } from "./migrations.ts";

/** Prisma's migration engine as WASM: nothing is downloaded. See migrate.ts for how it is run. */

export async function applyWithEngine(databaseUrl: string): Promise<string[]> {
  const lock = await lockMigrations(databaseUrl);
  const { engine, close } = await openEngine(databaseUrl);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: migrationsFolder,
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: await readMigrations(),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    await lock.end();
    await close();
  }
}

/** The SQL that leads from one Prisma schema to another; an empty `from` means an empty database. */
export async function diffSchemas(databaseUrl: string, from: string, to: string): Promise<string> {
  const { engine, close } = await openEngine(databaseUrl);
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
 * One migrates at a time. What a killed migration left unfinished is forgotten, and so run again: each
 * script is one transaction, of which PostgreSQL kept nothing.
 */
async function lockMigrations(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => {});
  await client.connect();
  await client.query("select pg_advisory_lock(hashtext('tiketti migrations'))");
  const { rows } = await client.query("select to_regclass('_prisma_migrations') is not null as is_there");
  if (rows[0].is_there)
    await client.query("delete from _prisma_migrations where finished_at is null and rolled_back_at is null");
  return client;
}

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

async function openEngine(databaseUrl: string): Promise<{ engine: SchemaEngine; close(): Promise<void> }> {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(pathToFileURL(glue).href);
  const { instance } = await WebAssembly.instantiate(await readFile(glue.replace(/\.js$/, ".wasm")), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  // A pool of ours, so that no connection outlives the engine.
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => {});
  const adapter = bindMigrationAwareSqlAdapterFactory(withWholeScripts(new PrismaPg(pool)));
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
 * The adapter cuts scripts at every semicolon, also inside of function bodies and comments. PostgreSQL
 * takes a script whole, and runs it as one transaction: a migration that fails leaves nothing behind.
 */
function withWholeScripts(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  };
  return factory;
}
