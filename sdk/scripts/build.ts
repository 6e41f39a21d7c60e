/** `npm run sdk:build`: dist/ as it is published. */
import { spawnSync } from "node:child_process";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");

export async function buildSdk(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  const tsc = path.resolve(root, "../node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", root], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The SDK doesn't compile:\n${stdout}`);
  // What is loaded on first use brings its library along: as a dependency it would bring `graphql` too.
  for (const name of ["live", "print"]) await bundle(name);
  // Comments are read in the types, and nobody reads the nodes of documents; here they would only be installed.
  for (const name of ["resources", "documents", "operations", "arguments"])
    await strip(`_generated/${name}.js`, name === "resources");
  await compact("_generated/documents.js");
  for (const name of ["shapes", "types", "introspection"]) await rm(path.join(dist, `_generated/${name}.js`));
  // The compiler would print each of its lines over ten.
  await copyFile(path.join(root, "src/_generated/introspection.ts"), path.join(dist, "_generated/introspection.d.ts"));
  for (const name of ["types", "shapes", "resources"]) await indentByTabs(`_generated/${name}.d.ts`);
  for (const name of ["sockets", "events", "position"])
    for (const ending of ["js", "d.ts"]) await rm(path.join(dist, `lazy/${name}.${ending}`));
  await writeFile(path.join(dist, "lazy/live.d.ts"), "export {};\n");
  await copyFile(path.join(root, "../schema.graphql"), path.join(root, "schema.graphql"));
  await copyFile(path.join(root, "../LICENSE"), path.join(root, "LICENSE"));
}

/** `isOne`: bundlers take the file whole or not at all, so its white space can go too. */
async function strip(name: string, isOne: boolean): Promise<void> {
  const file = path.join(dist, name);
  const { code } = await transform(await readFile(file, "utf8"), { target: "es2022", minifyWhitespace: isOne });
  await writeFile(file, code);
}

/** Nobody reads nodes, and they have no text with such signs in it. Minifying the file would join what bundlers tell apart. */
async function compact(name: string): Promise<void> {
  const file = path.join(dist, name);
  const code = await readFile(file, "utf8");
  await writeFile(
    file,
    code
      .replace(/(?<=") ?: (?=["[{])/g, ":")
      .replace(/(?<=["\]}]), (?=["{])/g, ",")
      .replace(/\{ (?=")/g, "{")
      .replace(/(?<=["\]}]) \}/g, "}"),
  );
}

/** The compiler indents by four spaces and can't do otherwise: a fifth of these files. */
async function indentByTabs(name: string): Promise<void> {
  const file = path.join(dist, name);
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/^(?: {4})+/gm, (spaces) => "\t".repeat(spaces.length / 4)),
  );
}

async function bundle(name: string): Promise<void> {
  const entry = path.join(dist, `lazy/${name}.js`);
  await build({
    entryPoints: [entry],
    outfile: entry,
    allowOverwrite: true,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    plugins: [
      {
        // The same errors and options as in the rest: those stay files of their own.
        name: "parent files stay outside",
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.\// }, ({ path: file, importer }) =>
            path.dirname(importer) === path.dirname(entry) ? { path: file, external: true } : undefined,
          );
        },
      },
    ],
    legalComments: "inline",
    logLevel: "error",
  });
}

if (process.argv[1] === import.meta.filename) {
  await buildSdk();
  console.error("built sdk/dist");
}
