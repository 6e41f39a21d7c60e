/** The package as README.md says to make it, from a clone in which nothing was built, used in an empty project. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

function run(command: string, args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 120_000 });
  expect(status, `${command} ${args.join(" ")}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

it("npm run sdk:pack in a fresh clone makes a package that an empty project can use", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-pack-"));
  const clone = path.join(folder, "clone");
  run("git", ["clone", "--quiet", root, clone], folder);
  // What is being tested is the working tree, also before it is committed.
  const changed = run("git", ["ls-files", "--modified", "--others", "--exclude-standard"], root)
    .split("\n")
    .filter(Boolean);
  for (const file of changed) run("cp", [path.join(root, file), path.join(clone, file)], folder);
  await symlink(path.join(root, "node_modules"), path.join(clone, "node_modules"));
  const readme = await readFile(path.join(clone, "README.md"), "utf8");
  const [, script] = /`npm run (sdk:pack)`/.exec(readme) as RegExpExecArray;
  const file = run("npm", ["run", "--silent", script as string], clone)
    .trim()
    .split("\n")
    .at(-1) as string;
  expect(readme).toContain(file);

  const empty = path.join(folder, "empty");
  run("mkdir", [empty], folder);
  await writeFile(path.join(empty, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  run("npm", ["install", "--no-audit", "--no-fund", path.join(clone, file)], empty);
  const program =
    'import { createTiketti } from "@tiketti/sdk"; import { Tickets } from "@tiketti/sdk/operations"; console.log(typeof createTiketti({ url: "https://desk.example" }).tickets.list, Tickets.length > 100);';
  expect(run("node", ["--input-type=module", "--eval", program], empty).trim()).toBe("function true");
  await rm(folder, { recursive: true });
});
