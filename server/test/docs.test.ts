/** The pages that people read: every link leads somewhere, and nothing is named that isn't there. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { permissionNames } from "../src/access/permissions.ts";

const root = path.resolve(import.meta.dirname, "../..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => existsSync(path.join(root, file)));
const pages = tracked.filter((file) => file.endsWith(".md") && !file.startsWith(".changeset/"));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "`code`");

/** Headings as GitHub makes anchors of them: lower case, no punctuation, dashes for spaces, numbers for repeats. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) => {
      const words = (heading as string).replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const anchor = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    }),
  );
}

/** What is wrong with a link of a page; null when it leads somewhere. */
function faultOf(page: string, link: string): string | null {
  if (/^[a-z]+:/.test(link)) return null;
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? page : path.posix.join(path.posix.dirname(page), file);
  if (target.startsWith("..")) return `${page}: ${link} leaves the repository`;
  if (!existsSync(path.join(root, target))) return `${page}: ${link} names a file that isn't there`;
  const isTracked = statSync(path.join(root, target)).isDirectory() || tracked.includes(target);
  if (!isTracked) return `${page}: ${link} names a file that git ignores`;
  if (!anchor || !target.endsWith(".md")) return null;
  return anchorsOf(read(target)).has(anchor) ? null : `${page}: ${link} names a heading that isn't there`;
}

describe("the pages", () => {
  it("link to files and headings that exist", () => {
    const faults = pages.flatMap((page) =>
      [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => faultOf(page, link as string)),
    );
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it("name npm scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const unknown = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--?\w+ )*([\w:-]+)/g)]
        .filter(([, script]) => !((script as string) in scripts))
        .map(([command]) => `${page}: ${command}`),
    );
    expect(unknown).toEqual([]);
  });

  it("of the manual are all linked from README.md", () => {
    const manual = pages.filter((page) => page.startsWith("docs/"));
    const linked = read("README.md");
    expect(manual.filter((page) => !linked.includes(`](${page})`))).toEqual([]);
  });

  it("show pictures of less than 200 kB", () => {
    const pictures = tracked.filter((file) => file.startsWith("docs/images/"));
    expect(pictures.filter((file) => statSync(path.join(root, file)).size >= 200_000)).toEqual([]);
  });
});

describe("the table of permissions", () => {
  const table = read("docs/permissions.md");
  const sources = tracked.filter(
    (file) => /^server\/src\/.*\.ts$/.test(file) && !/_generated|\.test\.ts$|access\/permissions\.ts$/.test(file),
  );
  const code = sources.map(read).join("\n");

  it.each(permissionNames)("has %s exactly when the server asks for it", (name) => {
    expect(table.includes(`| \`${name}\` |`)).toBe(code.includes(`"${name}"`));
  });
});
