/** `npm run schema:print`: writes schema.graphql from the code; `--check` only says whether it is fresh. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { printSchema } from "../src/print-schema.ts";

const file = path.resolve(import.meta.dirname, "../../schema.graphql");
const printed = printSchema();
if (!process.argv.includes("--check")) await writeFile(file, printed);
else if ((await readFile(file, "utf8").catch(() => "")) !== printed) {
  console.error("schema.graphql is stale; run: npm run schema:print");
  process.exit(1);
}
