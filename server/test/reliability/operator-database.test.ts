/** DATABASE_URL, its secret and its roles: what a start may change, and what nothing but a command changes. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPool } from "../../src/db/pool.ts";
import { Client } from "../testkit/client.ts";
import { type OwnPostgres, startOwnPostgres } from "../testkit/own-postgres.ts";
import { runCommand, type ServerProcess, startProcess } from "../testkit/process.ts";

const first = "the first secret of these tests, long enough";
const second = "the second secret of these tests, long enough";

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
});
afterAll(() => postgres.close());

const as = (server: ServerProcess, key: string) => new Client(server.url, { authorization: `Bearer ${key}` });
const count = "{ tickets { totalCount } }";

/** A new database of the same owner, on the same cluster. */
async function createDatabase(name: string, secret = first) {
  await postgres.client.query(`create database ${name} owner tiketti_owner`);
  const url = new URL(postgres.ownerUrl);
  url.pathname = `/${name}`;
  return { DATABASE_URL: url.href, TIKETTI_SECRET: secret };
}

async function inDatabase(environment: { DATABASE_URL: string }, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function makeKey(environment: Record<string, string>, prefix: string): Promise<string> {
  const owner = ["owner", "create", "--email", `${prefix}@b.test`, "--organization", prefix, "--prefix", prefix];
  expect((await runCommand(owner, environment)).stderr).toBe("");
  const key = ["api-key", "create", "--organization", prefix, "--name", "k", "--role", "Admin"];
  return (await runCommand(key, environment)).stdout.trim();
}

const passwords = () =>
  postgres.client.query("select rolname, rolpassword from pg_authid order by 1").then(({ rows }) => rows);

describe("doctor", () => {
  it("changes nothing: not an empty database, and no role when the secret is another one", async () => {
    const environment = await createDatabase("untouched");
    const before = await passwords();
    const empty = await runCommand(["doctor"], environment);
    expect([empty.code, empty.stdout.includes("the database is empty")]).toEqual([1, true]);
    expect(await inDatabase(environment, "select from pg_class where relnamespace = 'public'::regnamespace")).toEqual(
      [],
    );
    expect(await passwords()).toEqual(before);

    expect((await runCommand(["migrate"], environment)).code).toBe(0);
    const kept = await passwords();
    const other = { ...environment, TIKETTI_SECRET: second };
    for (const command of [
      ["doctor"],
      ["migrate"],
      ["serve"],
      ["worker"],
      ["owner", "create", "--email", "a@b.test", "--organization", "A", "--prefix", "AA"],
    ]) {
      const { code, stdout, stderr } = await runCommand(command, { ...other, PORT: "0" });
      expect([command[0], code, `${stdout}${stderr}`.includes("set up with another TIKETTI_SECRET")]).toEqual([
        command[0],
        1,
        true,
      ]);
    }
    expect(await passwords()).toEqual(kept);
    expect((await runCommand(["doctor"], environment)).code).toBe(0);
  });
});

describe("roles", () => {
  it("carry the database's name, so that two installations on one cluster don't touch each other", async () => {
    const production = await createDatabase("production", first);
    const staging = await createDatabase("staging", second);
    const server = await startProcess(production);
    const key = await makeKey(production, "PROD");
    const twin = await startProcess(staging);
    const other = await makeKey(staging, "STAGE");
    expect([await as(server, key).code(count), await as(twin, other).code(count)]).toEqual([null, null]);
    const names = (await passwords()).map(({ rolname }) => rolname);
    expect(names).toEqual(expect.arrayContaining(["tiketti_production_app", "tiketti_staging_app"]));
    await Promise.all([server.stop("SIGTERM"), twin.stop("SIGTERM")]);
  });

  it("of a dropped database aren't taken over with another secret; the error says how to go on", async () => {
    const environment = await createDatabase("again", first);
    await runCommand(["migrate"], environment);
    await postgres.client.query("drop database again with (force)");
    const anew = await createDatabase("again", second);
    const { code, stderr } = await runCommand(["migrate"], anew);
    expect([code, stderr.includes("drop role tiketti_again_app, tiketti_again_worker, tiketti_again_gate;")]).toEqual([
      1,
      true,
    ]);
    expect(await inDatabase(anew, "select from pg_class where relnamespace = 'public'::regnamespace")).toEqual([]);
  });
});

describe("a change of TIKETTI_SECRET", () => {
  it("by the documented steps refuses no request, and keeps cursors and Idempotency-Keys", async () => {
    const old = await createDatabase("rotated", first);
    const both = { ...old, TIKETTI_SECRET: second, TIKETTI_SECRET_PREVIOUS: first };
    const before = await startProcess(old);
    const key = await makeKey(old, "TURN");
    const create = 'mutation { labelCreate(input: { name: "kept", color: "#EF4444" }) { label { id } } }';
    const keyed = (server: ServerProcess) =>
      new Client(server.url, { authorization: `Bearer ${key}`, "idempotency-key": "of-before" }).ask(create);
    const label = (await keyed(before)).data?.labelCreate.label.id;
    const page = "query ($after: Cursor) { members(first: 1, after: $after) { pageInfo { endCursor } asOf } }";
    const { members } = await as(before, key).get(page, {});
    const after = members.pageInfo.endCursor;
    await before.stop("SIGTERM");

    const during = await startProcess(both);
    const failures: unknown[] = [];
    let isOver = false;
    const traffic = Array.from({ length: 4 }, async () => {
      while (!isOver) failures.push(await as(during, key).code(count));
    });
    await postgres.client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tiketti_rotated_app'",
    );
    const early = await runCommand(["doctor"], both);
    expect([early.code, early.stdout.includes("still belongs to TIKETTI_SECRET_PREVIOUS")]).toEqual([0, true]);
    const rotated = await runCommand(["secret", "rotate"], both);
    expect([rotated.code, rotated.stderr.includes("now belongs to the new secret")]).toEqual([0, true]);
    expect((await runCommand(["secret", "rotate"], both)).stderr).toContain("nothing was changed");
    // Connections of before the change, and those that sign in after it.
    await postgres.client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tiketti_rotated_app'",
    );
    for (let asked = 0; asked < 20; asked++) await as(during, key).ask(count);
    isOver = true;
    await Promise.all(traffic);
    // A connection that is cut while it is used is UNAVAILABLE and retryable; nothing else may show.
    expect([...new Set(failures)].filter((code) => code !== null && code !== "UNAVAILABLE")).toEqual([]);
    expect(await as(during, key).code(page, { after })).toBeNull();
    const again = await keyed(during);
    expect([again.data?.labelCreate.label.id, again.extensions?.replayed]).toEqual([label, true]);
    await during.stop("SIGTERM");

    const now = await startProcess({ ...old, TIKETTI_SECRET: second });
    expect(await as(now, key).code(page, { after })).toBe("CURSOR_EXPIRED");
    expect(await as(now, key).code(page, { after: "page_nonsense" })).toBe("VALIDATION");
    expect(
      await as(now, key).code("query ($a: ChangeCursor!) { changes(after: $a) { nodes { cursor } } }", {
        a: members.asOf,
      }),
    ).toBe("CURSOR_EXPIRED");
    await now.stop("SIGTERM");
    expect((await runCommand(["doctor"], { ...old, TIKETTI_SECRET: first })).code).toBe(1);
  });

  it("is refused while the roles serve another database too, whose servers it would lock out", async () => {
    const original = await createDatabase("original", first);
    await runCommand(["migrate"], original);
    await postgres.client.query("create database copied template original owner tiketti_owner");
    const copied = new URL(original.DATABASE_URL);
    copied.pathname = "/copied";
    const { code, stderr } = await runCommand(["secret", "rotate"], {
      DATABASE_URL: copied.href,
      TIKETTI_SECRET: second,
      TIKETTI_SECRET_PREVIOUS: first,
    });
    expect([code, stderr.includes("would lock out the servers of original")]).toEqual([1, true]);
    expect((await runCommand(["doctor"], original)).code).toBe(0);
  });
});

