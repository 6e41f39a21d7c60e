import { randomInt } from "node:crypto";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["server/src/**/*.test.ts", "server/test/**/*.test.ts"],
    globalSetup: "server/test/testkit/global-setup.ts",
    // Node loads TypeScript itself; through vite's runner two builds of graphql would meet.
    experimental: { viteModuleRunner: false },
    // server/test/testkit/seed.ts: random tests are repeated with the seed that they print.
    env: { TEST_SEED: process.env.TEST_SEED || String(randomInt(2 ** 32)) },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default"],
  },
});
