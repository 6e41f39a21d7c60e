/** The dashboard's keys and menus: what acts, what doesn't, what is said of it and how it is taken back. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choose, Dashboard, eventually, type Member, openTicket, row, shoot, toast } from "./dashboard.ts";

let dashboard: Dashboard;
let mara: Member;
let priya: Member;
let tom: Member;
beforeAll(async () => {
  dashboard = await Dashboard.start();
  [mara, priya, tom] = await Promise.all([
    dashboard.member("mara@nordlicht.test"),
    dashboard.member("priya@nordlicht.test"),
    dashboard.member("tom@nordlicht.test"),
  ]);
}, 120_000);
afterAll(() => dashboard?.stop());

const read = (id: string) => dashboard.desk.tickets.get({ id });
/** A pace at which people type. */
const typing = { delay: 60 };
const undo = (page: Page) => page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" }).last();

describe("a key that can't act", () => {
  it("says why, and a sentence typed after r on a colleague's ticket changes nothing of it", async () => {
    const { id, code } = await dashboard.ticket("Tom's own lamp", tom);
    const before = await read(id);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "Tom's own lamp");
    await page.keyboard.press("r");
    await toast(page, new RegExp(`${code} is assigned to Tom Okafor, so you can't reply`)).waitFor();
    await page.keyboard.type("assign a pull request, so that 1 of us stays pat\n", typing);
    await shoot(page, "refusal");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("listbox").count()).toBe(0);
    expect(page.url()).toContain(code);
    expect(await read(id)).toEqual(before);
    await page.context().close();
  });

  it("swallows a sentence typed at 350 ms a key, too, and works again after a pause", async () => {
    const { id } = await dashboard.ticket("Tom's second lamp", tom);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "Tom's second lamp");
    await page.keyboard.type("rasap jk", { delay: 350 });
    expect((await read(id)).assignee?.id).toBe(tom.id);
    expect(await page.getByRole("listbox").count()).toBe(0);
    await page.waitForTimeout(1_600); // The pause is the subject.
    await page.keyboard.press("a");
    await page.getByRole("listbox", { name: "Assignee" }).waitFor();
    await page.context().close();
  });

  it("lets keys act again at once after Escape", async () => {
    await dashboard.ticket("Tom's third lamp", tom);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "Tom's third lamp");
    await page.keyboard.press("r");
    await toast(page, /can't reply/).waitFor();
    await page.keyboard.press("n");
    expect(await page.evaluate("document.activeElement.tagName")).not.toBe("TEXTAREA");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Note");
    await page.context().close();
  });

  it("swallows words that begin with no shortcut, and what a focused button would make of them", async () => {
    const { id, code } = await dashboard.ticket("A lamp for everybody");
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp for everybody");
    await page.getByRole("button", { name: "Start timer" }).focus();
    await page.keyboard.type("Hello there, a new bulb is on its way\n ", typing);
    await toast(page, /“H” is no shortcut/).waitFor();
    expect(await page.getByLabel("Running timer").count()).toBe(0);
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(page.url()).toContain(code);
    expect((await read(id)).assignee).toBe(null);
    await page.context().close();
  });

  it("says to a member with the Viewer role that nothing can be written", async () => {
    await dashboard.ticket("A lamp to look at");
    const page = await dashboard.open("eva@nordlicht.test");
    await openTicket(page, "A lamp to look at");
    for (const [key, what] of [
      ["r", "reply to tickets"],
      ["s", "change tickets"],
      ["a", "assign tickets"],
      ["t", "log time on tickets"],
    ] as const) {
      await page.keyboard.press(key);
      await toast(page, `Your role, Viewer, can't ${what}.`).waitFor();
      await page.keyboard.press("Escape");
    }
    expect(await page.getByRole("listbox").count()).toBe(0);
    await page.context().close();
  });
});