describe("a database that refuses the role's password", () => {
  it("is UNAVAILABLE and retryable on the wire, and not ready with the reason, until it takes it again", async () => {
    const environment = await createDatabase("refusing");
    const server = await startProcess(environment);
    const key = await makeKey(environment, "REF");
    const [{ rolpassword: kept }] = (
      await postgres.client.query("select rolpassword from pg_authid where rolname = 'tiketti_refusing_app'")
    ).rows;
    await postgres.client.query("alter role tiketti_refusing_app password 'changed by somebody'");
    const end = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tiketti_refusing_app'";
    await postgres.client.query(end);
    const ready = () =>
      fetch(`${server.url}/health/ready`).then(async (answer) => [answer.status, await answer.json()]);
    await expect
      .poll(ready)
      .toEqual([503, { status: "unavailable", reason: expect.stringContaining("refuses the password") }]);
    const { errors } = await as(server, key).ask(count);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "UNAVAILABLE", isRetryable: true });
    expect(
      await as(server, key).code('mutation { labelCreate(input: { name: "x", color: "#EF4444" }) { cursor } }'),
    ).toBe("UNAVAILABLE");
    await postgres.client.query(`alter role tiketti_refusing_app password '${kept}'`);
    await expect.poll(ready).toEqual([200, { status: "ready" }]);
    expect(await as(server, key).code(count)).toBeNull();
    expect(server.stdout()).toContain("28P01");
    await server.stop("SIGTERM");
  });
});

