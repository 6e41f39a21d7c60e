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

/** What each suffix of a feature's file says of it. A file with another one has no role yet: give it one. */
const roles = {
  entity: "the table of a feature's fields",
  input: "the inputs of operations",
  enums: "graph",
  type: "graph",
  queries: "graph",
  mutations: "graph",
  subscriptions: "graph",
  service: "service",
  steps: "steps",
  read: "read",
  worker: "a thread of its own",
  // Rules: functions of their arguments.
  ...{ abilities: "rule", body: "rule", change: "rule", code: "rule", domain: "rule", labels: "rule", money: "rule" },
  ...{ phones: "rule", priority: "rule", queues: "rule", rate: "rule", reference: "rule", rights: "rule" },
  ...{ state: "rule", status: "rule", timeline: "rule", values: "rule", visibility: "rule" },
} as const;

const suffixOf = (name: string) => /^[^.]+(?:\.[a-z]+)*?\.([a-z]+)\.ts$/.exec(path.basename(name))?.[1];
const roleOf = (name: string) => roles[suffixOf(name) as keyof typeof roles] as string | undefined;
const isRule = (name: string) =>
  roleOf(name) === "rule" || /\.(entity|input)\.ts$/.test(name) || /^(filters|entities)\//.test(name);
const isService = (name: string) => ["service", "steps"].includes(roleOf(name) ?? "");
const isGraph = (name: string) => roleOf(name) === "graph";
const graphLibraries = /^(graphql|@pothos|graphql-yoga|graphql-ws)/;

/** From low to high; a folder imports only lower ones. Files beside the folders have their place by name. */
const ranks = [
  ...["lib", "wire", "settings.ts", "config.ts", "limits", "db", "access", "filters", "inputs", "entities", "auth"],
  ...["changes", "context.ts", "writes", "operations", "schema"],
  ...["messages", "tickets", "labels", "customers", "time-entries", "members", "organizations", "viewer", "sessions"],
  ...["invitations", "api-keys", "reports", "ticket-actions", "nodes"],
  ...[
    "live",
    "exports",
    "entity-tables.ts",
    "jobs",
    "schema.ts",
    "print-schema.ts",
    "transport",
    "services.ts",
    "server.ts",
    "cli",
    "main.ts",
  ],
];
const placeOf = (name: string) => name.split("/")[0] as string;

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
      (/^(db|changes|writes|schema|lib\/clock)\b/.test(to) && !isTypeOnly && !to.startsWith("changes/")) ||
      graphLibraries.test(to),
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

describe("folders and files", () => {
  it("have a rank each, and import only what is lower", () => {
    const places = new Set(files.map(({ name }) => placeOf(name)));
    expect([...places].filter((place) => !ranks.includes(place) && place !== "types")).toEqual([]);
    const upward = imports.filter(({ from, to }) => {
      const [own, other] = [placeOf(from), placeOf(to)];
      return own !== other && ranks.includes(other) && ranks.indexOf(own) < ranks.indexOf(other);
    });
    expect(upward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("never import in a circle, types included", () => {
    const targets = Map.groupBy(imports, ({ from }) => from);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (name: string, way: readonly string[]) => {
      if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(" -> "));
      if (done.has(name) || way.includes(name)) return;
      for (const { to } of targets.get(name) ?? []) visit(to, [...way, name]);
      done.add(name);
    };
    for (const { name } of files) visit(name, []);
    expect(circles).toEqual([]);
  });

  it("have suffixes with a role", () => {
    const unknown = files.filter(({ name }) => {
      const suffix = suffixOf(name);
      return suffix !== undefined && suffix !== "d" && !(suffix in roles);
    });
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });
});

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

  it("hides no constant that nobody uses from the linter by an underscore", () => {
    const hidden = files.flatMap(({ name, text }) =>
      (text.match(/^const _\w+/gm) ?? []).map((line) => `${name}: ${line}`),
    );
    expect(hidden).toEqual([]);
  });

  it("casts to `never` in few places, each of which says why", () => {
    const casts = files.flatMap(({ name, text }) =>
      text.split("\n").flatMap((line, index, lines) => {
        const count = (line.match(/ as never(?!:)/g) ?? []).length;
        const before = lines.slice(Math.max(0, index - 7), index).join("\n");
        return Array.from({ length: count }, () => ({
          name,
          line,
          hasReason: /as never: /.test(`${before}\n${line}`),
        }));
      }),
    );
    expect(casts.filter(({ hasReason }) => !hasReason).map(({ name, line }) => `${name}: ${line.trim()}`)).toEqual([]);
    expect(casts.length).toBeLessThanOrEqual(15);
  });

  it("makes input types of operations from their rules only", () => {
    const makers = files.filter(({ text }) => /builder\.(inputType|inputRef)\b/.test(text)).map(({ name }) => name);
    expect(makers.sort()).toEqual(["schema/connections.ts", "schema/filter-inputs.ts", "schema/input-types.ts"]);
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
