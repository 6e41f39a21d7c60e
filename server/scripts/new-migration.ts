/**
 * `npm run db:migration -- add-views`: writes prisma/migrations/<time>_add_views/migration.sql from
 * the difference between the schema that the last migration left and prisma/schema.prisma.
 * What Prisma can't say is written by hand below it.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "../src/db/embedded.ts";
import { diffSchemas } from "../src/db/migration-engine.ts";
import { migrationsFolder } from "../src/db/migrations.ts";

const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9-]*$/.test(name)) {
  console.error("Give the migration a name in kebab case: npm run db:migration -- add-views");
  process.exit(1);
}

const schemaFile = path.resolve(migrationsFolder, "../schema.prisma");
const snapshotFile = path.join(migrationsFolder, "schema.snapshot.prisma");
const schema = await readFile(schemaFile, "utf8");
const snapshot = await readFile(snapshotFile, "utf8").catch(() => "");
// The engine wants a database to look at, although both ends of the difference are files.
const scratch = await mkdtemp(path.join(tmpdir(), "tiketti-migration-"));
const postgres = await startEmbedded({ folder: scratch });
const sql = await diffSchemas(postgres.superuserUrl("postgres"), snapshot, schema);
await postgres.close();
await rm(scratch, { recursive: true });
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = path.join(migrationsFolder, `${stamp}_${name.replaceAll("-", "_")}`);
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, "migration.sql"), `-- Why: \n\n${sql}`);
await writeFile(snapshotFile, schema);
console.log(folder);
