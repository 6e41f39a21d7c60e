/** The dashboard in Chromium, as its build is served: two people at two browsers, and a server that is killed in between. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { createTiketti } from "@tiketti/sdk";
import type { Browser, Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "./browser.ts";
import { type Server, startServer } from "./server.ts";

const root = path.resolve(import.meta.dirname, "../../examples/dashboard");
/** Pictures for people to look at, where this is set. */
const pictures = process.env.TIKETTI_PICTURES;

let server: Server;
let pages: PreviewServer;
let url: string;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  process.env.TIKETTI_URL = server.url;
  const configFile = path.join(root, "vite.config.ts");
  await build({ configFile, logLevel: "error" });
  pages = await preview({ configFile, logLevel: "silent", preview: { port: 0, host: "127.0.0.1" } });
  url = pages.resolvedUrls?.local[0] as string;
  browser = await openBrowser();
  if (pictures) await mkdir(pictures, { recursive: true });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await server?.remove();
});

async function open(email: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(server.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page
    .getByText(/Which desk|Live/)
    .first()
    .waitFor();
  const choice = page.getByRole("button", { name: /Nordlicht/ });
  if (await choice.isVisible()) await choice.click();
  await page.getByRole("status").getByText("Live").waitFor();
  return page;
}

const shoot = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
};
const row = (page: Page, text: string) => page.locator(".row", { hasText: text });
const desk = () => createTiketti({ url: server.url, apiKey: server.apiKey });
const contact = { person: { name: "Ada Byron", email: "ada@example.com" } };

