import { randomInt } from "node:crypto";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["test/**/*.test.ts"],
    globalSetup: "test/global-setup.ts",
    // What is tested is the built package, as Node loads it.
    experimental: { viteModuleRunner: false },
    // server/test/testkit/seed.ts: random tests are repeated with the seed that they print.
    env: { TEST_SEED: process.env.TEST_SEED || String(randomInt(2 ** 32)) },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
