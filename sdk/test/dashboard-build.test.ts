/** The dashboard's files as somebody else serves them: a web server, a path of its own, a strict policy. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type Server as WebServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openBrowser } from "./browser.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const { url: api, password } = inject("server");
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

let folder: string;
let browser: Browser;
const open = new Set<WebServer>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tiketti-dashboard-build-"));
  const root = path.join(repository, "examples/dashboard");
  await build({ configFile: path.join(root, "vite.config.ts"), logLevel: "error", build: { outDir: folder } });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  for (const server of open) server.closeAllConnections();
  await Promise.all([...open].map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(folder, { recursive: true, force: true });
});

/** Serves the files under a path, with the policy; where `proxies` is given, /graphql too, sockets included. */
async function serve(under: string, options: { proxies: boolean; policy?: string; edit?: (html: string) => string }) {
  const server = createServer(async (incoming, response) => {
    const { pathname } = new URL(incoming.url ?? "/", "http://page");
    if (options.proxies && pathname === "/graphql") return forward(incoming, response);
    const name = pathname.slice(under.length) || "index.html";
    const file = pathname.startsWith(under)
      ? await readFile(path.join(folder, path.normalize(name))).catch(() => null)
      : null;
    if (!file) return void response.writeHead(404).end();
    const type = types[path.extname(name)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": options.policy ?? policy });
    response.end(name === "index.html" && options.edit ? options.edit(file.toString()) : file);
  });
  if (options.proxies) server.on("upgrade", tunnel);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.add(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${under}`;
}

function forward(incoming: IncomingMessage, response: import("node:http").ServerResponse): void {
  const { method, headers, url } = incoming;
  const onward = request(
    new URL(url ?? "/", api),
    { method, headers: { ...headers, host: new URL(api).host } },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on("error", () => response.writeHead(502).end());
  incoming.pipe(onward);
}

function tunnel({ url, headers }: IncomingMessage, socket: Socket, head: Buffer): void {
  const { hostname, port } = new URL(api);
  const onward = connect(Number(port), hostname, () => {
    const lines = Object.entries({ ...headers, host: `${hostname}:${port}` }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    onward.write(`GET ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  for (const one of [socket, onward]) one.on("error", () => one.destroy());
}

/** Signs in, and answers what the browser complained of. */
async function signIn(at: string): Promise<string[]> {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(at);
  await page.getByLabel("E-mail").fill("jonas@nordlicht.test");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("status").getByText("Live").waitFor({ timeout: 15_000 });
  await page.locator(".row").first().click();
  await page.getByRole("textbox", { name: "Reply" }).waitFor();
  await page.getByRole("button", { name: /^Labels/ }).click();
  await page.getByRole("option").first().waitFor();
  expect(
    await page.locator(".swatch").first().evaluate("(element) => getComputedStyle(element).backgroundColor"),
  ).not.toBe("rgba(0, 0, 0, 0)");
  await page.context().close();
  return complaints;
}

it("is served under a path by any web server, with a policy that allows no inline scripts, styles or other hosts", async () => {
  expect(await signIn(await serve("/help/desk/", { proxies: true }))).toEqual([]);
});

it("talks to the address that its page names, when the API is at another one", async () => {
  const edit = (html: string) =>
    html.replace('name="tiketti-url" content=""', `name="tiketti-url" content="${api}/graphql"`);
  const at = await serve("/", {
    proxies: false,
    edit,
    policy: policy.replace("connect-src 'self'", `connect-src ${api} ${api.replace("http", "ws")}`),
  });
  expect(await signIn(at)).toEqual([]);
});

it("has no inline script or style and asks no other host for anything", async () => {
  const html = await readFile(path.join(folder, "index.html"), "utf8");
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=|https?:\/\/(?!desk\.example\.com)/);
  expect(html).toMatch(/<script type="module"[^>]* src="\.\/assets\//);
});

it("is built from the root by npm run dashboard:build, after the SDK", async () => {
  const { scripts } = JSON.parse(await readFile(path.join(repository, "package.json"), "utf8"));
  expect(scripts["dashboard:build"]).toMatch(/sdk:build && .*vite\.js build examples\/dashboard$/);
});