describe("the dashboard", () => {
  it("says what is wrong with a login", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(url);
    await page.getByLabel("E-mail").fill("mara@nordlicht.test");
    await page.getByLabel("Password").fill("not hers");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/password/i);
    await shoot(page, "sign-in");
    await page.context().close();
  });

  it("shows one person's reply, status and note to the other at once, and the counts with them", async () => {
    const [mara, jonas] = [await open("mara@nordlicht.test"), await open("jonas@nordlicht.test")];
    const { ticket } = await desk().tickets.create({
      subject: "Two people, one lamp",
      contact,
      description: "It flickers.",
    });
    const code = ticket?.code as string;
    for (const page of [mara, jonas]) {
      await page.getByRole("link", { name: /^Open/ }).click();
      await row(page, "Two people, one lamp").click();
      await page.getByRole("heading", { name: "Two people, one lamp" }).waitFor();
      await page.getByText("It flickers.").waitFor();
    }
    await mara.getByRole("textbox", { name: "Reply" }).fill("Please try another bulb.");
    await mara.getByRole("button", { name: "Send reply" }).click();
    await jonas.getByText("Please try another bulb.").waitFor();
    await jonas.getByRole("tab", { name: "Note" }).click();
    await jonas.getByRole("textbox", { name: "Note" }).fill("She has called twice.");
    await jonas.getByRole("button", { name: "Add note" }).click();
    await mara.locator(".message.note", { hasText: "She has called twice." }).waitFor();
    await shoot(mara, "light");
    await mara.getByLabel("Status").selectOption("RESOLVED");
    await row(jonas, "Two people, one lamp").waitFor({ state: "detached" });
    await expect.poll(() => jonas.getByLabel("Status").inputValue(), { timeout: 10_000 }).toBe("RESOLVED");
    expect((await desk().tickets.get({ code })).status).toBe("RESOLVED");
    for (const page of [mara, jonas]) await page.context().close();
  });

  it("assigns, labels and times by what is on the page, and keeps what was written when it is refused", async () => {
    const page = await open("mara@nordlicht.test");
    await desk().labels.create({ name: "Lamp", color: "#c026d3" });
    await page.reload();
    const { ticket } = await desk().tickets.create({ subject: "A lamp to assign", contact });
    await row(page, "A lamp to assign").click();
    await page.getByLabel("Assignee").selectOption({ index: 1 });
    await expect
      .poll(async () => (await desk().tickets.get({ id: ticket?.id as string })).assignee?.id, { timeout: 10_000 })
      .toBeTruthy();
    await page.locator("summary").click();
    await page.getByRole("checkbox", { name: "Lamp" }).click();
    await page.locator("summary .tag", { hasText: "Lamp" }).waitFor();
    await page.locator("summary").click();
    await page.getByRole("button", { name: "Start timer" }).click();
    await page.getByLabel("Running timer").waitFor();
    await expect.poll(() => page.locator(".clock").textContent(), { timeout: 10_000 }).toMatch(/0:00:0[1-9]/);
    await shoot(page, "timer");
    await page.getByRole("button", { name: "Stop and log" }).click();
    await page.getByLabel("Running timer").waitFor({ state: "detached" });
    const tooLong = "x".repeat(100_001);
    await page.getByRole("textbox", { name: "Reply" }).fill(tooLong);
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.locator(".composer [role=alert]").waitFor();
    expect(await page.getByRole("textbox", { name: "Reply" }).inputValue()).toBe(tooLong);
    await page.context().close();
  });

  it("goes on after the server was killed and started again, without a reload, and says what it caught up on", async () => {
    const [mara, jonas] = [await open("mara@nordlicht.test"), await open("jonas@nordlicht.test")];
    const before = await desk().tickets.create({ subject: "Before the crash", contact });
    for (const page of [mara, jonas]) await row(page, "Before the crash").waitFor();
    await mara.evaluate("window.wasNotReloaded = true");
    await server.stop("SIGKILL");
    await mara.getByText("Connection lost").waitFor();
    await shoot(mara, "lost");
    await server.start();
    // Written before the pages are back: nobody told them.
    await desk().tickets.update({ ticketId: before.ticket?.id as string, subject: "Renamed while it was away" });
    for (const subject of ["First after the crash", "Second after the crash"])
      await desk().tickets.create({ subject, contact });
    for (const page of [mara, jonas]) {
      for (const text of ["First after the crash", "Second after the crash", "Renamed while it was away"])
        await row(page, text).waitFor({ timeout: 30_000 });
      expect(await row(page, "Before the crash").count()).toBe(0);
      expect(await row(page, "First after the crash").count()).toBe(1);
    }
    await shoot(mara, "back");
    await mara
      .getByText(/Back · |Live/)
      .first()
      .waitFor();
    await row(mara, "First after the crash").click();
    await mara.getByRole("textbox", { name: "Reply" }).fill("We are back.");
    await mara.getByRole("button", { name: "Send reply" }).click();
    await mara.locator(".message", { hasText: "We are back." }).waitFor();
    expect(await mara.evaluate("window.wasNotReloaded")).toBe(true);
    for (const page of [mara, jonas]) await page.context().close();
  }, 120_000);

  it("is worked by keys alone", async () => {
    const page = await open("mara@nordlicht.test");
    await desk().tickets.create({ subject: "By keys alone", contact });
    await row(page, "By keys alone").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { name: "By keys alone" }).waitFor();
    await page.getByRole("tab", { name: "Note" }).waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("A note by keys");
    await page.keyboard.press("Control+Enter");
    await page.locator(".message.note", { hasText: "A note by keys" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.getByText("Choose a ticket").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("nothing says this");
    await page.getByText("No ticket here says that.").waitFor();
    await shoot(page, "empty");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await shoot(page, "keys");
    await page.context().close();
  });

  it("fits dark rooms and narrow screens", async () => {
    const dark = await open("mara@nordlicht.test", { colorScheme: "dark" });
    await row(dark, "Two people, one lamp").or(dark.locator(".row").first()).first().click();
    await dark.getByRole("textbox").last().waitFor();
    await shoot(dark, "dark");
    const narrow = await open("mara@nordlicht.test", { viewport: { width: 390, height: 844 } });
    await narrow.locator(".row").first().waitFor();
    await shoot(narrow, "narrow-list");
    await narrow.locator(".row").first().click();
    await narrow.getByRole("button", { name: "Back to the list" }).waitFor();
    await shoot(narrow, "narrow-ticket");
    const isWider = await narrow.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect(isWider).toBe(false);
    await narrow.getByRole("button", { name: "Back to the list" }).click();
    await narrow.locator(".row").first().waitFor();
    for (const page of [dark, narrow]) await page.context().close();
  });
});
