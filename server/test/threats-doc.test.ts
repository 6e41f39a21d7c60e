/** docs/threats.md names tests; a test that is renamed or moved is renamed there too. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const rows = readFileSync(path.join(root, "docs/threats.md"), "utf8")
  .split("\n")
  .map((line) => /^\| ([GTF]\d+) \| .* \| (.*) \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, number = "", cell = ""]) => ({ number, cell }));
const tests = rows.flatMap(({ number, cell }) =>
  [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\): `([^`]+)`/g)].map(([, file = "", link, name = ""]) => ({
    number,
    file,
    link,
    name,
  })),
);

/** Whether the file has a test or a group of that name, as a text in quotes; `…` stands for a value in a template. */
function hasTest(file: string, name: string): boolean {
  const words = name.split("…").map((part) => RegExp.escape(part));
  const quoted = new RegExp(`(["'\`])${words.join("\\$\\{[^`\\n]*\\}")}\\1`);
  return quoted.test(readFileSync(path.join(root, file), "utf8"));
}

describe("docs/threats.md", () => {
  it.each([
    ["G", 30],
    ["T", 70],
    ["F", 60],
  ])("has every %s from 1 to %i, once and in order", (letter, last) => {
    const numbers = rows.map(({ number }) => number).filter((number) => number.startsWith(letter));
    expect(numbers).toEqual(Array.from({ length: last }, (_, index) => `${letter}${index + 1}`));
  });

  it("names a test for each number, or says that there is none", () => {
    const silent = rows.filter(({ cell }) => !/^(\[.+\]\(.+\): `.+`|not built: .+|no test)/.test(cell));
    expect(silent).toEqual([]);
    expect(tests.length).toBeGreaterThan(100);
  });

  it("names only files and tests that exist", () => {
    const gone = tests.filter(
      ({ file, link, name }) => link !== file || !existsSync(path.join(root, file)) || !hasTest(file, name),
    );
    expect(gone).toEqual([]);
  });

  it("has every number that stands in a test's name", () => {
    const files = new Set(tests.map(({ file }) => file));
    const known = new Set(rows.map(({ number }) => number));
    const named = [...files].flatMap((file) =>
      [...readFileSync(path.join(root, file), "utf8").matchAll(/(?:describe|it)(?:\.each\(.*\))?\(\s*["'`]([^"'`]*)/g)]
        .flatMap(([, name = ""]) => [...name.matchAll(/\b[GTF]\d+(?=[:,])/g)])
        .map(([number]) => number),
    );
    expect(named.filter((number) => !known.has(number))).toEqual([]);
  });
});
