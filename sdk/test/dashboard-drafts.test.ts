/** What is written on the dashboard: it outlives leaving, reloading and faults, and is sent knowingly. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dashboard, eventually, live, type Member, openTicket, row, shoot } from "./dashboard.ts";

let dashboard: Dashboard;
let priya: Member;
let tom: Member;
beforeAll(async () => {
  dashboard = await Dashboard.start();
  [priya, tom] = await Promise.all([dashboard.member("priya@nordlicht.test"), dashboard.member("tom@nordlicht.test")]);
}, 120_000);
afterAll(() => dashboard?.stop());

const reply = (page: Page) => page.getByRole("textbox", { name: "Reply" });
const note = (page: Page) => page.getByRole("textbox", { name: "Note" });
const draftKeys = (page: Page) =>
  page.evaluate<string[]>("Object.keys(localStorage).filter((key) => key.startsWith('tiketti.draft'))");
const bodies = async (ticketId: string) =>
  (await dashboard.desk.tickets.messages({ ticketId })).nodes.map(({ bodyText }) => bodyText);

describe("a draft", () => {
  it("is there after leaving the ticket, a reload and a new window, one for the reply and one for the note", async () => {
    await dashboard.ticket("A draft to keep", priya);
    await dashboard.ticket("Another ticket", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A draft to keep");
    await reply(page).fill("Half a reply");
    await page.getByRole("tab", { name: "Note" }).click();
    await note(page).fill("Half a note");
    await row(page, "Another ticket").click();
    await page.getByRole("heading", { name: "Another ticket" }).waitFor();
    expect(await reply(page).inputValue()).toBe("");
    await row(page, "A draft to keep").click();
    await page.getByRole("heading", { name: "A draft to keep" }).waitFor();
    expect(await reply(page).inputValue()).toBe("Half a reply");
    await page.reload();
    await page.getByRole("heading", { name: "A draft to keep" }).waitFor();
    expect(await reply(page).inputValue()).toBe("Half a reply");
    // What a browser keeps over its own restart, in a new one.
    const context = await dashboard.context({ storageState: await page.context().storageState() });
    await page.context().close();
    const again = await context.newPage();
    await again.goto(`${dashboard.url}#ALL`);
    await live(again);
    await row(again, "A draft to keep").click();
    await again.getByRole("tab", { name: "Note" }).click();
    expect(await note(again).inputValue()).toBe("Half a note");
    await again.context().close();
  });

  it("is removed when it is sent, when it is emptied, and when its writer signs out", async () => {
    const { id } = await dashboard.ticket("A draft to send", priya);
    const page = await dashboard.openAnew("priya@nordlicht.test");
    await openTicket(page, "A draft to send");
    await reply(page).fill("A whole reply");
    expect(await draftKeys(page)).toHaveLength(1);
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.locator(".message", { hasText: "A whole reply" }).waitFor();
    await eventually(() => draftKeys(page)).toEqual([]);
    expect(await bodies(id)).toContain("A whole reply");
    await reply(page).fill("x");
    await reply(page).fill("");
    expect(await draftKeys(page)).toEqual([]);
    await reply(page).fill("Never sent");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Password").waitFor();
    expect(await draftKeys(page)).toEqual([]);
    await page.context().close();
  });

  it("is shown to nobody else who signs in at the same browser, and removed after 30 days", async () => {
    await dashboard.ticket("A draft of one's own");
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A draft of one's own");
    await reply(page).fill("Mara's words");
    // Somebody else signs in after a session that ended by itself.
    await page.evaluate("localStorage.removeItem('tiketti.session')");
    await page.reload();
    await dashboard.signIn(page, "priya@nordlicht.test");
    await page.getByRole("heading", { name: "A draft of one's own" }).waitFor();
    expect(await reply(page).inputValue()).toBe("");
    expect(await draftKeys(page)).toHaveLength(1);
    await page.evaluate(`for (const key of Object.keys(localStorage)) if (key.startsWith("tiketti.draft")) {
      const draft = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key, JSON.stringify({ ...draft, savedAt: Date.now() - 31 * 24 * 3600 * 1000 }));
    }`);
    await page.reload();
    await page.getByRole("heading", { name: "A draft of one's own" }).waitFor();
    expect(await draftKeys(page)).toEqual([]);
    await page.context().close();
  });
});

describe("a reply to an older state of the thread", () => {
  it("is not sent before its writer has seen what came in between, and then is", async () => {
    const { id } = await dashboard.ticket("A lamp in between", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp in between");
    await reply(page).fill("Please try another bulb.");
    await dashboard.desk.tickets.receive({ ticketId: id, body: "I have tried another bulb already." });
    await page.getByText("A message came after you began to write.").waitFor();
    await page.getByRole("button", { name: "Send reply" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "Not sent yet" });
    await alert.getByText("I have tried another bulb already.").waitFor();
    await shoot(page, "conflict");
    expect(await bodies(id)).not.toContain("Please try another bulb.");
    expect(await reply(page).inputValue()).toBe("Please try another bulb.");
    await alert.getByRole("button", { name: "Send anyway" }).click();
    await page.locator(".message", { hasText: "Please try another bulb." }).waitFor();
    await alert.waitFor({ state: "detached" });
    expect(await bodies(id)).toContain("Please try another bulb.");
    await page.context().close();
  });

  it("is refused for a draft of yesterday too, and goes out once it was reworded", async () => {
    const { id } = await dashboard.ticket("A lamp of yesterday", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp of yesterday");
    await reply(page).fill("Any news?");
    const context = await dashboard.context({ storageState: await page.context().storageState() });
    await page.context().close();
    await dashboard.desk.tickets.receive({ ticketId: id, body: "It works now." });
    const again = await context.newPage();
    await again.goto(`${dashboard.url}#ALL`);
    await live(again);
    await row(again, "A lamp of yesterday").click();
    await again.getByRole("button", { name: "Send reply" }).click();
    await again.getByRole("alert").getByText("It works now.").waitFor();
    await again.getByRole("button", { name: "Keep writing" }).click();
    await reply(again).fill("Glad to hear that.");
    await again.getByRole("button", { name: "Send reply" }).click();
    await again.locator(".message", { hasText: "Glad to hear that." }).waitFor();
    expect(await bodies(id)).not.toContain("Any news?");
    await again.context().close();
  });
});

describe("a ticket that becomes somebody else's while one writes", () => {
  it("keeps the text, says at tab and button that it can't be sent, and offers it as a note", async () => {
    const { id, code } = await dashboard.ticket("A lamp that is taken", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp that is taken");
    await reply(page).fill("I will look at it.");
    await dashboard.desk.tickets.assign({ ticketId: id, assignee: { id: tom.id } });
    const form = page.getByRole("form", { name: "Write" });
    await form.getByText(new RegExp(`${code} is assigned to Tom Okafor, so you can't reply`)).waitFor();
    await shoot(page, "taken");
    expect(await reply(page).inputValue()).toBe("I will look at it.");
    expect(await form.getByRole("tab", { name: "Reply" }).getAttribute("aria-disabled")).toBe("true");
    expect(await form.getByRole("button", { name: "Can't send" }).isDisabled()).toBe(true);
    expect(await form.getByRole("button", { name: "Send and resolve" }).count()).toBe(0);
    await reply(page).press("Control+Enter");
    await form.getByRole("button", { name: "Use it as a note" }).click();
    expect(await note(page).inputValue()).toBe("I will look at it.");
    await form.getByRole("button", { name: "Add note" }).click();
    await page.locator(".message.note", { hasText: "I will look at it." }).waitFor();
    expect(await bodies(id)).toHaveLength(2);
    await page.context().close();
  });

  it("can be sent again once the ticket is one's own", async () => {
    const { id } = await dashboard.ticket("A lamp taken back", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp taken back");
    await reply(page).fill("It is on its way.");
    await dashboard.desk.tickets.assign({ ticketId: id, assignee: { id: tom.id } });
    await page.getByRole("button", { name: "Assign to me" }).click();
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.locator(".message", { hasText: "It is on its way." }).waitFor();
    await page.context().close();
  });
});

describe("a fault", () => {
  it("of a restart reads as reconnecting, keeps the text and is gone when the server is back", async () => {
    const { id } = await dashboard.ticket("A lamp and a restart", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp and a restart");
    await reply(page).fill("Sent during a restart");
    await dashboard.server.stop("SIGKILL");
    await page.getByRole("status").getByText("reconnecting").waitFor();
    await page.getByRole("button", { name: "Send reply" }).click();
    const alert = page.locator(".composer [role=alert]");
    await alert.getByText("The server isn't answering. Reconnecting … Your text is kept.").waitFor({ timeout: 30_000 });
    await shoot(page, "reconnecting");
    expect(await page.getByText(/Is it running|can't be reached|502/).count()).toBe(0);
    expect(await reply(page).inputValue()).toBe("Sent during a restart");
    await dashboard.server.start();
    await alert.waitFor({ state: "detached", timeout: 30_000 });
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.locator(".message", { hasText: "Sent during a restart" }).waitFor();
    expect((await bodies(id)).filter((text) => text === "Sent during a restart")).toHaveLength(1);
    await page.context().close();
  }, 90_000);

  it("of a proxy before a server that restarts reads as reconnecting, in lists, threads and changes", async () => {
    await dashboard.ticket("A lamp and a proxy", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp and a proxy");
    await page.route("**/graphql", (route) => route.fulfill({ status: 502, body: "<h1>502 Bad Gateway</h1>" }));
    await page.keyboard.type("ph\n");
    const notices = page.getByRole("region", { name: "Notices" });
    await notices.getByText("The server isn't answering. Reconnecting …").waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByText("The server isn't answering. Reconnecting …").first().waitFor({ timeout: 30_000 });
    expect(await page.getByText(/Bad Gateway|502/).count()).toBe(0);
    await page.unroute("**/graphql");
    await page.getByRole("heading", { name: "A lamp and a proxy" }).waitFor({ timeout: 30_000 });
    await row(page, "A lamp and a proxy").waitFor();
    await page.getByText("The server isn't answering.").waitFor({ state: "detached", timeout: 30_000 });
    await page.context().close();
  }, 120_000);

  it("of what was written is gone with the next success", async () => {
    await dashboard.ticket("A lamp too long", priya);
    const page = await dashboard.open("priya@nordlicht.test");
    await openTicket(page, "A lamp too long");
    await reply(page).fill("x".repeat(100_001));
    await page.getByRole("button", { name: "Send reply" }).click();
    const alert = page.locator(".composer [role=alert]");
    await alert.waitFor();
    await reply(page).fill("Short");
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.locator(".message", { hasText: "Short" }).waitFor();
    expect(await alert.count()).toBe(0);
    await page.context().close();
  });
});

it("writes to a customer on a closed ticket with a word on what becomes of it", async () => {
  const { id } = await dashboard.ticket("A closed lamp", priya);
  await dashboard.desk.tickets.setStatus({ ticketId: id, status: "CLOSED" });
  const page = await dashboard.open("priya@nordlicht.test");
  await openTicket(page, "A closed lamp");
  await reply(page).fill("For the record");
  await page.getByRole("button", { name: "Send, leave closed" }).click();
  await page.locator(".message", { hasText: "For the record" }).waitFor();
  expect((await dashboard.desk.tickets.get({ id })).status).toBe("CLOSED");
  await reply(page).fill("Let us look again");
  await page.getByRole("button", { name: "Send and reopen" }).click();
  await page.locator(".message", { hasText: "Let us look again" }).waitFor();
  expect((await dashboard.desk.tickets.get({ id })).status).toBe("OPEN");
  await page.context().close();
});