describe("a start", () => {
  it("keeps its timeouts, time zone and search path, whatever options DATABASE_URL has", async () => {
    const { DATABASE_URL, TIKETTI_SECRET } = await createDatabase("optional");
    const options = "-c statement_timeout=2000 -c search_path=elsewhere -c timezone=Asia/Tokyo -c work_mem=9MB";
    const environment = { DATABASE_URL: `${DATABASE_URL}?options=${encodeURIComponent(options)}`, TIKETTI_SECRET };
    const server = await startProcess(environment);
    const key = await makeKey(environment, "OPT");
    expect(await as(server, key).code(count)).toBeNull();
    await server.stop("SIGTERM");
    const pool = createPool({
      login: { url: environment.DATABASE_URL },
      size: 1,
      name: "test",
      statementTimeoutMs: 10_000,
      onError() {},
    });
    const names = ["statement_timeout", "search_path", "timezone", "lock_timeout", "work_mem"];
    const { rows } = await pool.query(
      `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(", ")}`,
    );
    await pool.end();
    expect(rows).toEqual([
      { statement_timeout: "10s", search_path: "public", timezone: "UTC", lock_timeout: "5s", work_mem: "9MB" },
    ]);
  });

  it.each([
    ["several hosts", "postgresql://u:hunter2@one,two:5432/x", "it names several hosts (one,two:5432)"],
    ["a standby by name", "postgresql://u:hunter2@one/x?target_session_attrs=standby", "target_session_attrs=standby"],
    ["no database", "postgresql://u:hunter2@one/", "it names no database"],
    ["a password with a slash", "postgresql://u:hunter2,x/y@one/x", "DATABASE_URL"],
    [
      "a percent sign that escapes nothing",
      "postgresql://u:hunter2%zz@one/x",
      "write a % in a name or password as %25",
    ],
  ])("refuses %s in DATABASE_URL by name", async (_what, url, text) => {
    const { code, stderr } = await runCommand(["serve"], { DATABASE_URL: url, TIKETTI_SECRET: first });
    expect([code, stderr.includes(text), stderr.includes("hunter2")]).toEqual([1, true, false]);
  });

  it("waits for a database that is read-only, and says so; without waiting it names it", async () => {
    const environment = await createDatabase("sleepy");
    await postgres.client.query("alter database sleepy set default_transaction_read_only = on");
    const refused = await runCommand(["migrate"], environment);
    expect([refused.code, refused.stderr.includes("is read-only (default_transaction_read_only)")]).toEqual([1, true]);
    const waiting = runCommand(["migrate"], { ...environment, TIKETTI_DATABASE_WAIT: "60" });
    // It has connected once when it is told apart from the command before.
    await postgres.client.query("alter database sleepy set default_transaction_read_only = off");
    expect((await waiting).code).toBe(0);
  });

  it("with --no-migrate refuses a database that lacks a migration; other commands do too", async () => {
    const environment = await createDatabase("apart");
    const early = await runCommand(["serve", "--no-migrate"], { ...environment, PORT: "0" });
    expect([early.code, early.stderr.includes("npm run tiketti -- migrate")]).toEqual([1, true]);
    expect((await runCommand(["worker"], environment)).stderr).toContain("lacks");
    expect(await inDatabase(environment, "select from pg_class where relnamespace = 'public'::regnamespace")).toEqual(
      [],
    );
    await runCommand(["migrate"], environment);
    const server = await startProcess(environment);
    await server.stop("SIGTERM");
  });

  it("that fails in a migration prints its name and PostgreSQL's own words, and leaves nothing of it", async () => {
    const environment = await createDatabase("broken");
    await inDatabase(environment, "create schema tiketti");
    const { code, stderr } = await runCommand(["migrate"], environment);
    expect(code).toBe(1);
    expect(stderr).toMatch(/20261123000000_ground.*schema "tiketti" already exists \(42P06\)/);
    expect(await inDatabase(environment, "select from pg_class where relname = 'tickets'")).toEqual([]);
  });
});

