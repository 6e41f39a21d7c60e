/** GraphiQL as people open it: it runs the query that it shows, and hands the demo's key to no page of a stranger. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openBrowser } from "./browser.ts";

const { url, apiKey } = inject("server");
const { port } = new URL(url);
let browser: Browser;
beforeAll(async () => {
  // A stranger's name that is made to lead here, as DNS rebinding does.
  browser = await openBrowser(["--host-resolver-rules=MAP stranger.test 127.0.0.1"]);
}, 60_000);
afterAll(() => browser?.close());

it("runs the query that it shows with the demo's key, and breaks none of its page's own rules", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${url}/graphql`, { waitUntil: "load" });
  await page.getByRole("button", { name: /Execute query/ }).click({ timeout: 60_000 });
  await page.locator(".graphiql-response", { hasText: "totalCount" }).waitFor({ timeout: 30_000 });
  expect(complaints.filter((text) => /Content Security Policy|Refused to/i.test(text))).toEqual([]);
  await page.close();
}, 120_000);

it("is not there under a stranger's name, nor is the key, and no other page may frame it", async () => {
  const page = await browser.newPage();
  await page.goto(`http://stranger.test:${port}/graphql`).catch(() => null);
  expect(await page.content()).not.toContain(apiKey);
  expect(await page.getByRole("button", { name: /Execute query/ }).count()).toBe(0);
  const seen = await page.evaluate(async () => {
    const response = await fetch("/graphql", { headers: { accept: "text/html" } });
    return response.text();
  });
  expect(seen).not.toContain(apiKey);
  const { headers } = await fetch(`${url}/graphql`, { headers: { accept: "text/html" } });
  expect([headers.get("x-frame-options"), headers.get("content-security-policy")]).toEqual([
    "DENY",
    expect.stringContaining("frame-ancestors 'none'"),
  ]);
  await page.close();
}, 60_000);
