/** Settings and the command line. */
import { describe, expect, it } from "vitest";
import { runCommand } from "../testkit/process.ts";

describe("settings", () => {
  it("T66: are all checked at once; each fault has name, value, rule and example, and no secret", async () => {
    const { code, stderr } = await runCommand(["serve"], {
      PORT: "99999",
      HOST: "not a host",
      DATABASE_URL: "mysql://root:hunter2@db/x",
      TIKETTI_SECRET: "changeme-changeme-changeme-changeme",
      TIKETTI_ORIGINS: "desk.example.com",
      TIKETTI_DEMO: "maybe",
      TIKETTI_POOL_SIZE: "0",
      LOG_LEVEL: "loud",
    });
    expect(code).toBe(1);
    expect(stderr).toContain("8 settings are wrong");
    for (const text of [
      'PORT is "99999"; it must be a whole number from 0 to 65535. Example: 4000',
      'DATABASE_URL is "mysql://***@db/x"',
      "TIKETTI_SECRET is set (35 characters, not shown)",
      'LOG_LEVEL is "loud"',
    ])
      expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/hunter2|changeme/);
  });

  it.each([
    ["no secret", {}],
    ["a short secret", { TIKETTI_SECRET: "short" }],
    ["one character again and again", { TIKETTI_SECRET: "a".repeat(40) }],
    ["the example's text", { TIKETTI_SECRET: "the output of: openssl rand -base64 32" }],
  ])("T66: in production %s is refused", async (_name, environment) => {
    const { code, stderr } = await runCommand(["serve"], {
      DATABASE_URL: "postgresql://u@127.0.0.1:1/x",
      ...environment,
    });
    expect([code, stderr.includes("TIKETTI_SECRET")]).toEqual([1, true]);
  });
});

describe("the command line", () => {
  it("has help for everything, a version, and exits with 2 on wrong usage", async () => {
    const help = await runCommand(["--help"]);
    expect(help.code).toBe(0);
    for (const name of [
      "serve",
      "migrate",
      "demo",
      "doctor",
      "owner create",
      "api-key create",
      "organization list",
      "organization plan",
    ]) {
      expect(help.stdout).toContain(name);
      expect((await runCommand([...name.split(" "), "--help"])).stdout).toMatch(/^Usage: /);
    }
    expect((await runCommand(["--version"])).stdout.trim()).toBe("0.1.0");
    expect((await runCommand(["fly"])).code).toBe(2);
    expect((await runCommand(["serve", "--fast"])).code).toBe(2);
    const missing = await runCommand(["owner", "create", "--email", "a@b.test"]);
    expect([missing.code, missing.stderr.includes("--organization, --prefix")]).toEqual([2, true]);
  });
});
