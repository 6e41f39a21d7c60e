/** What an operator does with a PostgreSQL of their own, as docs/operating.md says it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbedded } from "../../src/db/embedded.ts";
import { Client } from "../testkit/client.ts";
import { LiveClient } from "../testkit/live.ts";
import { startNginx } from "../testkit/nginx.ts";
import { runCommand, type ServerProcess, startProcess } from "../testkit/process.ts";
import { type SystemPostgres, startPgBouncer, startSystemPostgres } from "../testkit/system-postgres.ts";
import { TcpProxy } from "../testkit/tcp-proxy.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const secret = "kept by the operator of these tests alone";
const fences = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, body]) => body as string);

let system: SystemPostgres;
let firstStart: string;
let operating: string;
beforeAll(async () => {
  system = await startSystemPostgres();
  operating = await readFile(path.join(root, "docs/operating.md"), "utf8");
  firstStart = operating.slice(operating.indexOf("## First start"), operating.indexOf("## PostgreSQL"));
});
afterAll(() => system.close());

const as = (server: ServerProcess, key: string) => new Client(server.url, { authorization: `Bearer ${key}` });
const count = "{ tickets { totalCount } }";

/** Role and database of the first start, under another database's name where a test wants one of its own. */
async function createDatabase(postgres: { query: SystemPostgres["query"] }, name: string): Promise<void> {
  const statements = (fences(firstStart, "sql")[0] as string)
    .replace("database tiketti", `database ${name}`)
    .split(";");
  for (const statement of statements.map((one) => one.trim()).filter(Boolean)) {
    if (
      /^create role/.test(statement) &&
      (await postgres.query("select from pg_roles where rolname = 'tiketti'")).length
    )
      continue;
    await postgres.query(statement);
  }
}

/** The variables that the page exports, for the server at this port. */
function environmentOf(port: number, database = "tiketti") {
  const url = /^export DATABASE_URL=(\S+)/m.exec(firstStart)?.[1] as string;
  return {
    DATABASE_URL: url.replace("localhost:5432", `127.0.0.1:${port}`).replace(/tiketti$/, database),
    TIKETTI_SECRET: secret,
    TIKETTI_DRAIN: "0",
  };
}

/** `npm run tiketti -- …` in the page, as the words behind the two dashes. */
function commandsIn(text: string): string[][] {
  return [...text.matchAll(/npm run (?:--silent )?tiketti -- ([^\n)]+)/g)].map(([, words]) =>
    [...(words as string).matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => (quoted ?? plain) as string),
  );
}

