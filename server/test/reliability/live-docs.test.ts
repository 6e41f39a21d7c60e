/** The examples of docs/live-updates.md, run as they stand. */
import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeCodes } from "../../src/transport/socket-writer.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { TcpProxy } from "../testkit/tcp-proxy.ts";

const root = path.resolve(import.meta.dirname, "../../..");
let test: TestServer;
let page: string;

beforeAll(async () => {
  test = await startTestServer();
  page = await readFile(path.join(root, "docs/live-updates.md"), "utf8");
});
afterAll(() => test.close());

it.each(["graphql-ws", "urql"])(
  "the example with %s shows the list, and what enters and leaves it, also after its socket was cut",
  async (name) => {
    const code = new RegExp(`<!-- example: ${name} -->\\n\`\`\`ts\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] as string;
    const acme = await test.world.organization("Acme");
    const key = await acme.apiKey("Manager");
    const first = await acme.ticket({ subject: "first" });
    const proxy = new TcpProxy(Number(new URL(test.url).port));
    await proxy.start();
    const file = path.join(root, `server/test/.example-${name}.mjs`);
    const lead = `
    const url = "http://127.0.0.1:${proxy.port}";
    const token = ${JSON.stringify(key.secret)};
    const show = (list) => console.log(JSON.stringify(list.map(({ subject }) => subject).sort()));
    async function ask(query) {
      const response = await fetch(url + "/graphql", { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify({ query }) });
      return (await response.json()).data;
    }`;
    await writeFile(
      file,
      code
        .replace(/((?:import .*\n)+)/, `$1${lead}\n`)
        .replace(/\nfor await/, '\nconsole.log("ready");\nfor await')
        .replace(/\nclient\n/, '\nconsole.log("ready");\nclient\n'),
    );
    const child = spawn(process.execPath, [file], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    try {
      let output = "";
      const shown = async (text: string) => {
        while (!output.includes(text)) await new Promise((resolve) => child.stdout.once("data", resolve));
      };
      child.stdout.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
      });
      await shown("ready");
      await acme.ticket({ subject: "second" });
      await shown('["first","second"]');
      const close = (code: string) =>
        key.client.get(
          "mutation ($code: String!) { ticketStatusSet(ticket: { code: $code }, input: { status: CLOSED }) { cursor } }",
          { code },
        );
      await close(first.code);
      await shown('["second"]');
      proxy.resetAll();
      await acme.ticket({ subject: "third" });
      await shown('["second","third"]');
    } finally {
      child.kill("SIGKILL");
      proxy.close();
      await rm(file);
    }
  },
);

it("the page lists every close code of ours", () => {
  for (const code of Object.keys(closeCodes)) expect(page).toContain(`| ${code} |`);
});
