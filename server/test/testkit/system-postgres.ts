/** The PostgreSQL and the PgBouncer that the system's packages bring, as throwaway children. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmod, chown, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { until } from "./until.ts";

export interface SystemPostgres {
  /** As the superuser `postgres`, for the database `postgres`. */
  superuserUrl: string;
  port: number;
  /** Where its socket is. */
  folder: string;
  version: number;
  /** Runs one of its programs, such as pg_dump, and returns what it printed. */
  run(program: string, args: string[]): { code: number; stderr: string };
  query(text: string, database?: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const home = "/usr/lib/postgresql";

/** @throws when the package postgresql isn't installed */
export async function startSystemPostgres(): Promise<SystemPostgres> {
  const versions = await readdir(home).catch(() => [] as string[]);
  const version = Math.max(...versions.map(Number).filter(Boolean));
  if (!Number.isFinite(version)) throw new Error(`There is no PostgreSQL in ${home}: apt-get install postgresql`);
  const bin = path.join(home, String(version), "bin");
  const { folder, owner } = await ownFolder("tiketti-system-postgres-");
  const data = path.join(folder, "data");
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, "super\n");
  execFileSync(
    path.join(bin, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C"],
    { ...owner, stdio: "pipe" },
  );
  const port = await freePort();
  const child = spawn(
    path.join(bin, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      `unix_socket_directories=${folder}`,
      "-c",
      "fsync=off",
      "-c",
      "listen_addresses=127.0.0.1",
    ],
    { ...owner, stdio: "ignore" },
  );
  const superuserUrl = `postgresql://postgres:super@127.0.0.1:${port}/postgres`;
  await answers(superuserUrl);
  return {
    superuserUrl,
    port,
    folder,
    version,
    run(program, args) {
      try {
        execFileSync(path.join(bin, program), args, { stdio: "pipe" });
        return { code: 0, stderr: "" };
      } catch (error) {
        const { status, stderr } = error as { status: number; stderr: Buffer };
        return { code: status, stderr: String(stderr) };
      }
    },
    async query(text, database = "postgres") {
      const client = new pg.Client({ connectionString: superuserUrl.replace(/postgres$/, database) });
      await client.connect();
      try {
        const results = [await client.query(text)].flat();
        return results.at(-1)?.rows ?? [];
      } finally {
        await client.end();
      }
    },
    close: () => stop(child, "SIGINT", folder),
  };
}

/** In front of a PostgreSQL; the roles sign in with the passwords that they have there. */
export async function startPgBouncer(postgres: SystemPostgres, mode: "session" | "transaction") {
  const { folder, owner } = await ownFolder("tiketti-pgbouncer-");
  const port = await freePort();
  const file = path.join(folder, "pgbouncer.ini");
  await writeFile(
    file,
    `[databases]
* = host=127.0.0.1 port=${postgres.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/users
auth_user = postgres
auth_query = select usename, passwd from pg_shadow where usename = $1
pool_mode = ${mode}
default_pool_size = 50
max_client_conn = 500
`,
  );
  await writeFile(path.join(folder, "users"), '"postgres" "super"\n');
  const child = spawn("/usr/sbin/pgbouncer", ["-q", file], { ...owner, stdio: "ignore" });
  await answers(`postgresql://postgres:super@127.0.0.1:${port}/postgres`);
  return { port, close: () => stop(child, "SIGTERM", folder) };
}

/** Neither program runs as root: then it gets the user that its package made. */
async function ownFolder(prefix: string) {
  const folder = await mkdtemp(path.join(tmpdir(), prefix));
  if (process.getuid?.() !== 0) return { folder, owner: {} };
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const owner = { uid: id("-u"), gid: id("-g") };
  await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o755);
  return { folder, owner };
}

async function answers(url: string): Promise<void> {
  let reason: unknown;
  const isThere = async () => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      reason = error;
      return false;
    }
  };
  await until("PostgreSQL answers", isThere).catch((error: Error) => {
    throw new Error(error.message, { cause: reason });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function stop(child: ChildProcess, signal: NodeJS.Signals, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode === null) {
    child.kill(signal);
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}
