/** `npm run check`: whether the changesets say at least what the schema's difference to the last release is. */
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

export const levels = ["none", "patch", "minor", "major"] as const;
export type Level = (typeof levels)[number];

export interface SchemaDifference {
  level: Level;
  /** What decides it, in words. */
  reasons: string[];
}

/** A break is a major, what may surprise or is new a minor, words alone a patch. Before 1.0.0 a break is a minor. */
export async function differenceOf(before: string, after: string, version: string): Promise<SchemaDifference> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  const isWords = ({ type }: { type: string }) => /DESCRIPTION/.test(type);
  const breaks = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  const others = changes.filter((change) => !breaks.includes(change) && !isWords(change));
  const reasons = (breaks.length > 0 ? breaks : others).map(({ message }) => message);
  if (breaks.length > 0) return { level: version.startsWith("0.") ? "minor" : "major", reasons };
  if (others.length > 0) return { level: "minor", reasons };
  return { level: changes.length > 0 ? "patch" : "none", reasons };
}

/** The highest level that the changesets have for the SDK. */
export async function levelOfChangesets(folder: string): Promise<Level> {
  let highest: Level = "none";
  for (const file of await readdir(folder)) {
    if (!file.endsWith(".md") || file === "README.md") continue;
    const text = await readFile(path.join(folder, file), "utf8");
    const level = /^"@tiketti\/sdk": (patch|minor|major)$/m.exec(text)?.[1] as Level | undefined;
    if (level && levels.indexOf(level) > levels.indexOf(highest)) highest = level;
  }
  return highest;
}

/** As `npx changeset tag` names a release. */
const tagPrefix = "@tiketti/sdk@";

/**
 * The version and the schema.graphql of the last release, which is the newest tag of the SDK that leads here. Null when there is none:
 * before the first release, or in a clone without tags.
 */
export function lastRelease(folder: string): { version: string; schema: string } | null {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  const found = git("describe", "--tags", "--abbrev=0", "--match", `${tagPrefix}*`);
  if (found.status !== 0) return null;
  const tag = found.stdout.trim();
  const { status, stdout, stderr } = git("show", `${tag}:schema.graphql`);
  if (status !== 0) throw new Error(`The tag ${tag} has no schema.graphql: ${stderr}`);
  return { version: tag.slice(tagPrefix.length), schema: stdout };
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, "../..");
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  const { version } = JSON.parse(await read("sdk/package.json"));
  const released = lastRelease(root);
  if (released === null || released.version !== version) {
    // Before the first release, or between `npx changeset version` and `npx changeset tag`.
    console.log(`There is no tag ${tagPrefix}${version} here, and so nothing to compare with.`);
    process.exit(0);
  }
  const wanted = await differenceOf(released.schema, await read("schema.graphql"), version);
  const has = await levelOfChangesets(path.join(root, ".changeset"));
  if (levels.indexOf(has) < levels.indexOf(wanted.level)) {
    console.error(
      `The schema changed since the last release, so a changeset of level ${wanted.level} is needed (there is ${has}); npx changeset writes one.\n${wanted.reasons.slice(0, 20).join("\n")}`,
    );
    process.exit(1);
  }
}
