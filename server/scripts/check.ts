/** `npm run check`: the same here and in CI. Runs all of it, then says what failed. */
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const steps: [name: string, command: string, args: string[]][] = [
  ["format and lint", "biome", ["check", "--error-on-warnings", "."]],
  ["types", "tsc", ["-p", "."]],
  ["the SDK builds", "node", ["sdk/scripts/build.ts"]],
  ["types of the SDK", "tsc", ["-p", "sdk/tsconfig.test.json"]],
  ["types of the examples", "tsc", ["-p", "examples"]],
  ["types of the dashboard", "tsc", ["-p", "examples/dashboard"]],
  ["architecture", "vitest", ["run", "server/test/architecture.test.ts"]],
  ["schema.graphql is fresh", "node", ["server/scripts/print-schema.ts", "--check"]],
  ["the database schema has its migrations", "node", ["server/scripts/generate-client.ts", "--check"]],
  ["the SDK is fresh", "node", ["sdk/scripts/generate.ts", "--check"]],
  ["the changesets fit the schema", "node", ["sdk/scripts/schema-level.ts"]],
  ["the SDK's README.md is fresh", "node", ["sdk/scripts/readme.ts", "--check"]],
  ["README.md and docs/ are fresh", "node", ["server/scripts/docs.ts", "--check"]],
];

let failed = 0;
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  console.log(`${status === 0 ? "ok  " : "FAIL"}  ${name}  ${seconds} s`);
  if (status === 0) continue;
  failed++;
  console.log(`${stdout}${stderr}`);
}
console.log(`${steps.length - failed} of ${steps.length} checks passed`);
process.exit(failed === 0 ? 0 : 1);
