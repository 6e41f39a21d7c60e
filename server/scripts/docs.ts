/**
 * `npm run docs:generate`: writes the generated parts of README.md and docs/limits.md between their markers; `--check` only
 * says whether they are fresh. The answer to the first query comes from a real start with a fresh demo.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { builtInRoles, permissionNames, permissions } from "../src/access/permissions.ts";
import { planLimits } from "../src/limits/plans.ts";
import { variables } from "../src/settings.ts";
import { limits } from "../src/transport/limits.ts";
import { startProcess } from "../test/testkit/process.ts";

const root = path.resolve(import.meta.dirname, "../..");
const isCheck = process.argv.includes("--check");

const answers = await askDemo(await readFile(path.join(root, "README.md"), "utf8"));
const parts: Record<string, string> = {
  answer: `\`\`\`json\n${answers.first}\n\`\`\``,
  report: `\`\`\`json\n${answers.report}\n\`\`\``,
  permissions: table(
    ["permission", "Admin", "Manager", "Agent", "Viewer", "what it allows"],
    permissionNames.map((name) => [
      `\`${name}\``,
      ...builtInRoles.map((role) => {
        const value = (permissions[name].grants as Record<string, string | true>)[role];
        return value === true ? "yes" : (value ?? "");
      }),
      permissions[name].description,
    ]),
  ),
  environment: table(
    ["variable", "default", "what it is"],
    Object.entries(variables).map(([name, { default: value, description }]) => [
      `\`${name}\``,
      value && `\`${value}\``,
      description,
    ]),
  ),
  plans: table(
    ["limit", "default", "what it is"],
    Object.entries(planLimits).map(([name, { default: value, description }]) => [
      `\`${name}\``,
      value.toLocaleString("en"),
      description,
    ]),
  ),
  limits: table(
    ["limit", "value"],
    Object.values(limits).map(({ description, value }) => [description, value.toLocaleString("en")]),
  ),
};

const stale: string[] = [];
for (const name of ["README.md", "docs/limits.md"]) {
  const file = path.resolve(root, name);
  const before = await readFile(file, "utf8");
  const fresh = Object.entries(parts).reduce(
    (text, [part, made]) =>
      text.replace(
        new RegExp(`<!-- generated:${part} -->[\\s\\S]*?<!-- /generated:${part} -->`),
        () => `<!-- generated:${part} -->\n${made}\n<!-- /generated:${part} -->`,
      ),
    before,
  );
  if (fresh === before) continue;
  stale.push(name);
  if (!isCheck) await writeFile(file, fresh);
}
if (isCheck && stale.length > 0) {
  console.error(`${stale.join(", ")}: stale; run: npm run docs:generate`);
  process.exit(1);
}

/** What the README's own curl command and its report query are answered by a new demo. */
async function askDemo(text: string): Promise<{ first: string; report: string }> {
  const first = /-d '(\{"query".*\})'/.exec(text)?.[1];
  const report = /```graphql\n(query TimeOf[\s\S]*?)```/.exec(text)?.[1];
  if (!first || !report) throw new Error("README.md has lost its first query, or the one of the report.");
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-docs-"));
  const server = await startProcess({ TIKETTI_DATA: folder });
  const key = /tk_[\w-]{43}/.exec(server.stderr())?.[0];
  const ask = async (body: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body,
    });
    return JSON.stringify(await response.json(), null, 2);
  };
  const found = { first: await ask(first), report: await ask(JSON.stringify({ query: report })) };
  await server.stop("SIGTERM");
  await rm(folder, { recursive: true });
  return found;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
