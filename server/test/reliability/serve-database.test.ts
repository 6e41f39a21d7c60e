/** tiketti serve on a PostgreSQL of DATABASE_URL, and how it stops. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { testSecret } from "../testkit/constants.ts";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { runCommand, type ServerProcess, startProcess } from "../testkit/process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tiketti-operator-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const as = (server: ServerProcess, key: string) => new Client(server.url, { authorization: `Bearer ${key}` });

describe("tiketti serve on a PostgreSQL of DATABASE_URL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it("writes no demo, has no GraphiQL and says how to create the first owner, who can then sign in", async () => {
    const environment = {
      DATABASE_URL: database.ownerUrl,
      TIKETTI_SECRET: testSecret,
      TIKETTI_DATA: path.join(folder, "external"),
    };
    const server = await startProcess(environment);
    expect(server.stderr()).toContain("owner create --email");
    expect(server.stderr()).not.toContain("Demo");
    expect(
      (await fetch(`${server.url}/graphql`, { headers: { accept: "text/html" } })).headers.get("content-type") ?? "",
    ).not.toContain("text/html");
    const owner = [
      "owner",
      "create",
      "--email",
      "Ana@first.test",
      "--organization",
      "First",
      "--prefix",
      "FIRST",
      "--time-zone",
      "Europe/Lisbon",
    ];
    const made = await runCommand(owner, environment);
    expect(made.code).toBe(0);
    const password = /password\s+(\S+)/.exec(made.stdout)?.[1] as string;
    const { signIn } = await new Client(server.url).get(
      'mutation ($password: String!) { signIn(input: { email: "ana@first.test", password: $password }) { accessToken memberships { organizationName roleName } } }',
      { password },
    );
    expect(signIn.memberships).toEqual([{ organizationName: "First", roleName: "Admin" }]);
    const again = await runCommand(owner, environment);
    expect([again.code, again.stderr.includes("This ticket prefix is already taken")]).toEqual([1, true]);
    const second = await runCommand(
      [...owner.slice(0, 4), "--organization", "Second", "--prefix", "SECOND"],
      environment,
    );
    expect(second.stdout).toContain("unchanged: this login already existed");
    await server.stop("SIGTERM");
  });

  it("gives an organization the limits of a plan at once, lists who has which, and warns of a plan that is gone", async () => {
    const limits = path.join(folder, "limits.json");
    await writeFile(limits, '{"small": {"pointsPerActor": 7}}');
    const environment = {
      DATABASE_URL: database.ownerUrl,
      TIKETTI_SECRET: testSecret,
      TIKETTI_DATA: path.join(folder, "external"),
      TIKETTI_LIMITS: limits,
    };
    const server = await startProcess(environment);
    const key = ["api-key", "create", "--organization", "FIRST", "--name", "plans", "--points-per-minute", "40"];
    const { stdout } = await runCommand(key, environment);
    const policy = async () =>
      (await as(server, stdout.trim()).ask("{ viewer { roleName } }")).headers.get("ratelimit-policy");
    expect(await policy()).toContain('"key";q=40;');
    const plan = ["organization", "plan", "--organization", "first", "--plan"];
    expect((await runCommand([...plan, "small"], environment)).stdout.trim()).toBe(
      "FIRST now has the limits of the plan small.",
    );
    expect(await policy()).toContain('"key";q=7;');
    expect((await runCommand(["organization", "list"], environment)).stdout).toContain("FIRST\tsmall\tFirst\n");
    expect((await runCommand([...plan, "huge"], environment)).stderr).toContain(
      `There is no plan huge; TIKETTI_LIMITS (${limits}) has: default, small.`,
    );
    const { TIKETTI_LIMITS: _limits, ...without } = environment;
    expect((await runCommand(["doctor"], without)).stdout).toContain(
      "note  FIRST has the plan small, which TIKETTI_LIMITS doesn't have; the limits of default apply",
    );
    const list = path.join(folder, "operations.json");
    await writeFile(list, '{"viewer": "{ nope }"}');
    const wrong = await runCommand(["doctor"], { ...environment, TIKETTI_OPERATIONS: list });
    expect([wrong.code, wrong.stdout]).toEqual([1, expect.stringContaining("Cannot query field")]);
    await server.stop("SIGTERM");
  }, 120_000);

  it("two servers on it serve the same data", async () => {
    const environment = { DATABASE_URL: database.ownerUrl, TIKETTI_SECRET: testSecret };
    const servers = await Promise.all([startProcess(environment), startProcess(environment)]);
    const { stdout } = await runCommand(["api-key", "create", "--organization", "FIRST", "--name", "k"], environment);
    for (const server of servers) expect(await as(server, stdout.trim()).code("{ tickets { totalCount } }")).toBeNull();
    await Promise.all(servers.map((server) => server.stop("SIGTERM")));
  });

  it.each([
    ["nothing answers", "postgresql://u:hunter2@127.0.0.1:1/x", "nothing answers at 127.0.0.1:1"],
    ["an unknown host", "postgresql://u:hunter2@no-such-host.invalid/x", "no-such-host.invalid"],
  ])("says what is wrong with DATABASE_URL: %s", async (_name, url, text) => {
    const { code, stderr } = await runCommand(["serve"], { DATABASE_URL: url, TIKETTI_SECRET: testSecret });
    expect(code).toBe(1);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain("hunter2");
  });

  it("says so when the password is wrong, when the database is missing, and when roles can't be made", async () => {
    const wrong = new URL(inject("superuserUrl"));
    wrong.password = "hunter2";
    const missing = new URL(inject("superuserUrl"));
    missing.pathname = "/missing";
    const run = (url: URL) => runCommand(["migrate"], { DATABASE_URL: url.href, TIKETTI_SECRET: testSecret });
    expect((await run(wrong)).stderr).toContain("the password of the role postgres is wrong");
    expect((await run(missing)).stderr).toContain("the database missing doesn't exist");
    const own = new URL(database.ownerUrl);
    own.pathname = "/without_roles";
    const name = "without_roles";
    await database.query(`create database ${name} owner tiketti_owner`);
    const refused = await run(own);
    await database.query(`drop database ${name}`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("isn't allowed to create roles");
    expect(refused.stderr).toContain(`create role tiketti_${name}_gate nologin nobypassrls;`);
  });
});

describe("stopping", () => {
  it("F6: finishes what runs, refuses to be ready, and ends", async () => {
    const database = await createTestDatabase();
    const server = await startProcess({ DATABASE_URL: database.ownerUrl, TIKETTI_SECRET: testSecret });
    const { stdout } = await runCommand(
      ["owner", "create", "--email", "a@b.test", "--organization", "A", "--prefix", "STOP"],
      { DATABASE_URL: database.ownerUrl, TIKETTI_SECRET: testSecret },
    );
    const password = /password\s+(\S+)/.exec(stdout)?.[1] as string;
    const { signIn } = await new Client(server.url).get(
      'mutation ($password: String!) { signIn(input: { email: "a@b.test", password: $password }) { accessToken } }',
      { password },
    );
    const client = as(server, signIn.accessToken);
    const write = () =>
      client
        .ask(
          'mutation { ticketCreate(input: { subject: "last", contact: { person: { email: "z@mail.test" } } }) { ticket { code } } }',
        )
        .then(
          ({ data }) => data?.ticketCreate.ticket.code as string | undefined,
          () => undefined,
        );
    const running = Array.from({ length: 20 }, write);
    await Promise.race(running);
    const ended = server.stop("SIGTERM");
    const acknowledged = (await Promise.all(running)).filter(Boolean);
    expect(await ended).toBe(0);
    const kept = (await database.query("select code from tickets")).map(({ code }) => code);
    expect(acknowledged.filter((code) => !kept.includes(code))).toEqual([]);
    await database.drop();
  });
});
