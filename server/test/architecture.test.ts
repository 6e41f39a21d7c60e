/** Who may import whom; each refusal says why. See docs/architecture.md. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const source = path.join(root, "server/src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.includes("_generated") && !name.endsWith(".test.ts"))
  .map((name) => ({ name, text: readFileSync(path.join(source, name), "utf8") }));

interface Import {
  from: string;
  /** A file below server/src, or a package. */
  to: string;
  isTypeOnly: boolean;
}

const imports: Import[] = files.flatMap(({ name, text }) =>
  [...text.matchAll(/^(?:import|export)\s+(type\s+)?[^;]*?from\s+"([^"]+)"/gm)].map(([, type, target]) => ({
    from: name,
    to: target?.startsWith(".")
      ? path.relative(source, path.resolve(source, path.dirname(name), target))
      : (target as string),
    isTypeOnly: type !== undefined,
  })),
);

const isRule = (name: string) =>
  /\.(status|priority|change|domain|body|fields|filter|reference)\.ts$/.test(name) || name.startsWith("filters/");
const isService = (name: string) => /\.(service|steps|receive)\.ts$/.test(name);
const isGraph = (name: string) => /\.(type|queries|mutations|inputs|enums)\.ts$/.test(name);
const graphLibraries = /^(graphql|@pothos|graphql-yoga|graphql-ws)/;

const rules: {
  name: string;
  applies: (name: string) => boolean;
  refuses: (edge: Import) => boolean;
  because: string;
}[] = [
  {
    name: "lib",
    applies: (name) => name.startsWith("lib/"),
    refuses: ({ to }) => to.includes("/") && !to.startsWith("lib/") && !to.startsWith("node:"),
    because: "lib helpers depend on nothing of ours",
  },
  {
    name: "rules (pure files)",
    applies: isRule,
    refuses: ({ to, isTypeOnly }) =>
      (/^(db|changes|writes|schema\/builder|lib\/clock)/.test(to) && !isTypeOnly) || graphLibraries.test(to),
    because: "a rule is a function of its arguments; its test needs no set-up",
  },
  {
    name: "access",
    applies: (name) => name.startsWith("access/"),
    refuses: ({ to, isTypeOnly }) => (isService(to) || isGraph(to) || /^(transport|schema)/.test(to)) && !isTypeOnly,
    because: "both gates read it",
  },
  {
    name: "services and steps",
    applies: isService,
    refuses: ({ to }) => graphLibraries.test(to) || isGraph(to) || to.startsWith("transport/") || to === "config.ts",
    because: "they are also called by jobs and incoming mail",
  },
  {
    name: "services",
    applies: (name) => name.endsWith(".service.ts"),
    refuses: ({ to }) => to.endsWith(".service.ts"),
    because: "what two services need is a step",
  },
  {
    name: "graph files",
    applies: isGraph,
    refuses: ({ to, isTypeOnly }) => /^db\//.test(to) && !isTypeOnly,
    because: "resolvers stay: translate, call, shape",
  },
  {
    name: "transport",
    applies: (name) => name.startsWith("transport/"),
    refuses: ({ to, isTypeOnly }) => (isService(to) || isGraph(to)) && !isTypeOnly,
    because: "the wire must not know the domain",
  },
];

describe("imports", () => {
  it.each(rules)("of $name keep to the layers: $because", ({ applies, refuses }) => {
    expect(
      imports.filter((edge) => applies(edge.from) && refuses(edge)).map(({ from, to }) => `${from} -> ${to}`),
    ).toEqual([]);
    expect(files.some(({ name }) => applies(name))).toBe(true);
  });

  it("of the generated client happen below db/ and in the builder's types only", () => {
    const outside = imports.filter(
      ({ from, to, isTypeOnly }) =>
        to.includes("_generated") &&
        !from.startsWith("db/") &&
        !(from === "schema/builder.ts" && (isTypeOnly || to.includes("pothos-types"))),
    );
    expect(outside.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });
});

describe("the code", () => {
  it("reads the environment in config.ts, and in the commands that take a password from it, only", () => {
    const readers = files.filter(({ text }) => /process\.env/.test(text)).map(({ name }) => name);
    expect(readers.sort()).toEqual(["cli/owner-create.ts", "config.ts", "db/embedded.ts"]);
  });

  it("uses no ILIKE and no unsafe SQL: row security disables the index of the one, the other is an injection away", () => {
    const offenders = files
      .filter(({ text }) => /mode:\s*"insensitive"|RawUnsafe|Prisma\.raw\(/.test(text))
      .map(({ name }) => name);
    expect(offenders).toEqual([]);
  });

  it("has no file of more than 300 lines", () => {
    expect(files.filter(({ text }) => text.split("\n").length > 300).map(({ name }) => name)).toEqual([]);
  });

  it("speaks of no machine, and the lockfile of no host", () => {
    const lock = readFileSync(path.join(root, "package-lock.json"), "utf8");
    expect(lock).not.toMatch(/"resolved": "http/);
    for (const { name, text } of files) expect(text, name).not.toMatch(/\/(root|home)\/|registry\.npmjs/);
  });
});
