/** `tiketti serve` as a child process, as an operator starts it: with its own PostgreSQL and a demo. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const bin = path.resolve(import.meta.dirname, "../../server/bin/tiketti.js");

export interface Server {
  url: string;
  apiKey: string;
  /** Of all members of the demo. */
  password: string;
  /** Ends it with this signal; the data stay. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again at the same port, on the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

export async function startServer(environment: Record<string, string> = {}): Promise<Server> {
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-sdk-"));
  let port = "0";
  let child: ChildProcess;
  const start = async () => {
    const { PATH, HOME } = process.env;
    child = spawn(process.execPath, [bin, "serve"], {
      env: { PATH, HOME, LOG_LEVEL: "error", TIKETTI_DATA: folder, PORT: port, ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    children.add(child);
    const url = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stderr?.on("data", (chunk) => {
        text += chunk;
        const found = /^ready (\S+)$/m.exec(text)?.[1];
        if (found) resolve(found);
      });
      child.once("close", (code) => reject(new Error(`tiketti serve ended with ${code}:\n${text}`)));
    });
    port = new URL(url).port;
    return url;
  };
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    const ended = new Promise((resolve) => child.once("close", resolve));
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await ended;
    children.delete(child);
  };
  const url = await start();
  const demo = JSON.parse(await readFile(path.join(folder, "demo.json"), "utf8"));
  return {
    url,
    apiKey: demo.apiKey,
    password: demo.password,
    stop,
    start: async () => void (await start()),
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
