import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, openSync, readFileSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, statfs, unlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { OperatorError } from "../wire/errors.ts";
import { findBinaries } from "./embedded-binaries.ts";

export interface EmbeddedPostgres {
  /** A connection string for the cluster's superuser. */
  superuserUrl(database: string): string;
  /** Stops the cluster and keeps its data. */
  close(): Promise<void>;
  /** Makes the cluster stop immediately, without a checkpoint, and doesn't wait; the next start recovers. */
  kill(): void;
}

interface EmbeddedOptions {
  /** The cluster's folder, with `data/`, `password`, `port` and `postgres.log`. */
  folder: string;
  /** Further `-c name=value` settings of the server, for tests. */
  settings?: Record<string, string>;
}

const minimumFreeBytes = 256 * 1024 * 1024;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a real PostgreSQL from npm packages on 127.0.0.1 with data in `folder`, or adopts the one
 * that a killed server left running in that folder.
 *
 * @throws OperatorError when the disk is full, the binaries are missing or the server doesn't come up
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const files = clusterFiles(options.folder);
  await mkdir(files.folder, { recursive: true, mode: 0o700 });
  await refuseFullDisk(files.folder);
  const binaries = await findBinaries();
  if (!existsSync(path.join(files.data, "PG_VERSION"))) await initialize(binaries, files);

  const password = (await readFile(files.password, "utf8")).trim();
  const running = await findRunning(files, password);
  const { pid, port } = running ?? (await launch(binaries, files, password, options.settings));
  return {
    superuserUrl: (database) => `postgresql://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    close: () => stop(pid),
    kill: () => void (isAlive(pid) && process.kill(pid, "SIGQUIT")),
  };
}

type ClusterFiles = ReturnType<typeof clusterFiles>;

function clusterFiles(folder: string) {
  const absolute = path.resolve(folder);
  return {
    folder: absolute,
    data: path.join(absolute, "data"),
    password: path.join(absolute, "password"),
    port: path.join(absolute, "port"),
    log: path.join(absolute, "postgres.log"),
    pid: path.join(absolute, "data", "postmaster.pid"),
  };
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= minimumFreeBytes) return;
  throw new OperatorError(
    `The disk of ${folder} has ${Math.floor(freeBytes / 1024 / 1024)} MB free and the embedded PostgreSQL needs 256 MB. ` +
      "Free some space, or choose a folder on another disk with TIKETTI_DATA.",
  );
}

async function initialize(binaries: string, files: ClusterFiles): Promise<void> {
  // The first start writes the password; another start at the same time uses the same one.
  await writeFile(files.password, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  // Under another name until it is complete: a folder in which initdb was killed must never look finished.
  const making = `${files.data}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  const child = spawnPostgres(path.join(binaries, "initdb"), [
    `--pgdata=${making}`,
    "--username=postgres",
    `--pwfile=${files.password}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-instructions",
  ]);
  const { code, output } = await ended(child);
  // Another start may have been faster; its folder is just as good.
  if (code === 0) await rename(making, files.data).catch(() => {});
  await removeHalfMade(files);
  if (code === 0) return;
  throw new OperatorError(explain("Could not create the embedded PostgreSQL", output, files));
}

/** Removes what killed starts left. The folder of another running start is kept, because its process runs. */
async function removeHalfMade(files: ClusterFiles): Promise<void> {
  for (const name of await readdir(files.folder)) {
    const pid = Number(/^data\.(\d+)$/.exec(name)?.[1]);
    if (pid && (pid === process.pid || !isAlive(pid)))
      await rm(path.join(files.folder, name), { recursive: true, force: true });
  }
}

async function launch(
  binaries: string,
  files: ClusterFiles,
  password: string,
  settings: Record<string, string> = {},
): Promise<{ pid: number; port: number }> {
  const port = await choosePort(files);
  const all: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    // The data are on an SSD nearly everywhere. With the default of 4 the planner scans small tables once per row.
    random_page_cost: "1.1",
    max_connections: "100",
    log_min_messages: "warning",
    log_line_prefix: "%m [%p] %q%u@%d ",
    ...settings,
  };
  const log = openSync(files.log, "a", 0o600);
  const before = await readFile(files.log, "utf8");
  const child = spawnPostgres(
    path.join(binaries, "postgres"),
    ["-D", files.data, ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    log,
  );
  let exited = false;
  child.once("exit", () => {
    exited = true;
  });
  child.unref();

  const deadline = Date.now() + startTimeoutMs;
  while (!exited && Date.now() < deadline) {
    if ((await probe(port, password)) === "up") return { pid: child.pid as number, port };
    await delay(25);
  }
  if (!exited) child.kill("SIGKILL");
  const output = (await readFile(files.log, "utf8")).slice(before.length);
  throw new OperatorError(explain("The embedded PostgreSQL did not start", output, files));
}

/**
 * PostgreSQL refuses to run as root. A user namespace maps root to nobody without changing the
 * owner of any file, and also works below folders that other users can't enter.
 */
function spawnPostgres(command: string, args: string[], log?: number): ChildProcess {
  const isRoot = process.getuid?.() === 0;
  const [file, ...rest] = isRoot
    ? ["unshare", "--user", "--map-user=65534", "--map-group=65534", command, ...args]
    : [command, ...args];
  return spawn(file as string, rest, {
    stdio: log === undefined ? ["ignore", "pipe", "pipe"] : ["ignore", log, log],
    // Own process group: Ctrl-C at the terminal reaches the server only, which then stops the database in order.
    detached: true,
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC" },
  });
}

function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", (error) => resolve({ code: -1, output: `${output}${error.message}` }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** The postmaster that already runs on these files, if any; removes a stale pid file. */
async function findRunning(files: ClusterFiles, password: string): Promise<{ pid: number; port: number } | null> {
  if (!existsSync(files.pid)) return null;
  const [pidLine, , , portLine] = readFileSync(files.pid, "utf8").split("\n");
  const pid = Number(pidLine);
  const port = Number(portLine);
  const deadline = Date.now() + startTimeoutMs;
  while (isPostgresOf(pid, files.data)) {
    if (port > 0 && (await probe(port, password)) === "up") return { pid, port };
    if (Date.now() > deadline) {
      throw new OperatorError(
        `The embedded PostgreSQL of ${files.folder} runs (process ${pid}) but doesn't answer on port ${port}. ` +
          `Check ${files.log}, or stop it with \`kill ${pid}\` and start again.`,
      );
    }
    await delay(50);
  }
  // The number can belong to another program by now, and PostgreSQL would refuse to start.
  await unlink(files.pid).catch(() => {});
  return null;
}