describe("odd names and what is logged", () => {
  it("a database with quotes, spaces and capitals in its name works, and its roles are plain", async () => {
    const name = `d"b'; Drop Ü@1`;
    await postgres.client.query(`create database "${name.replaceAll('"', '""')}" owner tiketti_owner`);
    const url = new URL(postgres.ownerUrl);
    url.pathname = `/${encodeURIComponent(name)}`;
    const environment = { DATABASE_URL: url.href, TIKETTI_SECRET: first };
    expect((await runCommand(["migrate"], environment)).stderr).toContain("the database is up to date");
    expect((await runCommand(["doctor"], environment)).code).toBe(0);
  });

  it("no statement holds a role's password, so that PostgreSQL's log has none", async () => {
    const environment = await createDatabase("unlogged");
    await runCommand(["migrate"], environment);
    const [role] = await postgres.client
      .query("select rolpassword from pg_authid where rolname = 'tiketti_unlogged_app'")
      .then(({ rows }) => rows);
    expect(role.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
    // The role signs in with the password that the verifier was made of.
    expect((await runCommand(["doctor"], environment)).stdout).toContain("as tiketti_unlogged_app");
  });
});

describe("a database that holds something else", () => {
  it("isn't migrated; the error says to create a database for Tiketti alone", async () => {
    const environment = await createDatabase("foreign_tables");
    await inDatabase(environment, "create table orders (mine int)");
    const { code, stderr } = await runCommand(["migrate"], environment);
    expect([code, stderr.includes("Create a database for Tiketti alone")]).toEqual([1, true]);
  });
});

describe("stopping", () => {
  it("answers not ready for TIKETTI_DRAIN seconds, and requests meanwhile", async () => {
    const environment = { ...(await createDatabase("drained")), TIKETTI_DRAIN: "2" };
    const server = await startProcess(environment);
    const key = await makeKey(environment, "DRAIN");
    const ended = server.stop("SIGTERM");
    const ready = () => fetch(`${server.url}/health/ready`).then(({ status }) => status);
    await expect.poll(ready, { interval: 20 }).toBe(503);
    expect(await as(server, key).code(count)).toBeNull();
    expect(await ended).toBe(0);
  });
});

describe("what is served beside the API", () => {
  it("is /metrics with requests, errors, queue and pools, and a folder at /desk under a strict policy", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-desk-"));
    await mkdir(path.join(folder, "assets"));
    await writeFile(path.join(folder, "index.html"), "<!doctype html><title>A desk</title>");
    await writeFile(path.join(folder, "assets/a.js"), "1");
    const environment = { ...(await createDatabase("served")), TIKETTI_METRICS: "on", TIKETTI_DESK: folder };
    const server = await startProcess(environment);
    const key = await makeKey(environment, "SERVED");
    await as(server, key).ask(count);
    await as(server, key).ask("{ nope }");
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const line of [
      /^tiketti_requests_total\{kind="query",status="200"\} 1$/m,
      /^tiketti_request_duration_seconds_count\{kind="query"\} 1$/m,
      /^tiketti_errors_total\{code="BAD_REQUEST"\} 1$/m,
      /^tiketti_jobs_waiting \d+$/m,
      /^tiketti_jobs_failed 0$/m,
      /^tiketti_jobs_oldest_age_seconds [\d.]+$/m,
      /^tiketti_pool_connections\{pool="reads",state="idle"\} \d+$/m,
    ])
      expect(metrics).toMatch(line);
    // Of ours as `promtool check metrics` wants them: counters end in _total and nothing else does, base units, each with a text.
    for (const [, name = "", type] of metrics.matchAll(/^# TYPE (tiketti_\w+) (\w+)$/gm)) {
      expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|mb|percent|count|sum|bucket)$/);
      expect(metrics).toMatch(new RegExp(`^# HELP ${name} [A-Z].*\\.$`, "m"));
    }
    const page = await fetch(`${server.url}/desk/tickets/1`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("A desk")]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect((await fetch(`${server.url}/desk`, { redirect: "manual" })).headers.get("location")).toBe("/desk/");
    expect((await fetch(`${server.url}/desk/assets/a.js`)).headers.get("cache-control")).toContain("immutable");
    expect(await (await fetch(`${server.url}/desk/..%2f..%2fetc/passwd`)).text()).toContain("A desk");
    for (const outside of ["/desk/assets/none.js", "/desk/%zz.js", "/desk/..%2f..%2fetc/hosts.txt", "/desk/x/.env.js"])
      expect((await fetch(`${server.url}${outside}`)).status, outside).toBe(404);
    expect((await fetch(`${server.url}/desk/`, { method: "POST" })).status).toBe(405);
    // A rebuild takes files away under the running server, and readers go away in the middle.
    await rm(path.join(folder, "assets/a.js"));
    expect(await (await fetch(`${server.url}/desk/assets/a.js`)).text()).toBe("1");
    const etag = page.headers.get("etag") as string;
    expect((await fetch(`${server.url}/desk/`, { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    await server.stop("SIGTERM");
    await rm(folder, { recursive: true });
  });
});

describe("SIGTERM during the start", () => {
  it("stops in order once there is something to stop, and leaves no start half done", async () => {
    const environment = await createDatabase("early");
    const server = startProcess({ ...environment, PORT: "0" });
    const { url, stop, stderr } = await server;
    // Ready says so before the banner is printed; a balancer may act on it at once.
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await stop("SIGTERM")).toBe(0);
    expect(stderr()).toContain("stopped");
    expect((await runCommand(["doctor"], environment)).code).toBe(0);
  });
});