describe.each(["the PostgreSQL of the system", "the newest PostgreSQL"])("the first start on %s", (which) => {
  it("set up role and database, start, make the first owner and answer the first query", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-newest-"));
    const newest = which.includes("newest") ? await startEmbedded({ folder }) : null;
    const url = new URL(newest?.superuserUrl("postgres") ?? system.superuserUrl);
    const { default: pg } = await import("pg");
    const query: SystemPostgres["query"] = async (text) => {
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      return client
        .query(text)
        .then(({ rows }) => rows)
        .finally(() => client.end());
    };
    await createDatabase({ query }, "tiketti");
    const environment = environmentOf(Number(url.port));
    const server = await startProcess(environment);
    const [owner, apiKey] = commandsIn(fences(firstStart, "sh").at(-1) as string);
    const made = await runCommand(owner as string[], environment);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const key = (await runCommand(apiKey as string[], environment)).stdout.trim();
    const body = /-d '(\{.*\})'/.exec(firstStart)?.[1] as string;
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body,
    });
    expect(await answer.json()).toEqual({
      data: { viewer: { organization: { name: "Your company" } }, tickets: { totalCount: 0 } },
    });
    expect(await server.stop("SIGTERM")).toBe(0);
    await newest?.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe("a backup", () => {
  it("as the role of DATABASE_URL fails, also with row security on; as docs/operating.md says it is whole", async () => {
    await createDatabase(system, "kept");
    const environment = {
      ...environmentOf(system.port, "kept"),
      TIKETTI_DEMO: "on",
      // Pruning what the demo dates back would change the original after the dump.
      TIKETTI_WORKER: "off",
      TIKETTI_DATA: await mkdtemp(path.join(tmpdir(), "tiketti-demo-")),
    };
    const server = await startProcess(environment);
    const key = /tk_[\w-]{43}/.exec(server.stderr())?.[0] as string;
    const { password } = JSON.parse(await readFile(path.join(environment.TIKETTI_DATA, "demo.json"), "utf8"));
    const { signIn } = await new Client(server.url).get(
      `mutation { signIn(input: { email: "priya@nordlicht.test", password: "${password}" }) { accessToken } }`,
    );
    const before = (await as(server, key).get(count)).tickets.totalCount;
    const file = path.join(environment.TIKETTI_DATA, "tiketti.dump");
    for (const extra of [[], ["--enable-row-security"], ["--enable-row-security", "-n", "public", "-n", "tiketti"]]) {
      const partial = system.run("pg_dump", [...extra, "--format=custom", `--file=${file}`, environment.DATABASE_URL]);
      expect(partial.code, extra.join(" ")).not.toBe(0);
      expect(partial.stderr).toMatch(/row-level security|permission denied|is not whole/);
    }
    const [, backupRole] = fences(operating, "sql");
    await system.query(backupRole as string);
    const backupUrl = /postgresql:\/\/tiketti_backup:(\S+?)@localhost:5432\/tiketti/.exec(operating)?.[0] as string;
    const dump = system.run("pg_dump", [
      "--format=custom",
      `--file=${file}`,
      backupUrl.replace("localhost:5432/tiketti", `127.0.0.1:${system.port}/kept`),
    ]);
    expect(dump).toEqual({ code: 0, stderr: "" });
    await server.stop("SIGTERM");

    const fresh = await startSystemPostgres();
    await createDatabase(fresh, "kept");
    const restored = { ...environment, ...environmentOf(fresh.port, "kept"), TIKETTI_DEMO: "off" };
    expect((await runCommand(["roles", "create"], restored)).code).toBe(0);
    const superuser = fresh.superuserUrl.replace(/postgres$/, "kept");
    expect(fresh.run("pg_restore", ["--exit-on-error", `--dbname=${superuser}`, file])).toEqual({
      code: 0,
      stderr: "",
    });
    const doctor = await runCommand(["doctor"], restored);
    expect([doctor.code, doctor.stdout.includes("FAIL")]).toEqual([0, false]);
    const tables = await system.query(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
      "kept",
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = `select count(*)::int as rows from public."${name}"`;
      expect(await fresh.query(rows, "kept"), String(name)).toEqual(await system.query(rows, "kept"));
    }
    const again = await startProcess(restored);
    expect((await as(again, key).get(count)).tickets.totalCount).toBe(before);
    expect(await as(again, signIn.accessToken).code(count)).toBeNull();
    await again.stop("SIGTERM");
    await fresh.close();
  });
});

describe("PgBouncer in front", () => {
  it("F16: in transaction mode is refused at the start, and in session mode everything works", async () => {
    await createDatabase(system, "pooled");
    const direct = environmentOf(system.port, "pooled");
    const mixing = await startPgBouncer(system, "transaction");
    const refused = await runCommand(["serve"], { ...direct, ...environmentOf(mixing.port, "pooled"), PORT: "0" });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("a pooler in transaction mode");
    await mixing.close();
    // Nothing was left that holds the next start up.
    const own = await startPgBouncer(system, "session");
    const pooled = environmentOf(own.port, "pooled");
    const server = await startProcess(pooled);
    await runCommand(["owner", "create", "--email", "a@b.test", "--organization", "A", "--prefix", "POOL"], pooled);
    const key = (
      await runCommand(["api-key", "create", "--organization", "POOL", "--name", "k"], pooled)
    ).stdout.trim();
    const codes = await Promise.all(Array.from({ length: 60 }, () => as(server, key).code(count)));
    expect(new Set(codes)).toEqual(new Set([null]));
    await server.stop("SIGTERM");
    await own.close();
  });
});

describe("stopping", () => {
  it("takes at most 15 s, also when the database has gone silent", async () => {
    await createDatabase(system, "silent");
    const proxy = new TcpProxy(system.port);
    await proxy.start();
    const environment = environmentOf(proxy.port, "silent");
    const server = await startProcess(environment);
    await fetch(`${server.url}/health/ready`);
    proxy.silence();
    const began = Date.now();
    await server.stop("SIGTERM");
    // The process ends itself then; the rest is what it takes to notice.
    expect(Date.now() - began).toBeLessThan(17_000);
    await proxy.close();
  });

  it("at once, by a second SIGTERM, ends the embedded PostgreSQL too", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-twice-"));
    const server = await startProcess({ TIKETTI_DATA: folder, TIKETTI_DEMO: "off", TIKETTI_DRAIN: "10" });
    const file = path.join(folder, "postgres/data/postmaster.pid");
    const postmaster = Number((await readFile(file, "utf8")).split("\n")[0]);
    const ended = server.stop("SIGTERM");
    await expect.poll(() => server.stderr(), { interval: 20 }).toContain("stopping …");
    server.stop("SIGTERM");
    expect(await ended).toBe(130);
    const isAlive = () => {
      try {
        return process.kill(postmaster, 0);
      } catch {
        return false;
      }
    };
    await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
    await rm(folder, { recursive: true, force: true });
  });
});

describe("nginx in front, as docs/operating.md configures it", () => {
  it("passes on requests, sockets and streams, and the client's address", async () => {
    await createDatabase(system, "proxied");
    const environment = { ...environmentOf(system.port, "proxied"), TIKETTI_PROXIES: "1", LOG_LEVEL: "info" };
    const server = await startProcess(environment);
    const [owner, apiKey] = commandsIn(fences(firstStart, "sh").at(-1) as string);
    await runCommand(owner as string[], environment);
    const key = (await runCommand([...(apiKey as string[]), "--role", "Admin"], environment)).stdout.trim();
    const nginx = await startNginx(fences(operating, "nginx")[0] as string, Number(new URL(server.url).port));
    const headers = { authorization: `Bearer ${key}` };
    const through = new Client(nginx.url, headers);
    const label = (name: string) => `mutation { labelCreate(input: { name: "${name}", color: "#EF4444" }) { cursor } }`;
    const { cursor } = (await through.get(label("first"))).labelCreate;
    const subscription =
      "subscription ($after: ChangeCursor) { changes(after: $after) { fieldChanges { field after } } }";

    const socket = await LiveClient.connect(nginx.url, { Authorization: headers.authorization });
    const followed = socket.subscribe(subscription, { after: cursor });
    const stream = await fetch(`${nginx.url}/graphql`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: subscription, variables: { after: cursor } }),
    });
    await through.get(label("second"));
    expect(JSON.stringify(await followed.next())).toContain("second");
    let streamed = "";
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
      streamed += Buffer.from(chunk).toString();
      if (streamed.includes("second")) break;
    }
    expect(streamed).toContain("event: next");
    await socket.close();
    await server.stop("SIGTERM");
    await nginx.close();
  });
});
