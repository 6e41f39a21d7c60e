/**
 * `npm run db:generate`: writes the database client from prisma/schema.prisma; `--check` only says
 * whether the committed one is fresh.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "server/src/db/_generated");
const fingerprint = () => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const hash = createHash("sha256");
  for (const name of names) hash.update(name).update(readFileSync(path.join(folder, name)));
  return hash.digest("hex");
};

const before = fingerprint();
execFileSync(
  process.execPath,
  [
    path.join(root, "node_modules/prisma/build/index.js"),
    "generate",
    "--config",
    path.join(root, "prisma/prisma.config.ts"),
  ],
  { stdio: process.argv.includes("--check") ? "pipe" : "inherit", cwd: root },
);
if (process.argv.includes("--check") && fingerprint() !== before) {
  console.error("server/src/db/_generated was stale and is written anew; commit it.");
  process.exit(1);
}
const snapshot = readFileSync(path.join(root, "prisma/migrations/schema.snapshot.prisma"), "utf8");
if (process.argv.includes("--check") && snapshot !== readFileSync(path.join(root, "prisma/schema.prisma"), "utf8")) {
  console.error("prisma/schema.prisma changed without a migration; run: npm run db:migration -- its-name");
  process.exit(1);
}
