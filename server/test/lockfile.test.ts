import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

interface Package {
  optionalDependencies?: Record<string, string>;
}

it("the lockfile has every platform's packages: npm ci refuses one that lacks some", () => {
  const file = path.resolve(import.meta.dirname, "../../package-lock.json");
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Package> };
  const missing = Object.entries(packages).flatMap(([name, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (wanted) => !packages[`node_modules/${wanted}`] && !packages[`${name}/node_modules/${wanted}`],
    ),
  );
  expect(missing).toEqual([]);
});
