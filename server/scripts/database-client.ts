/**
 * The database client, which Prisma makes of prisma/schema.prisma. It isn't in git: both doors (bin/run.js and
 * bin/tiketti.js) call this before anything imports it.
 */
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");
const schemaFile = path.join(root, "prisma/schema.prisma");
const folder = path.join(root, "server/src/db/_generated");
/** Of what the client was made. */
const stampOf = (client: string) => path.join(client, "stamp");
const leftOverMs = 600_000;

/** Makes the client when it is missing, or was made of another schema or by other generators. */
export async function makeDatabaseClient(): Promise<void> {
  const wanted = fingerprint();
  if (isFresh(wanted)) return;
  console.error("making the database client from prisma/schema.prisma");
  // Beside the one that is there, so that a process that starts meanwhile finds a whole one or none.
  const made = `${folder}.${randomUUID()}`;
  try {
    await generate(made);
    await writeFile(stampOf(made), wanted);
    await replaceBy(made, wanted);
  } catch (error) {
    throw new Error(
      `The database client could not be made in ${path.dirname(folder)}. Run \`npm ci\` with its development packages, and \`npm run db:generate\` as a user who may write there.`,
      { cause: error },
    );
  } finally {
    await rm(made, { recursive: true, force: true });
    await removeLeftOvers();
  }
}

/** Of the schema, and of the generators that make the client of it. */
function fingerprint(): string {
  const hash = createHash("sha256").update(readFileSync(schemaFile));
  for (const name of ["prisma", "@prisma/client", "@pothos/plugin-prisma"]) {
    const file = path.join(root, "node_modules", name, "package.json");
    // Without the generators, as after `npm ci --omit=dev`, whatever client is there has to do.
    if (!existsSync(file)) return existsSync(stampOf(folder)) ? readFileSync(stampOf(folder), "utf8") : "";
    hash.update(`${name} ${JSON.parse(readFileSync(file, "utf8")).version}`);
  }
  return hash.digest("hex");
}

function isFresh(wanted: string): boolean {
  const isWhole = ["stamp", "pothos-types.ts", "client/client.ts"].every((file) => existsSync(path.join(folder, file)));
  // A checkout of a release that had the client in git takes the files away and leaves the stamp.
  return isWhole && readFileSync(stampOf(folder), "utf8") === wanted;
}

async function generate(to: string): Promise<void> {
  await mkdir(to);
  const schema = await readFile(schemaFile, "utf8");
  const own = path.join(to, "schema.prisma");
  await writeFile(own, schema.replaceAll('"../server/src/db/_generated/', '"./'));
  const prisma = path.join(root, "node_modules/prisma/build/index.js");
  // Where Prisma looks for the generator of Pothos.
  const programs = [path.dirname(process.execPath), path.join(root, "node_modules/.bin")].join(path.delimiter);
  const config = path.join(root, "prisma/prisma.config.ts");
  await promisify(execFile)(process.execPath, [prisma, "generate", "--config", config, "--schema", own], {
    cwd: root,
    env: { ...process.env, PATH: `${programs}${path.delimiter}${process.env.PATH}`, CHECKPOINT_DISABLE: "1" },
  });
  await rm(own);
}

/** Of two processes that made the same one, the first puts it there. */
async function replaceBy(made: string, wanted: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await rename(made, folder);
      return;
    } catch (error) {
      if (isFresh(wanted)) return;
      if (tries >= 10 || !existsSync(folder)) throw error;
      await rename(folder, `${made}.old`).catch(() => {});
      await rm(`${made}.old`, { recursive: true, force: true });
    }
  }
}

/** Of processes that were killed while they made one. */
async function removeLeftOvers(): Promise<void> {
  const parent = path.dirname(folder);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(folder)}.`)) continue;
    const file = path.join(parent, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > leftOverMs) await rm(file, { recursive: true, force: true });
  }
}
