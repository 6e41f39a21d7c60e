/** The dashboard as people have it: its build behind a web server, a Tiketti server, and Chromium. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTiketti, type Tiketti } from "@tiketti/sdk";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { expect } from "vitest";
import { openBrowser } from "./browser.ts";
import { type Server, startServer } from "./server.ts";

const root = path.resolve(import.meta.dirname, "../../examples/dashboard");
/** Pictures for people to look at, where this is set. */
const pictures = process.env.TIKETTI_PICTURES;

export interface Member {
  id: string;
  name: string;
}

export class Dashboard {
  readonly #folder: string;
  readonly #pages: PreviewServer;
  readonly #browser: Browser;
  /** Of those who have signed in: once is enough. */
  readonly #sessions = new Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>();
  readonly server: Server;
  readonly url: string;
  /** As a program with the demo's key, the Manager role. */
  readonly desk: Tiketti;

  private constructor(folder: string, server: Server, pages: PreviewServer, browser: Browser) {
    this.#folder = folder;
    this.#pages = pages;
    this.#browser = browser;
    this.server = server;
    this.url = pages.resolvedUrls?.local[0] as string;
    this.desk = createTiketti({ url: server.url, apiKey: server.apiKey });
  }

  static async start(): Promise<Dashboard> {
    const [folder, server] = await Promise.all([mkdtemp(path.join(tmpdir(), "tiketti-dashboard-")), startServer()]);
    process.env.TIKETTI_URL = server.url;
    // Suites run beside each other: each has a build of its own.
    const configFile = path.join(root, "vite.config.ts");
    const outDir = path.join(folder, "dist");
    await build({ configFile, logLevel: "error", build: { outDir } });
    const pages = await preview({
      configFile,
      logLevel: "silent",
      build: { outDir },
      preview: { port: 0, host: "127.0.0.1" },
    });
    if (pictures) await mkdir(pictures, { recursive: true });
    return new Dashboard(folder, server, pages, await openBrowser());
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#pages.close();
    await this.server.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }

  context(options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
    return this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  }

  /** Opens the desk of a member at a browser of its own, and waits until it is live. */
  async open(email: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    const storageState = this.#sessions.get(email);
    if (!storageState) {
      const page = await this.openAnew(email, options);
      this.#sessions.set(email, await page.context().storageState());
      return page;
    }
    const page = await this.#page({ ...options, storageState });
    await live(page);
    return page;
  }

  /** With a session of its own, which may be ended. */
  async openAnew(email: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
    const page = await this.#page(options);
    await this.signIn(page, email);
    return page;
  }

  async #page(options: Parameters<Browser["newContext"]>[0]): Promise<Page> {
    const page = await (await this.context(options)).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(this.url);
    return page;
  }

  async signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(this.server.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page
      .getByText(/Which desk|Live/)
      .first()
      .waitFor();
    const choice = page.getByRole("button", { name: /Nordlicht/ });
    if (await page.getByRole("heading", { name: "Which desk?" }).isVisible()) await choice.click();
    await live(page);
  }

  async member(email: string): Promise<Member> {
    const [member] = await this.desk.members.list({ filter: { email: { eq: email } } }).toArray({ limit: 1 });
    if (!member) throw new Error(`The demo has no member ${email}.`);
    return member;
  }

  /** A ticket by Ada Byron, with a description; assigned where a member is given. */
  async ticket(subject: string, assignee?: Member): Promise<{ id: string; code: string }> {
    const { ticket } = await this.desk.tickets.create({
      subject,
      contact: { person: { name: "Ada Byron", email: "ada@example.com" } },
      description: `${subject}, since yesterday.`,
      ...(assignee ? { assignee: { id: assignee.id } } : {}),
    });
    if (!ticket) throw new Error("The ticket was not created.");
    return ticket;
  }
}

/** Polls as long as a slow machine may take. */
export const eventually = <Value>(read: () => Value, options = { timeout: 20_000 }) => expect.poll(read, options);

export const live = (page: Page) => page.getByRole("status").getByText("Live").waitFor();
export const row = (page: Page, text: string) => page.locator(".row", { hasText: text });
export const toast = (page: Page, text: string | RegExp) =>
  page.getByRole("region", { name: "Notices" }).getByText(text).first();

/** Opens a ticket from the queue of all tickets, and waits for its thread. */
export async function openTicket(page: Page, subject: string): Promise<void> {
  await page.getByRole("link", { name: /^All/ }).click();
  await row(page, subject).click();
  await page.getByRole("heading", { name: subject }).waitFor();
}

export async function shoot(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

/** Chooses from one of the menus of the desk. */
export async function choose(page: Page, menu: string | RegExp, option: string): Promise<void> {
  await page.getByRole("button", { name: menu }).click();
  await page.getByRole("option", { name: option }).click();
}
