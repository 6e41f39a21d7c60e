/** The samples of the README, each run as it stands. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { createTiketti } from "@tiketti/sdk";
import { beforeAll, describe, expect, inject, it } from "vitest";

const { url, apiKey, password } = inject("server");
const folder = path.resolve(import.meta.dirname, "../samples");
let id: string;

beforeAll(async () => {
  const { nodes } = await createTiketti({ url, apiKey }).tickets.list({ first: 1 });
  id = nodes[0]?.id as string;
});

describe("the sample", () => {
  it.each(readdirSync(folder))("%s runs to its end", (file) => {
    const { status, stderr } = spawnSync(process.execPath, ["--no-warnings", path.join(folder, file)], {
      encoding: "utf8",
      timeout: 30_000,
      env: {
        PATH: process.env.PATH,
        TIKETTI_URL: url,
        TIKETTI_API_KEY: apiKey,
        SOME_ID: id,
        EMAIL: "mara@nordlicht.test",
        PASSWORD: password,
        CSV_FILE: "/dev/null",
      },
    });
    expect(status, stderr).toBe(0);
  });
});
