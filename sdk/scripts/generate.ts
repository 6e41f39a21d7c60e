/** `npm run sdk:generate`: what is made of schema.graphql and the operations; with --check, whether it is fresh. */
import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { executeCodegen } from "@graphql-codegen/cli";
import { buildSchema, parse } from "graphql";
import config from "../../codegen.ts";
import { completeFragments } from "../codegen/fragments.ts";
import { documentsOf } from "../codegen/plugin.ts";
import { resultType } from "../codegen/results.ts";
import { positionQuery } from "../src/lazy/position.ts";

const isCheck = process.argv.includes("--check");
const root = path.resolve(import.meta.dirname, "../..");

const stale: string[] = [];
await keep(
  "sdk/src/operations/fragments.graphql",
  completeFragments(
    await readFile(path.join(root, "sdk/src/operations/fragments.graphql"), "utf8"),
    buildSchema(await readFile(path.join(root, "schema.graphql"), "utf8")),
  ),
);
const results = await resultTypes();
const { result, error } = await executeCodegen({ ...config, cwd: root, silent: true });
if (error) throw error;
for (const { filename, content: made } of result) {
  const content = filename.endsWith("types.ts") ? withDescriptions(made) : made;
  await keep(filename, content);
}
// What the SDK sends, for servers that run listed operations only.
await keep("sdk/operations.json", await listedOperations());
if (isCheck && stale.length > 0) {
  console.error(`${stale.join(", ")}: not fresh; run npm run sdk:generate`);
  process.exit(1);
}
if (!isCheck) console.log(stale.length > 0 ? `written: ${stale.join(", ")}` : "fresh already");

/** Writes a file that isn't fresh, or says that it isn't. */
async function keep(name: string, content: string): Promise<void> {
  const file = path.resolve(root, name);
  if ((await readFile(file, "utf8").catch(() => null)) === content) return;
  stale.push(name);
  if (!isCheck) await writeFile(file, content);
}

/** By the SHA-256 of its text, each document that a method of the SDK sends. */
async function listedOperations(): Promise<string> {
  const operations: Record<string, unknown> = await import("../src/_generated/operations.ts");
  const texts = [...Object.values(operations).filter((one) => typeof one === "string"), positionQuery].sort();
  const entries = texts.map((text) => [createHash("sha256").update(text).digest("hex"), text]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The answers' types anew, with what their fields are; what is taken is never changed, so constants are welcome too. */
function withDescriptions(types: string): string {
  const inputs = types.replace(/^( {2}\w+\??: )Array</gm, "$1ReadonlyArray<");
  return inputs.replace(/^export type (\w+(?:Query|Mutation|Subscription)) = .*;$/gm, (line, name: string) => {
    const type = results.get(name);
    return type ? `export type ${name} = ${type};` : line;
  });
}

async function resultTypes(): Promise<Map<string, string>> {
  const schema = buildSchema(await readFile(path.join(root, "schema.graphql"), "utf8"));
  const files = await Array.fromAsync(glob("sdk/src/operations/**/*.graphql", { cwd: root }));
  const texts = await Promise.all(files.map((file) => readFile(path.join(root, file), "utf8")));
  const { operations, fragments } = documentsOf(texts.map((text) => ({ document: parse(text) })));
  const kinds = { query: "Query", mutation: "Mutation", subscription: "Subscription" };
  return new Map(
    operations.map((one) => [`${one.name?.value}${kinds[one.operation]}`, resultType(schema, one, fragments)]),
  );
}
