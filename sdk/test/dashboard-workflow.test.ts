/** Many tickets by keys alone, at a pace that doesn't wait for the page. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dashboard, eventually, type Member, openTicket, row } from "./dashboard.ts";

const pace = 350;

let dashboard: Dashboard;
let jonas: Member;
beforeAll(async () => {
  dashboard = await Dashboard.start();
  jonas = await dashboard.member("jonas@nordlicht.test");
}, 120_000);
afterAll(() => dashboard?.stop());

const statuses = async (ids: string[]) =>
  Promise.all(ids.map(async (id) => (await dashboard.desk.tickets.get({ id })).status));

/** Everything that the page asks for takes so much longer. */
const slow = (page: Page, delayMs: number) =>
  page.route("**/graphql", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs)); // The network's time.
    await route.continue();
  });

/** So many tickets of Jonas, the only ones in a list filtered by their name. */
async function tickets(name: string, count: number): Promise<{ id: string; code: string }[]> {
  const made: { id: string; code: string }[] = [];
  for (let number = 1; number <= count; number++) made.push(await dashboard.ticket(`${name} ${number}.`, jonas));
  return made;
}

async function openMine(name: string): Promise<Page> {
  const page = await dashboard.open("jonas@nordlicht.test");
  await page.getByRole("link", { name: /^Mine/ }).click();
  await row(page, `${name} 1.`).waitFor();
  return page;
}

describe("working through a queue", () => {
  it("resolves 20 of 20 tickets by keys pressed every 350 ms, whatever the page is doing", async () => {
    const made = await tickets("Twenty", 20);
    const page = await openMine("Twenty");
    await slow(page, 250);
    await page.keyboard.press("j");
    await page.waitForTimeout(pace); // Here and below the pace is the subject.
    for (let number = 1; number <= 20; number++) {
      // One by its menu, the next by a reply that resolves.
      await page.keyboard.type(number % 2 === 1 ? "sr\n" : "rok", { delay: pace });
      if (number % 2 === 0) {
        await page.keyboard.press("Control+Shift+Enter");
        await page.waitForTimeout(pace);
      }
    }
    const ids = made.map(({ id }) => id);
    await eventually(() => statuses(ids), { timeout: 60_000 }).toEqual(ids.map(() => "RESOLVED"));
    const replies = await Promise.all(
      ids.map(async (ticketId) =>
        (await dashboard.desk.tickets.messages({ ticketId })).nodes.map((one) => one.bodyText),
      ),
    );
    expect(replies.filter((texts) => texts.includes("ok"))).toHaveLength(10);
    expect(replies.flat().filter((text) => text !== "ok" && !text.startsWith("Twenty"))).toEqual([]);
    await page.context().close();
  }, 180_000);

  it("keeps what is typed while a thread loads for that ticket, and writes nothing on the one before", async () => {
    const [, lower, upper] = await tickets("Typed ahead", 3);
    const page = await openMine("Typed ahead");
    await row(page, "Typed ahead 3.").click();
    await page.getByRole("heading", { name: "Typed ahead 3." }).waitFor();
    await slow(page, 1_500);
    await page.keyboard.press("j");
    await page.keyboard.type("nA note for the second");
    await page.keyboard.press("Control+Enter");
    await page.locator(".message.note", { hasText: "A note for the second" }).waitFor();
    await eventually(() => page.getByRole("heading", { name: "Typed ahead 2." }).isVisible()).toBe(true);
    const texts = async (ticketId = "") =>
      (await dashboard.desk.tickets.messages({ ticketId })).nodes.map((m) => m.bodyText);
    expect(await texts(lower?.id)).toContain("A note for the second");
    expect(await texts(upper?.id)).toHaveLength(1);
    await page.context().close();
  });

  it("ignores what is typed ahead when the ticket before could not be resolved", async () => {
    const [below, top] = await tickets("Refused", 2);
    const page = await openMine("Refused");
    await row(page, "Refused 2.").click();
    await page.getByRole("heading", { name: "Refused 2." }).waitFor();
    await page.getByRole("textbox", { name: "Reply" }).fill("x".repeat(100_001));
    await slow(page, 1_000);
    await page.getByRole("textbox", { name: "Reply" }).press("Control+Shift+Enter");
    await page.keyboard.type("sc\n");
    await page.locator(".composer [role=alert]").waitFor();
    await page.getByText("3 keys were ignored.").waitFor();
    expect(await page.getByRole("textbox", { name: "Reply" }).inputValue()).toHaveLength(100_001);
    expect(await statuses([below?.id ?? "", top?.id ?? ""])).toEqual(["OPEN", "OPEN"]);
    await page.context().close();
  });

  it("opens the ticket below after resolving, and the one above after the last", async () => {
    await tickets("In a row", 3);
    const page = await openMine("In a row");
    await page.getByRole("searchbox").fill("In a row");
    await row(page, "In a row 2.").click();
    await page.getByRole("heading", { name: "In a row 2." }).waitFor();
    await page.keyboard.type("sr\n");
    await page.getByRole("heading", { name: "In a row 1." }).waitFor();
    await page.keyboard.type("sr\n");
    await page.getByRole("heading", { name: "In a row 3." }).waitFor();
    await page.keyboard.type("sr\n");
    await page.getByText("Choose a ticket").waitFor();
    await page.context().close();
  });

  it("moves on with j while a thread loads, and forgets typed keys when a pointer opens another ticket", async () => {
    const made = await tickets("Skipped", 3);
    const page = await openMine("Skipped");
    await row(page, "Skipped 3.").click();
    await page.getByRole("heading", { name: "Skipped 3." }).waitFor();
    await slow(page, 1_000);
    await page.keyboard.type("jj");
    await page.getByRole("heading", { name: "Skipped 1." }).waitFor();
    await page.keyboard.press("k");
    await page.keyboard.type("sr\n");
    await row(page, "Skipped 3.").click();
    await page.getByRole("heading", { name: "Skipped 3." }).waitFor();
    await page.waitForTimeout(1_500); // Longer than what is slow: nothing comes of the keys.
    expect(await statuses(made.map(({ id }) => id))).toEqual(["OPEN", "OPEN", "OPEN"]);
    await page.context().close();
  });
});

it("forgets keys that had to wait for more than ten seconds", async () => {
  const [, lower] = await tickets("Waited", 3);
  const page = await openMine("Waited");
  await row(page, "Waited 3.").click();
  await page.getByRole("heading", { name: "Waited 3." }).waitFor();
  await slow(page, 6_000);
  await page.keyboard.press("j");
  await page.keyboard.type("sr\n");
  await page.getByRole("heading", { name: "Waited 2." }).waitFor();
  await page.unroute("**/graphql");
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).waitFor();
  expect(await page.getByRole("listbox").count()).toBe(0);
  expect((await dashboard.desk.tickets.get({ id: lower?.id ?? "" })).status).toBe("OPEN");
  await page.context().close();
});

it("opens at the address of a ticket, and takes keys once it is there", async () => {
  const { code } = await dashboard.ticket("A lamp with an address", jonas);
  const page = await dashboard.open("jonas@nordlicht.test");
  await openTicket(page, "A lamp with an address");
  await page.reload();
  await page.keyboard.press("n");
  await page.getByRole("heading", { name: "A lamp with an address" }).waitFor();
  expect(page.url()).toContain(code);
  await page.keyboard.press("n");
  await page.getByRole("textbox", { name: "Note" }).waitFor();
  await page.context().close();
});
