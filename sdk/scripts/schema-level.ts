/** `npm run check`: whether the changesets say at least what the schema's difference to the last release is. */
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

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, "../..");
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  const { version } = JSON.parse(await read("sdk/package.json"));
  const wanted = await differenceOf(await read("sdk/released.graphql"), await read("schema.graphql"), version);
  const has = await levelOfChangesets(path.join(root, ".changeset"));
  if (levels.indexOf(has) < levels.indexOf(wanted.level)) {
    console.error(
      `The schema changed since the last release, so a changeset of level ${wanted.level} is needed (there is ${has}); npx changeset writes one.\n${wanted.reasons.slice(0, 20).join("\n")}`,
    );
    process.exit(1);
  }
}
