/** `npm run sdk:generate`: what is made of schema.graphql and the operations; with --check, whether it is fresh. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { executeCodegen } from "@graphql-codegen/cli";
import config from "../../codegen.ts";

const isCheck = process.argv.includes("--check");
const root = path.resolve(import.meta.dirname, "../..");

const { result, error } = await executeCodegen({ ...config, cwd: root, silent: true });
if (error) throw error;
const stale: string[] = [];
for (const { filename, content: made } of result) {
  // What is taken is never changed: constants are welcome too.
  const content = made.replace(/^( {2}\w+\??: )Array</gm, "$1ReadonlyArray<");
  const file = path.resolve(root, filename);
  const before = await readFile(file, "utf8").catch(() => null);
  if (before === content) continue;
  stale.push(filename);
  if (!isCheck) await writeFile(file, content);
}
if (isCheck && stale.length > 0) {
  console.error(`${stale.join(", ")}: not fresh; run npm run sdk:generate`);
  process.exit(1);
}
if (!isCheck) console.log(stale.length > 0 ? `written: ${stale.join(", ")}` : "fresh already");
