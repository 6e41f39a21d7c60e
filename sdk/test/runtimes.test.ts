/** The packed package, installed into an empty project, in each runtime that it is for. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openBrowser } from "./browser.ts";

const { url, apiKey } = inject("server");
const expected = { tickets: 2, told: true, missing: true, webhook: true };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tiketti-runtimes-"));
  const sdk = path.resolve(import.meta.dirname, "..");
  const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], sdk)
    .trim()
    .split("\n")
    .at(-1) as string;
  await writeFile(path.join(folder, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  // Runtimes are big, and nobody but this test needs them.
  run("npm", ["install", "--no-audit", "--no-fund", path.join(folder, packed), ...runtimes], folder);
  // npm may be told to run no scripts; these two put their binary in place by one.
  for (const name of ["bun", "workerd"]) run(process.execPath, ["install.js"], path.join(folder, "node_modules", name));
  await cp(path.join(import.meta.dirname, "runtimes"), folder, { recursive: true });
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const platform = `${process.platform}-${process.arch}`;
const runtimes = [
  `node-20@npm:node-${platform}@20`,
  `node-26@npm:node-${platform}@26`,
  "bun@^1.4.0 || ^1",
  "deno@^2",
  "workerd",
];

function run(command: string, args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 240_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

const bin = (name: string) => path.join(folder, "node_modules", name);
const answer = (text: string) => JSON.parse(text.trim().split("\n").at(-1) as string);

describe("runs in", () => {
  it.each([
    ["Node 20, over server-sent events: it has no WebSocket", "node-20", "v20."],
    ["Node 26", "node-26", "v26."],
  ])("%s", (_what, name, version) => {
    const node = bin(`${name}/bin/node`);
    expect(run(node, ["--version"], folder)).toContain(version);
    expect(answer(run(node, ["main.js", url, apiKey], folder))).toEqual(expected);
  });

  it("Bun", () => {
    console.log(`Bun ${run(bin(".bin/bun"), ["--version"], folder).trim()}`);
    expect(answer(run(bin(".bin/bun"), ["run", "main.js", url, apiKey], folder))).toEqual(expected);
  });

  it("Deno", () => {
    console.log(run(bin(".bin/deno"), ["--version"], folder).split("\n")[0]);
    expect(answer(run(bin(".bin/deno"), ["run", "-A", "main.js", url, apiKey], folder))).toEqual(expected);
  });

  it("workerd", async () => {
    await bundle("worker.js");
    await writeFile(
      path.join(folder, "config.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (modules = [(name = "worker", esModule = embed "out/worker.js")], compatibilityDate = "2025-09-01")),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
    );
    console.log(run(bin(".bin/workerd"), ["--version"], folder).trim());
    const child = spawn(bin(".bin/workerd"), ["serve", "config.capnp", "--control-fd=3"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    const control = child.stdio[3] as NodeJS.ReadableStream;
    let said = "";
    for await (const chunk of control) {
      said += chunk;
      if (/"port":\s*\d+/.test(said)) break;
    }
    const port = /"port":\s*(\d+)/.exec(said)?.[1];
    const response = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams({ url, key: apiKey })}`);
    const text = await response.text();
    child.kill("SIGKILL");
    await once(child, "close");
    expect(text).toBe(JSON.stringify(expected));
  });

  it("a browser, as a bundle on a page of another origin", async () => {
    await bundle("program.js");
    const { readFile } = await import("node:fs/promises");
    const pages = createServer(async (req, res) => {
      const isScript = req.url?.endsWith(".js");
      res.setHeader("content-type", isScript ? "text/javascript" : "text/html");
      res.end(
        isScript ? await readFile(path.join(folder, "out", path.basename(req.url as string))) : "<!doctype html>",
      );
    });
    await new Promise<void>((resolve) => pages.listen(0, "localhost", resolve));
    const browser = await openBrowser();
    const page = await browser.newPage();
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    await page.goto(`http://localhost:${(pages.address() as AddressInfo).port}/`);
    const script = `(async () => {
      const { program } = await import("/program.js");
      return [await program(${JSON.stringify({ url, apiKey })}), await program(${JSON.stringify({ url, apiKey, live: "sse" })})];
    })()`;
    expect(await page.evaluate(script)).toEqual([expected, expected]);
    expect(warnings.join("\n")).toContain("API key is used in a browser");
    await browser.close();
    pages.close();
  });
});

/** With what is loaded later as files of its own, as bundlers make it; for one that takes no second file, in one. */
async function bundle(name: string): Promise<void> {
  await build({
    entryPoints: [path.join(folder, name)],
    outdir: path.join(folder, "out"),
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    splitting: name !== "worker.js",
    platform: "browser",
    logLevel: "error",
  });
}
