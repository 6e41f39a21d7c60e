/** The dashboard in Chromium: two people at two browsers, and a server that is killed in between. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choose, Dashboard, eventually, openTicket, row, shoot, toast } from "./dashboard.ts";

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await Dashboard.start();
}, 120_000);
afterAll(() => dashboard?.stop());

describe("the dashboard", () => {
  it("says what is wrong with a login", async () => {
    const page = await (await dashboard.context()).newPage();
    await page.goto(dashboard.url);
    await page.getByLabel("E-mail").fill("mara@nordlicht.test");
    await page.getByLabel("Password").fill("not hers");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/password/i);
    await shoot(page, "sign-in");
    await page.context().close();
  });

  it("shows one person's reply, status and note to the other at once, and the counts with them", async () => {
    const [mara, jonas] = [await dashboard.open("mara@nordlicht.test"), await dashboard.open("jonas@nordlicht.test")];
    const { id } = await dashboard.ticket("Two people, one lamp");
    for (const page of [mara, jonas]) {
      await page.getByRole("link", { name: /^Open/ }).click();
      await row(page, "Two people, one lamp").click();
      await page.getByRole("heading", { name: "Two people, one lamp" }).waitFor();
      await page.locator(".message", { hasText: "since yesterday" }).waitFor();
    }
    await mara.getByRole("textbox", { name: "Reply" }).fill("Please try another bulb.");
    await mara.getByRole("button", { name: "Send reply" }).click();
    await jonas.locator(".message", { hasText: "Please try another bulb." }).waitFor();
    await jonas.getByRole("tab", { name: "Note" }).click();
    await jonas.getByRole("textbox", { name: "Note" }).fill("She has called twice.");
    await jonas.getByRole("button", { name: "Add note" }).click();
    await mara.locator(".message.note", { hasText: "She has called twice." }).waitFor();
    await shoot(mara, "light");
    await choose(mara, /^Status/, "Resolved");
    await row(jonas, "Two people, one lamp").waitFor({ state: "detached" });
    await jonas.getByRole("button", { name: "Status: Resolved" }).waitFor();
    expect((await dashboard.desk.tickets.get({ id })).status).toBe("RESOLVED");
    for (const page of [mara, jonas]) await page.context().close();
  });

  it("assigns, labels and times by what is on the page, and keeps what was written when it is refused", async () => {
    const page = await dashboard.open("mara@nordlicht.test");
    await dashboard.desk.labels.create({ name: "Lamp", color: "#c026d3" });
    const jonas = await dashboard.member("jonas@nordlicht.test");
    const { id } = await dashboard.ticket("A lamp to assign");
    await openTicket(page, "A lamp to assign");
    await choose(page, /^Assignee/, jonas.name);
    await page.getByRole("button", { name: `Assignee: ${jonas.name}` }).waitFor();
    expect((await dashboard.desk.tickets.get({ id })).assignee?.id).toBe(jonas.id);
    await choose(page, /^Labels/, "Lamp");
    await page.getByRole("button", { name: "Labels: Lamp" }).waitFor();
    await page.getByRole("button", { name: "Start timer" }).click();
    await page.getByLabel("Running timer").waitFor();
    await eventually(() => page.locator(".clock").textContent(), { timeout: 10_000 }).toMatch(/0:00:0[1-9]/);
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
    const { server, desk } = dashboard;
    const [mara, jonas] = [await dashboard.open("mara@nordlicht.test"), await dashboard.open("jonas@nordlicht.test")];
    const before = await dashboard.ticket("Before the crash");
    for (const page of [mara, jonas]) await row(page, "Before the crash").waitFor();
    await mara.evaluate("window.wasNotReloaded = true");
    await server.stop("SIGKILL");
    await mara.getByText("Connection lost").waitFor();
    await shoot(mara, "lost");
    await server.start();
    // Written before the pages are back: nobody told them.
    await desk.tickets.update({ ticketId: before.id, subject: "Renamed while it was away" });
    for (const subject of ["First after the crash", "Second after the crash"]) await dashboard.ticket(subject);
    for (const page of [mara, jonas]) {
      for (const text of ["First after the crash", "Second after the crash", "Renamed while it was away"])
        await row(page, text).waitFor({ timeout: 30_000 });
      expect(await page.locator(".row .subject", { hasText: "Before the crash" }).count()).toBe(0);
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
    const page = await dashboard.open("mara@nordlicht.test");
    await dashboard.ticket("By keys alone");
    await row(page, "By keys alone").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("heading", { name: "By keys alone" }).waitFor();
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

  it("fits light and dark rooms and the screen of a phone, whatever is open", async () => {
    const modes = {
      light: {},
      dark: { colorScheme: "dark" },
      narrow: { viewport: { width: 390, height: 844 } },
      "narrow-dark": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
    } as const;
    const open = new Map<string, Page>();
    for (const [mode, options] of Object.entries(modes)) {
      const page = await dashboard.open("mara@nordlicht.test", options);
      open.set(mode, page);
      const look = async (what: string) => {
        await shoot(page, `${mode}-${what}`);
        expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), `${mode} ${what}`).toBe(false);
      };
      await page.locator(".row").first().waitFor();
      await look("list");
      await page.locator(".select").first().click();
      await look("bulk");
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByRole("button", { name: "New ticket" }).click();
      await look("new-ticket");
      await page.keyboard.press("Escape");
      await page.locator(".row", { hasText: "Scanner in hall 3" }).click();
      await page.getByRole("textbox", { name: "Reply" }).fill("We will look at the firewall tomorrow morning.");
      await look("thread");
      await page.getByRole("button", { name: /^Assignee/ }).click();
      await look("menu");
      await page.keyboard.press("Escape");
      // Another one than the mode before it chose: only a change has an undo.
      await choose(
        page,
        /^Priority/,
        { light: "Urgent", dark: "Low", narrow: "Normal", "narrow-dark": "High" }[mode] ?? "",
      );
      await toast(page, /^The priority of/).waitFor();
      await look("undo");
    }
    await dashboard.server.stop("SIGKILL");
    for (const [mode, page] of open) {
      await page.getByRole("button", { name: "Send reply" }).click();
      await page.locator(".composer [role=alert]").waitFor({ timeout: 30_000 });
      await shoot(page, `${mode}-reconnecting`);
    }
    await dashboard.server.start();
    for (const page of open.values()) {
      await page.locator(".composer [role=alert]").waitFor({ state: "detached", timeout: 30_000 });
      await page.context().close();
    }
  }, 180_000);

  it("goes back to the list on a phone", async () => {
    const page = await dashboard.open("mara@nordlicht.test", { viewport: { width: 390, height: 844 } });
    await page.locator(".row").first().click();
    await page.getByRole("button", { name: "Back to the list" }).click();
    await page.locator(".row").first().waitFor();
    await page.context().close();
  });
});
