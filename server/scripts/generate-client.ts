/**
 * `npm run db:generate`: the database client is made before any script runs, when prisma/schema.prisma changed; this is
 * the script to run for that alone. `--check` says whether the schema has all its migrations.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, "prisma", file), "utf8");

if (process.argv.includes("--check") && read("migrations/schema.snapshot.prisma") !== read("schema.prisma")) {
  console.error("prisma/schema.prisma changed without a migration; run: npm run db:migration -- its-name");
  process.exit(1);
}
