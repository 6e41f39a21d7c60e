/**
 * `npm run docs:generate`: writes the generated parts of README.md and docs/ between their markers; `--check` only says
 * whether they are fresh. The answers come from a real start with a fresh demo.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { builtInRoles, type Permission, permissionNames, permissions } from "../src/access/permissions.ts";
import { planLimits } from "../src/limits/plans.ts";
import { variables } from "../src/settings.ts";
import { limits } from "../src/transport/limits.ts";
import { startProcess } from "../test/testkit/process.ts";

const root = path.resolve(import.meta.dirname, "../..");
const isCheck = process.argv.includes("--check");
const pages = ["README.md", "docs/configuration.md", "docs/limits.md", "docs/permissions.md", "docs/time-and-money.md"];

/**
 * Permissions that nothing uses yet: roles can hold them, and the manual doesn't list them. Remove a name from here with
 * the first operation or field that asks for it; server/test/docs.test.ts fails until then.
 */
const unusedPermissions: readonly Permission[] = ["view.manage", "mailbox.manage"];
/** What a permission allows today, where the schema's description also names what comes later. */
const allowedToday: Partial<Record<Permission, string>> = {
  "ticket.delete": "Delete, restore and merge tickets",
  "integration.manage": "Manage API keys",
};

const answers = await askDemo();
const parts: Record<string, string> = {
  answer: `\`\`\`json\n${answers.first}\n\`\`\``,
  report: `\`\`\`json\n${answers.report}\n\`\`\``,
  permissions: table(
    ["permission", "Admin", "Manager", "Agent", "Viewer", "what it allows"],
    permissionNames
      .filter((name) => !unusedPermissions.includes(name))
      .map((name) => [
        `\`${name}\``,
        ...builtInRoles.map((role) => {
          const value = (permissions[name].grants as Record<string, string | true>)[role];
          return value === true ? "yes" : (value ?? "");
        }),
        allowedToday[name] ?? permissions[name].description,
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
const written = new Set<string>();
for (const name of pages) {
  const before = await readPage(name);
  const fresh = before.replace(
    /<!-- generated:(\w+) -->[\s\S]*?<!-- \/generated:\1 -->/g,
    (_, part: string) => `<!-- generated:${part} -->\n${partOf(part, name)}\n<!-- /generated:${part} -->`,
  );
  if (fresh === before) continue;
  stale.push(name);
  if (!isCheck) await writeFile(path.join(root, name), fresh);
}
const lost = Object.keys(parts).filter((part) => !written.has(part));
if (lost.length > 0) throw new Error(`No page has the markers of ${lost.join(", ")}; put them back.`);
if (isCheck && stale.length > 0) {
  console.error(`${stale.join(", ")}: stale; run: npm run docs:generate`);
  process.exit(1);
}

function readPage(name: string): Promise<string> {
  return readFile(path.join(root, name), "utf8");
}

function partOf(part: string, page: string): string {
  const made = parts[part];
  if (made === undefined) throw new Error(`${page} has markers of ${part}, which nothing generates.`);
  written.add(part);
  return made;
}

/** The answers of a new demo to README.md's curl command and to the query of docs/time-and-money.md. */
async function askDemo(): Promise<{ first: string; report: string }> {
  const first = /-d '(\{"query".*\})'/.exec(await readPage("README.md"))?.[1];
  const report = /```graphql\n(query TimeOf[\s\S]*?)```/.exec(await readPage("docs/time-and-money.md"))?.[1];
  if (!first) throw new Error("README.md has lost its curl command with the first query.");
  if (!report) throw new Error("docs/time-and-money.md has lost the query of its report, TimeOfCompanies.");
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-docs-"));
  const server = await startProcess({ TIKETTI_DATA: folder });
  const key = /tk_[\w-]{43}/.exec(server.stderr())?.[0];
  const ask = async (body: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body,
    });
    return printJson(await response.json());
  };
  const found = { first: await ask(first), report: await ask(JSON.stringify({ query: report })) };
  await server.stop("SIGTERM");
  await rm(folder, { recursive: true });
  return found;
}

/** JSON in which everything that fits into 125 characters stands on one line. */
function printJson(value: unknown, indent = ""): string {
  const line = jsonLine(value);
  if (typeof value !== "object" || value === null || indent.length + line.length <= 125) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => inner + printJson(item, inner)).join(",\n")}\n${indent}]`;
  const members = Object.entries(value).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${printJson(item, inner)}`,
  );
  return `{\n${members.join(",\n")}\n${indent}}`;
}

function jsonLine(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(", ")}]`;
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonLine(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
