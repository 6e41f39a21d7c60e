import { readdir } from "node:fs/promises";
import path from "node:path";

/** The folder of migrations: forward only; each begins with its reason. */
export const migrationsFolder = path.resolve(import.meta.dirname, "../../../prisma/migrations");

export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
