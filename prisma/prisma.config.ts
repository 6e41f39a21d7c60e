import path from "node:path";
import { defineConfig } from "prisma/config";

// `prisma generate` looks for a native engine that it doesn't use with engineType "client"; any
// executable satisfies it, so that generating needs no download.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: path.join(import.meta.dirname, "schema.prisma"),
  migrations: { path: path.join(import.meta.dirname, "migrations") },
});
