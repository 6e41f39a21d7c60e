import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const bin = path.resolve(import.meta.dirname, "../../bin/tiketti.js");

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Environment = Record<string, string>;

/** A test that fails leaves no server behind. */
const children = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

function start(args: string[], environment: Environment): ChildProcess {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH, HOME, LOG_LEVEL: "warn", TIKETTI_DRAIN: "0", TIKETTI_DATABASE_WAIT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

/** Runs a command of the CLI to its end. */
export function runCommand(args: string[], environment: Environment = {}): Promise<CommandResult> {
  const child = start(args, environment);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...output })));
}

export interface ServerProcess {
  url: string;
  pid: number;
  stderr: () => string;
  stdout: () => string;
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `tiketti serve` and waits for its line `ready <url>`. */
export function startProcess(environment: Environment): Promise<ServerProcess> {
  return startAndWait(["serve"], { PORT: "0", ...environment }, /^ready (\S+)$/m);
}

/** Starts `tiketti worker` and waits for its line `working`. */
export function startWorkerProcess(environment: Environment): Promise<ServerProcess> {
  return startAndWait(["worker"], environment, /^(working)$/m);
}

function startAndWait(args: string[], environment: Environment, line: RegExp): Promise<ServerProcess> {
  const child = start(args, environment);
  let stderr = "";
  let stdout = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
      const url = line.exec(stderr)?.[1];
      if (!url) return;
      resolve({
        url,
        pid: child.pid as number,
        stderr: () => stderr,
        stdout: () => stdout,
        stop: (signal) => {
          child.kill(signal);
          return ended;
        },
      });
    });
    ended.then((code) =>
      reject(new Error(`tiketti ${args[0]} ended with ${code} before it was ready:\n${stderr}${stdout}`)),
    );
  });
}
