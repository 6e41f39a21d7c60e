/** Starting on an embedded PostgreSQL, as an operator does it: through the CLI, in a folder of its own. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { runCommand, type ServerProcess, startProcess } from "../testkit/process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tiketti-start-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const count = "{ tickets { totalCount } }";
const keyIn = (text: string) => /tk_[\w-]{43}/.exec(text)?.[0] as string;
const as = (server: ServerProcess, key: string) => new Client(server.url, { authorization: `Bearer ${key}` });
const postmaster = async () =>
  Number((await readFile(path.join(folder, "postgres/data/postmaster.pid"), "utf8")).split("\n")[0]);

describe("tiketti serve on an embedded PostgreSQL", () => {
  let key: string;
  const create =
    'mutation { ticketCreate(input: { subject: "kept", contact: { person: { email: "keep@mail.test" } } }) { ticket { code } } }';

  it("writes a demo into an empty database, says how to go on, keeps secrets from other users, and stops in order", async () => {
    const server = await startProcess({ TIKETTI_DATA: folder });
    const said = server.stderr();
    for (const text of [
      "Tiketti 0.1.0 · embedded PostgreSQL",
      "/graphql",
      "mara@nordlicht.test",
      "Demo API key",
      "Try next:",
    ])
      expect(said).toContain(text);
    key = keyIn(said);
    expect((await as(server, key).get(count)).tickets.totalCount).toBe(16);
    const { tickets } = await as(server, key).get(
      "{ tickets(first: 100) { nodes { status messages { totalCount } } } viewer { roleName } }",
    );
    expect(new Set(tickets.nodes.map(({ status }: { status: string }) => status))).toEqual(
      new Set(["OPEN", "PENDING", "RESOLVED", "CLOSED"]),
    );
    await as(server, key).get(create);
    for (const file of ["secret", "demo.json", "postgres/password"])
      expect((await stat(path.join(folder, file))).mode & 0o077, file).toBe(0);
    expect(await server.stop("SIGTERM")).toBe(0);
    await expect(readFile(path.join(folder, "postgres/data/postmaster.pid"))).rejects.toThrow("ENOENT");
  });

  it("keeps all data when it starts again, and after kill -9 with its PostgreSQL left running", async () => {
    const first = await startProcess({ TIKETTI_DATA: folder });
    expect((await as(first, key).get(count)).tickets.totalCount).toBe(17);
    const left = await postmaster();
    await first.stop("SIGKILL");
    const second = await startProcess({ TIKETTI_DATA: folder });
    expect(await postmaster()).toBe(left);
    expect((await as(second, key).get(count)).tickets.totalCount).toBe(17);
    await second.stop("SIGTERM");
  });

  it("starts after kill -9 of both, with a stale pid file, and with one that names a stranger's process", async () => {
    const first = await startProcess({ TIKETTI_DATA: folder });
    const database = await postmaster();
    await first.stop("SIGKILL");
    process.kill(database, "SIGKILL");
    const second = await startProcess({ TIKETTI_DATA: folder });
    expect((await as(second, key).get(count)).tickets.totalCount).toBe(17);
    await second.stop("SIGTERM");
    await writeFile(
      path.join(folder, "postgres/data/postmaster.pid"),
      `${process.pid}\n${folder}/postgres/data\n0\n1\n`,
    );
    const third = await startProcess({ TIKETTI_DATA: folder });
    expect((await as(third, key).get(count)).tickets.totalCount).toBe(17);
    await third.stop("SIGTERM");
  });

  it("refuses a folder that another server has, and a port that is taken, and says what to do", async () => {
    const server = await startProcess({ TIKETTI_DATA: folder });
    const twin = await runCommand(["serve"], { TIKETTI_DATA: folder, PORT: "0" });
    expect(twin.code).toBe(1);
    expect(twin.stderr).toContain("Another Tiketti server uses the data folder");
    expect(twin.stderr).toContain("TIKETTI_DATA=.tiketti-2");
    expect((await as(server, key).get(count)).tickets.totalCount).toBe(17);
    await server.stop("SIGTERM");

    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const { port } = blocker.address() as { port: number };
    const blocked = await runCommand(["serve"], { TIKETTI_DATA: folder, PORT: String(port) });
    blocker.close();
    expect([blocked.code, blocked.stderr.includes(`Port ${port} on 127.0.0.1 is taken`)]).toEqual([1, true]);
    await expect(readFile(path.join(folder, "postgres/data/postmaster.pid"))).rejects.toThrow("ENOENT");
  });

  it("lets commands run beside the server and leaves its PostgreSQL running", async () => {
    const server = await startProcess({ TIKETTI_DATA: folder });
    const doctor = await runCommand(["doctor"], { TIKETTI_DATA: folder });
    expect([doctor.code, doctor.stderr]).toEqual([0, ""]);
    expect(doctor.stdout).toContain("keep organizations apart");
    const made = await runCommand(["api-key", "create", "--organization", "nord", "--name", "From the CLI"], {
      TIKETTI_DATA: folder,
    });
    expect(await as(server, made.stdout.trim()).code(count)).toBeNull();
    expect((await runCommand(["demo"], { TIKETTI_DATA: folder })).stdout).toContain(key);
    expect(await as(server, key).code(count)).toBeNull();
    await server.stop("SIGTERM");
  });

  it("logs no token, no password and no body", async () => {
    const server = await startProcess({ TIKETTI_DATA: folder, LOG_LEVEL: "trace" });
    const { password } = JSON.parse(await readFile(path.join(folder, "demo.json"), "utf8"));
    const session = await new Client(server.url).get(
      `mutation { signIn(input: { email: "mara@nordlicht.test", password: "${password}" }) { accessToken refreshToken } }`,
    );
    await as(server, key).get(
      'mutation { ticketCreate(input: { subject: "x", contact: { person: { email: "z@mail.test" } }, description: "canary in a body" }) { cursor } }',
    );
    await as(server, key).ask("{ viewer { nope } }");
    await server.stop("SIGTERM");
    const output = server.stdout();
    expect(output).toContain('"msg":"request"');
    for (const secret of [key, password, session.signIn.accessToken, session.signIn.refreshToken, "canary in a body"])
      expect(output).not.toContain(secret);
  });
});

describe("an interrupted first start", () => {
  it("in the middle of making the database leaves nothing in the way", async () => {
    const own = await mkdtemp(path.join(tmpdir(), "tiketti-half-"));
    // What a killed initdb leaves: files under another name than the real ones.
    await mkdir(path.join(own, "postgres/data.4194300"), { recursive: true });
    await writeFile(path.join(own, "postgres/data.4194300/PG_VERSION"), "18\n");
    const server = await startProcess({ TIKETTI_DATA: own, TIKETTI_DEMO: "off" });
    await server.stop("SIGTERM");
    expect((await readdir(path.join(own, "postgres"))).filter((name) => name.startsWith("data"))).toEqual(["data"]);
    await rm(own, { recursive: true });
  });

  it("in the middle of the demo is made good, but never at the cost of real work", async () => {
    const own = await mkdtemp(path.join(tmpdir(), "tiketti-half-"));
    const marker = path.join(own, "demo.writing");
    const half = await startProcess({ TIKETTI_DATA: own });
    await half.stop("SIGKILL");
    await rm(path.join(own, "demo.json"));
    await writeFile(marker, "");
    const anew = await startProcess({ TIKETTI_DATA: own });
    expect((await as(anew, keyIn(anew.stderr())).get(count)).tickets.totalCount).toBe(16);
    const owner = ["owner", "create", "--email", "real@work.test", "--organization", "Real", "--prefix", "REAL"];
    expect((await runCommand(owner, { TIKETTI_DATA: own })).code).toBe(0);
    await anew.stop("SIGTERM");
    await writeFile(marker, "");
    const after = await startProcess({ TIKETTI_DATA: own });
    const key = await runCommand(["api-key", "create", "--organization", "REAL", "--name", "k"], { TIKETTI_DATA: own });
    expect(key.code).toBe(0);
    await after.stop("SIGTERM");
    await rm(own, { recursive: true });
  });
});