function isPostgresOf(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (!isAlive(pid)) return false;
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data)
      : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" }).includes(data);
  } catch {
    // Where we can't find out (Windows), a living process counts as ours: two on one folder would be worse.
    return process.platform === "win32";
  }
}

async function probe(port: number, password: string): Promise<"up" | "down"> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password,
    database: "postgres",
    connectionTimeoutMillis: 5_000,
  });
  // A connection lost after the answer would otherwise be an unhandled error event.
  client.on("error", () => {});
  try {
    await client.connect();
    return "up";
  } catch {
    return "down";
  } finally {
    await client.end().catch(() => {});
  }
}

async function choosePort(files: ClusterFiles): Promise<number> {
  const kept = Number(await readFile(files.port, "utf8").catch(() => "0"));
  const port = (kept > 0 && (await freePort(kept))) || (await freePort(0));
  if (!port) throw new OperatorError("127.0.0.1 has no free port for the embedded PostgreSQL.");
  await writeFile(files.port, `${port}\n`, { mode: 0o600 });
  await chmod(files.port, 0o600);
  return port;
}

function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(wanted, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function stop(pid: number): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: roll back what runs, write a checkpoint, end.
  if (isAlive(pid)) process.kill(pid, "SIGINT");
  const deadline = Date.now() + stopTimeoutMs;
  while (isAlive(pid) && Date.now() < deadline) await delay(20);
  if (isAlive(pid)) process.kill(pid, "SIGQUIT");
}

function explain(what: string, output: string, files: ClusterFiles): string {
  const tail = output.trim().split("\n").slice(-6).join("\n  ");
  if (/No space left on device/i.test(output)) {
    return `${what}: the disk of ${files.folder} is full. Free some space and start again. No data were lost.`;
  }
  if (/unshare|Operation not permitted/i.test(output) && process.getuid?.() === 0) {
    return (
      `${what}: PostgreSQL refuses to run as root, and this system forbids user namespaces. ` +
      `Run Tiketti as an ordinary user, or set DATABASE_URL.\n  ${tail}`
    );
  }
  if (/is not compatible with this version|initialized by PostgreSQL version/i.test(output)) {
    return `${what}: ${files.data} was written by another major version of PostgreSQL.\n  ${tail}`;
  }
  return `${what}. The end of its log (more in ${files.log}):\n  ${tail}`;
}
