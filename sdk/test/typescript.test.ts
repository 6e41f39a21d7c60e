/** In an empty TypeScript project, for each compiler: the README's samples compile, a misspelled field doesn't. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const sdk = path.resolve(import.meta.dirname, "..");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tiketti-types-"));
  const packed = run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], sdk)
    .stdout.trim()
    .split("\n")
    .at(-1);
  await writeFile(path.join(folder, "package.json"), '{ "name": "empty", "private": true, "type": "module" }\n');
  const { status, stderr } = run(
    "npm",
    [
      "install",
      "--no-audit",
      "--no-fund",
      path.join(folder, packed as string),
      "ts5@npm:typescript@5.9",
      "ts6@npm:typescript@6",
      "ts7@npm:typescript@7",
      "@types/node@24",
      // Other tools' typed documents.
      "gql.tada@1",
      "graphql@16",
    ],
    folder,
  );
  expect(status, stderr).toBe(0);
  await writeFile(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        target: "es2022",
        module: "nodenext",
        noEmit: true,
        skipLibCheck: false,
        types: ["node"],
      },
      include: ["*.ts"],
    }),
  );
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(command: string, args: string[], cwd: string) {
  return spawnSync(command, args, { cwd, encoding: "utf8", timeout: 240_000 });
}

/** Each block of code as a file; names that a block uses without making them are declared. */
async function writeSamples(): Promise<number> {
  const text = await readFile(path.join(sdk, "README.md"), "utf8");
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code as string);
  await Promise.all(
    blocks.map((code, index) => writeFile(path.join(folder, `sample${index}.ts`), `${code}\nexport {};\n`)),
  );
  return blocks.length;
}

/** A selection with one mistake: the name that the compiler points at, and what it says. */
const misspelled: Record<string, { wrong: string; says: string }> = {
  "{ tickets: { totalCount: true, nodes: { code: true, subjekt: true, status: true } } }": {
    wrong: "subjekt",
    says: "There is no field subjekt",
  },
  "{ tickets: { nodes: { code: true, asignee: { name: true } } } }": {
    wrong: "asignee",
    says: "There is no field asignee",
  },
  "{ tickets: { nodes: { code: true, assignee: { id: true, naam: true } } } }": {
    wrong: "naam",
    says: "There is no field naam",
  },
  "{ tikets: { nodes: { code: true } }, viewer: { roleName: true } }": {
    wrong: "tikets",
    says: "There is no field tikets",
  },
  '{ node: { $: { id: "x" }, on: { Invoice: { id: true }, Ticket: { code: true } } } }': {
    wrong: "Invoice",
    says: "There is no type Invoice",
  },
  "{ tickets: { $: { frist: 10 }, nodes: { code: true, subject: true } } }": { wrong: "frist", says: "Did you mean" },
  '{ tickets: { $: { filter: { status: { inn: ["OPEN"] } } }, nodes: { code: true } } }': {
    wrong: "inn",
    says: "'inn' does not exist in type 'TicketStatusFilter'",
  },
  '{ tickets: { $: { filter: { status: { eq: "DONE" } } }, nodes: { code: true } } }': {
    wrong: "eq",
    says: `Type '"DONE"' is not assignable to type 'TicketStatus | null | undefined'`,
  },
  "{ ticket: { code: true } }": { wrong: "ticket", says: "Property '$' is missing" },
};

describe.each(["ts5", "ts6", "ts7"])("%s", (name) => {
  const compile = () => {
    const started = Date.now();
    const result = run(process.execPath, [path.join(folder, `node_modules/${name}/bin/tsc`), "-p", folder], folder);
    return { ...result, ms: Date.now() - started };
  };

  it("compiles the samples of the README, with the package's own types checked too", async () => {
    expect(await writeSamples()).toBeGreaterThan(5);
    const { status, stdout, ms } = compile();
    console.log(
      `${name} ${run(process.execPath, [path.join(folder, `node_modules/${name}/bin/tsc`), "--version"], folder).stdout.trim()}: ${ms} ms`,
    );
    expect(status, stdout).toBe(0);
  });

  it("takes the types of gql.tada's documents, made from the schema that is shipped", async () => {
    const file = path.join(folder, "tada.ts");
    await writeFile(
      file,
      `import { createClient } from "@tiketti/sdk";
import type { introspection } from "@tiketti/sdk/introspection";
import { initGraphQLTada } from "gql.tada";
const graphql = initGraphQLTada<{ introspection: introspection }>();
const document = graphql("query ($code: String!) { ticket(by: { code: $code }) { subject assignee { name } } }");
const client = createClient({ url: "https://desk.example" });
const { ticket } = await client.request(document, { code: "ACME-42" });
const name: string | undefined = ticket?.assignee?.name;
console.log(name);
// @ts-expect-error: it wasn't selected
ticket?.code;
// @ts-expect-error: the variable is missing
await client.request(document, {});
`,
    );
    const { status, stdout } = compile();
    await rm(file);
    expect(status, stdout).toBe(0);
  });

  it("compiles a tiny file; how fast is told", async () => {
    const tiny = path.join(folder, "tiny");
    await mkdir(tiny, { recursive: true });
    await writeFile(
      path.join(tiny, "tiny.ts"),
      `import { createTiketti } from "@tiketti/sdk";
const tiketti = createTiketti({ url: "https://desk.example" });
console.log((await tiketti.tickets.get({ code: "ACME-42" })).subject);
`,
    );
    await writeFile(
      path.join(tiny, "tsconfig.json"),
      '{ "extends": "../tsconfig.json", "compilerOptions": { "skipLibCheck": true }, "include": ["tiny.ts"] }',
    );
    const times: number[] = [];
    for (let index = 0; index < 3; index++) {
      const started = Date.now();
      const tsc = path.join(folder, `node_modules/${name}/bin/tsc`);
      const { status, stdout } = run(process.execPath, [tsc, "-p", tiny], folder);
      expect(status, stdout).toBe(0);
      times.push(Date.now() - started);
    }
    console.log(`${name}: a tiny file in ${times.sort((a, b) => a - b)[1]} ms (median of 3)`);
  });

  it("says of each misspelled name what is wrong, on that name, and nothing of the right ones beside it", async () => {
    const lines = Object.entries(misspelled);
    const body = lines.map(([selection]) => `await tiketti.query(${selection});`).join("\n");
    await writeFile(
      path.join(folder, "misspelled.ts"),
      `import { createTiketti } from "@tiketti/sdk";\nconst tiketti = createTiketti({ url: "https://desk.example" });\n${body}\n`,
    );
    const { status, stdout } = compile();
    await rm(path.join(folder, "misspelled.ts"));
    expect(status).not.toBe(0);
    const errors = stdout.split(/^(?=\S)/m);
    for (const [index, [selection, { wrong, says }]] of lines.entries()) {
      const own = errors.filter((error) => error.startsWith(`misspelled.ts(${index + 3},`));
      expect(own.length, `${selection}\n${own.join("")}`).toBe(1);
      const column = "await tiketti.query(".length + selection.indexOf(wrong) + 1;
      expect(own[0], selection).toContain(`misspelled.ts(${index + 3},${column})`);
      expect(own[0], selection).toContain(says);
    }
  });
});
