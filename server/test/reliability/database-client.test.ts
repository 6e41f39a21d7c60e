/** The database client in a clone that has none yet: made by whoever starts first, whole for all. */
import { spawn, spawnSync } from "node:child_process";
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const database = "server/src/db";
let clone: string;

beforeAll(async () => {
  clone = await mkdtemp(path.join(tmpdir(), "tiketti-clone-"));
  // What is being tested is the working tree, also before it is committed.
  const { stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "server", "prisma"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = stdout.split("\n").filter((file) => file && !file.startsWith("server/test/"));
  for (const file of [...files, "package.json"])
    await cp(path.join(root, file), path.join(clone, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  await symlink(path.join(root, "node_modules"), path.join(clone, "node_modules"));
});
afterAll(() => rm(clone, { recursive: true, force: true }));

/** Commands that import all of the server, at once; what they printed on stderr. */
async function start(count: number): Promise<string[]> {
  const program = 'await import("./server/src/server.ts"); console.error("whole")';
  await writeFile(path.join(clone, "program.ts"), program);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const child = spawn(process.execPath, ["server/bin/run.js", "program.ts"], { cwd: clone });
      let stderr = "";
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      await new Promise((resolve) => child.once("close", resolve));
      return stderr;
    }),
  );
}

const entries = async () => (await readdir(path.join(clone, database))).filter((name) => name.startsWith("_generated"));
const stamp = () => readFile(path.join(clone, database, "_generated/stamp"), "utf8");

it("is made by each of three processes that start at once, and one of them is kept", async () => {
  for (const stderr of await start(3)) expect(stderr).toMatch(/whole\n$/);
  expect(await entries()).toEqual(["_generated"]);
  expect(await start(1)).toEqual(["whole\n"]);
}, 120_000);

it("is made again when the schema changed", async () => {
  const before = await stamp();
  await appendFile(path.join(clone, "prisma/schema.prisma"), "\n// changed\n");
  for (const stderr of await start(2)) expect(stderr).toMatch(/whole\n$/);
  expect(await stamp()).not.toBe(before);
  expect(await entries()).toEqual(["_generated"]);
}, 120_000);