describe("a menu", () => {
  it("saves nothing while one moves through it by arrows and letters, and what was chosen on Enter", async () => {
    const { id } = await dashboard.ticket("A lamp with a menu", mara);
    const before = await read(id);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp with a menu");
    for (const keys of [
      ["s", "ArrowDown", "ArrowDown", "r"],
      ["a", "t", "ArrowUp", "End"],
      ["p", "u", "Home"],
      ["l", "ArrowDown", "b"],
    ]) {
      for (const key of keys) await page.keyboard.press(key);
      await page.getByRole("listbox").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("listbox").waitFor({ state: "detached" });
    }
    expect(await read(id)).toEqual(before);
    expect(page.url()).toContain(before.code);
    await page.keyboard.press("a");
    await page.keyboard.type("tom");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Assignee: Tom Okafor" }).waitFor();
    expect((await read(id)).assignee?.id).toBe(tom.id);
    await page.context().close();
  });

  it("chooses nothing on Enter when no option begins with what was typed", async () => {
    const { id } = await dashboard.ticket("A lamp and a sentence", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp and a sentence");
    await page.keyboard.type("assume that it is broken\n", typing);
    expect((await read(id)).assignee?.id).toBe(mara.id);
    await page.context().close();
  });

  it("closes on Escape, on a click outside and when the focus leaves it, and gives the focus back on Escape", async () => {
    await dashboard.ticket("A lamp that closes", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp that closes");
    for (const name of [/^Status/, /^Assignee/, /^Priority/, /^Labels/, "More"]) {
      const button = page.locator(".tools").getByRole("button", { name });
      await button.click();
      await page.getByRole("listbox").waitFor();
      if (name === "More") await shoot(page, "menu");
      await page.keyboard.press("Escape");
      await page.getByRole("listbox").waitFor({ state: "detached" });
      expect(await button.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
      await button.click();
      await page.locator(".messages").click();
      await page.getByRole("listbox").waitFor({ state: "detached" });
      await button.click();
      await page.keyboard.press("Tab");
      await page.getByRole("listbox").waitFor({ state: "detached" });
    }
    await page.context().close();
  });
});

describe("an undo", () => {
  it("gives a ticket back to who had it, by its button and by z", async () => {
    const { id } = await dashboard.ticket("A lamp that wanders", priya);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp that wanders");
    await choose(page, /^Assignee/, "Tom Okafor");
    await toast(page, /is assigned to Tom Okafor/).waitFor();
    await shoot(page, "undo");
    expect((await read(id)).assignee?.id).toBe(tom.id);
    await undo(page).click();
    await toast(page, /^Undone/).waitFor();
    expect((await read(id)).assignee?.id).toBe(priya.id);
    await page.getByRole("button", { name: "Assignee: Priya Raman" }).waitFor();
    await page.keyboard.type("aNobody\n");
    await toast(page, /is unassigned/).waitFor();
    await page.keyboard.press("z");
    await eventually(async () => (await read(id)).assignee?.id).toBe(priya.id);
    await page.context().close();
  });

  it("takes two changes of one ticket back, one after the other", async () => {
    const { id } = await dashboard.ticket("A lamp changed twice", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp changed twice");
    await choose(page, /^Priority/, "Urgent");
    await page.getByRole("button", { name: "Priority: Urgent" }).waitFor();
    await choose(page, /^Assignee/, "Tom Okafor");
    await page.getByRole("button", { name: "Assignee: Tom Okafor" }).waitFor();
    await page.keyboard.press("z");
    await page.getByRole("button", { name: "Assignee: Mara Lindqvist" }).waitFor();
    await page.keyboard.press("z");
    await page.getByRole("button", { name: "Priority: Normal" }).waitFor();
    expect(await read(id)).toMatchObject({ priority: "NORMAL", assignee: { id: mara.id } });
    await page.context().close();
  });

  it("reopens a resolved ticket, and is not offered where the status can't go back", async () => {
    const [open, pending] = [
      await dashboard.ticket("A lamp resolved", mara),
      await dashboard.ticket("A lamp pending", mara),
    ];
    await dashboard.desk.tickets.setStatus({ ticketId: pending.id, status: "PENDING" });
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp resolved");
    await page.keyboard.type("sr\n");
    await toast(page, `${open.code} is Resolved.`).waitFor();
    expect((await read(open.id)).status).toBe("RESOLVED");
    await undo(page).click();
    await toast(page, /^Undone/).waitFor();
    expect((await read(open.id)).status).toBe("OPEN");
    await row(page, "A lamp pending").click();
    await page.getByRole("heading", { name: "A lamp pending" }).waitFor();
    await page.keyboard.type("sr\n");
    await toast(page, `${pending.code} is Resolved.`).waitFor();
    await toast(page, "No undo: from Resolved a ticket goes back to Open only, not to Pending.").waitFor();
    expect(await undo(page).count()).toBe(0);
    await shoot(page, "no-undo");
    await page.context().close();
  });

  it("overwrites nothing that a colleague changed after it", async () => {
    const { id } = await dashboard.ticket("A lamp of two minds", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp of two minds");
    await choose(page, /^Priority/, "High");
    await toast(page, /is High/).waitFor();
    await dashboard.desk.tickets.update({ ticketId: id, priority: "LOW" });
    await undo(page).click();
    await toast(page, "Not undone: the ticket was changed again in between.").waitFor();
    expect((await read(id)).priority).toBe("LOW");
    await page.context().close();
  });

  it("is over after ten seconds", async () => {
    await dashboard.ticket("A lamp for ten seconds", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp for ten seconds");
    await choose(page, /^Priority/, "High");
    await undo(page).waitFor();
    const since = Date.now();
    await undo(page).waitFor({ state: "detached" });
    expect(Date.now() - since).toBeGreaterThan(8_000);
    await page.keyboard.press("z");
    await toast(page, "There is nothing to undo.").waitFor();
    await page.context().close();
  });

  it("takes back a label, and a timer that was stopped", async () => {
    const { id } = await dashboard.ticket("A lamp with a label", mara);
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp with a label");
    await choose(page, /^Labels/, "Bug");
    await page.getByRole("button", { name: "Labels: Bug" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("z");
    await page.getByRole("button", { name: "Labels: none" }).waitFor();
    expect((await read(id)).labels).toEqual([]);
    await page.keyboard.press("t");
    await page.getByLabel("Running timer").waitFor();
    await page.keyboard.press("t");
    await page.getByLabel("Running timer").waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await page.getByLabel("Running timer").waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByLabel("Running timer").waitFor({ state: "detached" });
    await page.context().close();
  });
});
