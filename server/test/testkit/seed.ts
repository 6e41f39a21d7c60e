/** One seed for all that a run makes up at random; vitest.config.ts takes it from TEST_SEED or makes a new one. */
import path from "node:path";
import { expect, onTestFailed } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");

/** The run's seed, for a test to call in its body: it prints the seed, and after a failure the command that repeats it. */
export function testSeed(): number {
  const seed = Number(process.env.TEST_SEED);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new Error(`TEST_SEED must be a whole number from 0 to ${2 ** 32 - 1}, but is "${process.env.TEST_SEED}"`);
  const file = path.relative(root, expect.getState().testPath ?? "").replaceAll(path.sep, "/");
  const config = file.startsWith("sdk/") ? "--config sdk/vitest.config.ts " : "";
  console.log(`seed ${seed}`);
  onTestFailed(() =>
    console.error(
      `Repeat it with the same random values:\nTEST_SEED=${seed} node server/bin/run.js node_modules/vitest/vitest.mjs run ${config}${file}`,
    ),
  );
  return seed;
}

/** Numbers from 0 up to 1, in place of Math.random: the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
