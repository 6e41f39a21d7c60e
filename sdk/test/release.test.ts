/** What the schema's difference asks of a release. */
import { execFileSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { differenceOf, lastRelease, levelOfChangesets } from "../scripts/schema-level.ts";

const before = 'type Query { "One." ticket(id: ID!): String code: Int }';
const level = async (after: string, version = "1.2.3") => (await differenceOf(before, after, version)).level;

describe("the schema's difference", () => {
  it("asks for a major when something breaks, and before 1.0.0 for a minor", async () => {
    expect(await level('type Query { "One." ticket(id: ID!): String }')).toBe("major");
    expect(await level('type Query { "One." ticket(id: ID!, by: ID!): String code: Int }')).toBe("major");
    expect(await level('type Query { "One." ticket(id: ID!): String }', "0.4.0")).toBe("minor");
  });

  it("asks for a minor when something is new, for a patch when words change, and else for nothing", async () => {
    expect(await level('type Query { "One." ticket(id: ID!): String code: Int more: Int }')).toBe("minor");
    expect(await level('type Query { "Another." ticket(id: ID!): String code: Int }')).toBe("patch");
    expect(await level(before)).toBe("none");
  });

  it("is compared with the highest level of the changesets", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-changesets-"));
    expect(await levelOfChangesets(folder)).toBe("none");
    await writeFile(path.join(folder, "a.md"), '---\n"@tiketti/sdk": patch\n---\n\nWords\n');
    await writeFile(path.join(folder, "b.md"), '---\n"@tiketti/sdk": minor\n---\n\nNew\n');
    await writeFile(path.join(folder, "README.md"), '"@tiketti/sdk": major\n');
    expect(await levelOfChangesets(folder)).toBe("minor");
  });

  it("is that to the newest tag of the SDK, and there is none before the first release", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-tags-"));
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });
    const commit = async (schema: string) => {
      await writeFile(path.join(folder, "schema.graphql"), schema);
      git("add", ".");
      git("-c", "user.name=Tests", "-c", "user.email=tests@example.com", "commit", "-qm", schema);
    };
    git("init", "-q");
    await commit("one");
    expect(lastRelease(folder)).toBeNull();
    git("tag", "@tiketti/sdk@0.1.0");
    await commit("two");
    git("tag", "@tiketti/sdk@0.2.0");
    await commit("three");
    git("tag", "something-else");
    expect(lastRelease(folder)).toEqual({ version: "0.2.0", schema: "two" });
  });
});
