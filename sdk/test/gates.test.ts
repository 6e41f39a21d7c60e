/** What the package weighs, and what it is: held here, so that it stays. */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const modules = path.resolve(root, "../node_modules");

interface Bundle {
  /** The entry as it is loaded at first, without what is loaded later. */
  bytes: number;
  text: string;
}

/** The program as a browser would get it, minified; what is imported lazily is split off. */
async function bundle(program: string, outside: string[] = []): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    splitting: true,
    outdir: "out",
    format: "esm",
    target: "es2022",
    platform: "browser",
    write: false,
    metafile: true,
    plugins: [
      {
        name: "outside",
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ path: file }) =>
            outside.some((name) => file.includes(name)) ? { path: file, external: true } : undefined,
          );
        },
      },
    ],
  });
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { path: file, kind } of metafile.outputs[name]?.imports ?? [])
      if (kind === "import-statement") load(file);
  };
  load("out/stdin.js");
  const text = outputFiles
    .filter(({ path: file }) => loaded.has(path.relative(process.cwd(), file)))
    .map((file) => file.text)
    .join("\n");
  expect(text).not.toBe("");
  return { bytes: gzipSync(text, { level: 9 }).length, text };
}

describe("size in gzip", () => {
  it("createClient is at most 6 kB without the argument types, which are at most 2.5 kB", async () => {
    const { bytes, text } = await bundle('import { createClient } from "@tiketti/sdk"; globalThis.x = createClient;', [
      "_generated/arguments",
    ]);
    const types = await bundle(
      'import { argumentTypes } from "./dist/_generated/arguments.js"; globalThis.x = argumentTypes;',
    );
    console.log(`createClient ${bytes} B, argument types ${types.bytes} B`);
    expect(bytes).toBeLessThanOrEqual(6_000);
    expect(types.bytes).toBeLessThanOrEqual(2_500);
    expect(text).not.toContain("ticketReply");
    expect(text).not.toContain("graphql-transport-ws");
  });

  it("createTiketti with all methods is at most 25 kB", async () => {
    const { bytes, text } = await bundle('import { createTiketti } from "@tiketti/sdk"; globalThis.x = createTiketti;');
    console.log(`createTiketti ${bytes} B`);
    expect(bytes).toBeLessThanOrEqual(25_000);
    expect(text).not.toContain("graphql-transport-ws");
  });

  it("one operation is at most 0.5 kB, and brings no other", async () => {
    const { bytes, text } = await bundle(
      'import { TicketAssign } from "@tiketti/sdk/operations"; globalThis.x = TicketAssign;',
    );
    console.log(`one operation ${bytes} B`);
    expect(bytes).toBeLessThanOrEqual(500);
    expect(text).not.toContain("ticketReply");
  });

  it("what speaks the live protocols is a file of at most 6 kB", async () => {
    const bytes = gzipSync(await readFile(path.join(root, "dist/lazy/live.js")), { level: 9 }).length;
    console.log(`live ${bytes} B`);
    expect(bytes).toBeLessThanOrEqual(6_000);
  });
});

describe("speed, told and not held", () => {
  it("of importing it, in a Node of its own", () => {
    for (const entry of ["@tiketti/sdk", "@tiketti/sdk/operations", "@tiketti/sdk/documents"]) {
      const program = `const started = performance.now(); await import("${entry}"); console.log(performance.now() - started);`;
      const times = Array.from({ length: 5 }, () =>
        Number(run(process.execPath, ["--input-type=module", "-e", program]).stdout),
      ).sort((a, b) => a - b);
      console.log(`${entry} is imported in ${times[2]?.toFixed(1)} ms (median of 5)`);
      expect(times.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("the package", () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tiketti-pack-"));
    const { stdout } = run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
    const packed = JSON.parse(stdout);
    const [one] = Array.isArray(packed) ? packed : Object.values(packed);
    file = path.join(folder, (one as { filename: string }).filename);
    console.log(
      `packed ${(one as { size: number }).size} B, installed ${(one as { unpackedSize: number }).unpackedSize} B`,
    );
    expect((one as { unpackedSize: number }).unpackedSize).toBeLessThanOrEqual(1_500_000);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has no fault that publint finds", () => {
    const { status, stdout } = run(process.execPath, [
      path.join(modules, "publint/src/cli.js"),
      "run",
      root,
      "--strict",
    ]);
    expect(status, stdout).toBe(0);
  });

  it("has types that every resolution of modules finds", () => {
    const { status, stdout } = run(process.execPath, [
      path.join(modules, "@arethetypeswrong/cli/dist/index.js"),
      file,
      "--profile",
      "esm-only",
      "--exclude-entrypoints",
      "./schema.graphql",
    ]);
    expect(status, stdout).toBe(0);
  });

  it("has no dependency, and imports nothing of Node", async () => {
    const about = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
    expect(about.dependencies).toBeUndefined();
    const { text } = await bundle(
      'import * as all from "@tiketti/sdk"; import * as hooks from "@tiketti/sdk/webhooks"; import * as testing from "@tiketti/sdk/testing"; globalThis.x = [all, hooks, testing];',
    );
    expect(text).not.toMatch(/from"node:|require\(/);
  });
});

function run(command: string, args: string[], cwd = root) {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
}
