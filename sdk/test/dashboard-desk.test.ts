/** The rest of a day at the dashboard: rows, new tickets, customers, time, a phone. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choose, Dashboard, eventually, type Member, openTicket, row, shoot, toast } from "./dashboard.ts";

let dashboard: Dashboard;
let mara: Member;
beforeAll(async () => {
  dashboard = await Dashboard.start();
  mara = await dashboard.member("mara@nordlicht.test");
}, 120_000);
afterAll(() => dashboard?.stop());

const read = (id: string) => dashboard.desk.tickets.get({ id });

describe("a row", () => {
  it("shows the last message, how long the customer has waited and the priority, and keeps them up to date", async () => {
    const page = await dashboard.open("mara@nordlicht.test");
    const { id } = await dashboard.ticket("A lamp in a row");
    const one = row(page, "A lamp in a row").first();
    await one.getByText("A lamp in a row, since yesterday.").waitFor();
    await one.getByText("waits 1 min").waitFor();
    await one.getByText("Normal").waitFor();
    await dashboard.desk.tickets.update({ ticketId: id, priority: "URGENT" });
    await one.getByText("Urgent").waitFor();
    await dashboard.desk.tickets.reply({ ticketId: id, body: "We are on our way.", status: "OPEN" });
    await one.getByText("We are on our way.").waitFor();
    await one.getByText("waits").waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("a new ticket", () => {
  it("is opened by c with a customer's words, and shows at once", async () => {
    const page = await dashboard.open("mara@nordlicht.test");
    await page.keyboard.press("c");
    const form = page.getByRole("dialog", { name: "New ticket" });
    await form.getByLabel("Subject").fill("The hall is dark");
    await form.getByLabel("Contact's name").fill("Grace Hall");
    await form.getByLabel("Contact's e-mail").fill("grace@example.com");
    await form.getByLabel("Priority").selectOption("HIGH");
    await form.getByLabel("Description").fill("All lamps went out.");
    await shoot(page, "new-ticket");
    await form.getByRole("button", { name: "Create" }).click();
    await page.getByRole("heading", { name: "The hall is dark" }).waitFor();
    await page.locator(".message.inbound", { hasText: "All lamps went out." }).waitFor();
    await page.getByRole("button", { name: "Priority: High" }).waitFor();
    await page.getByRole("complementary", { name: "Customer" }).getByText("grace@example.com").waitFor();
    await page.context().close();
  });

  it("is opened by a c that came before the desk knew what its member may do", async () => {
    const page = await dashboard.open("mara@nordlicht.test");
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("permissions")) await held;
      await route.continue();
    });
    await page.reload();
    await page.getByRole("link", { name: /^All/ }).waitFor();
    await page.keyboard.press("c");
    answer();
    await page.getByRole("dialog", { name: "New ticket" }).getByLabel("Subject").waitFor();
    await page.context().close();
  });

  it("writes to the customer first when that is chosen, and says what is wrong without losing what was typed", async () => {
    const page = await dashboard.open("mara@nordlicht.test");
    await page.getByRole("button", { name: "New ticket" }).click();
    const form = page.getByRole("dialog", { name: "New ticket" });
    await form.getByLabel("Subject").fill("Your lamp is ready");
    await form.getByLabel("Contact's e-mail").fill("a@b");
    await form.getByLabel("Write to the customer").check();
    await form.getByLabel("Message to the customer").fill("You can fetch it.");
    await form.getByRole("button", { name: "Create and send" }).click();
    await form.getByRole("alert").waitFor();
    expect(await form.getByLabel("Message to the customer").inputValue()).toBe("You can fetch it.");
    await form.getByLabel("Contact's e-mail").fill("grace@example.com");
    await form.getByRole("button", { name: "Create and send" }).click();
    await page.locator(".message.outbound", { hasText: "You can fetch it." }).waitFor();
    await page.getByRole("button", { name: "Status: Pending" }).waitFor();
    await page.context().close();
  });

  it("is not offered to the Viewer role, and c says so", async () => {
    const page = await dashboard.open("eva@nordlicht.test");
    await page.locator(".row").first().waitFor();
    expect(await page.getByRole("button", { name: "New ticket" }).count()).toBe(0);
    await page.keyboard.press("c");
    await toast(page, "Your role can't create tickets.").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });
});

describe("the customer", () => {
  it("shows with company, phone and other tickets, and without what the viewer may not see", async () => {
    const { id } = await dashboard.ticket("The first lamp of Ada");
    await dashboard.ticket("The second lamp of Ada");
    const { contact } = await read(id);
    await dashboard.desk.contacts.update({ contactId: contact.id, phone: "+49 30 1234", notes: "Calls are fine." });
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "The first lamp of Ada");
    const bar = page.getByRole("complementary", { name: "Customer" });
    await bar.getByText("+49 30 1234").waitFor();
    await bar.getByText("Calls are fine.").waitFor();
    await shoot(page, "customer");
    await bar.getByRole("button", { name: "The second lamp of Ada" }).click();
    await page.getByRole("heading", { name: "The second lamp of Ada" }).waitFor();
    await page.context().close();
    // As the server answers a role without contact.view.
    const other = await dashboard.open("mara@nordlicht.test");
    await other.route("**/graphql", async (route) => {
      const response = await route.fetch();
      const text = (await response.text()).replaceAll('"phone":"+49 30 1234"', '"phone":null');
      await route.fulfill({ response, body: text.replaceAll('"notes":"Calls are fine."', '"notes":null') });
    });
    await openTicket(other, "The first lamp of Ada");
    const without = other.getByRole("complementary", { name: "Customer" });
    await without.getByText("ada@example.com").waitFor();
    expect(await without.getByText(/Phone|Notes|null/).count()).toBe(0);
    await other.context().close();
  });

  it("gets company of participants, who are added, removed and brought back", async () => {
    const { id } = await dashboard.ticket("A lamp for two");
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp for two");
    const bar = page.getByRole("region", { name: "Participants" });
    await bar.getByLabel("E-mail of a participant").fill("bob@example.com");
    await bar.getByRole("button", { name: "Add" }).click();
    await bar.getByText("bob", { exact: true }).waitFor();
    await bar.getByRole("button", { name: "Remove bob" }).click();
    await bar.getByText("Nobody else gets the replies.").waitFor();
    await page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" }).last().click();
    await bar.getByText("bob", { exact: true }).waitFor();
    const { ticket } = await dashboard.desk.query({ ticket: { $: { by: { id } }, participants: { email: true } } });
    expect(ticket?.participants).toEqual([{ email: "bob@example.com" }]);
    await page.context().close();
  });
});

describe("time", () => {
  it("is logged by hand in the words that people use, and refused with the forms that are known", async () => {
    const { id } = await dashboard.ticket("A lamp that takes time");
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp that takes time");
    await page.keyboard.press(".");
    await page.keyboard.type("log\n");
    const form = page.getByRole("dialog", { name: /^Log time/ });
    await form.getByLabel("Duration").fill("a while");
    await form.getByLabel("Description").fill("Changed the bulb");
    await form.getByLabel("Billable").uncheck();
    await form.getByRole("button", { name: "Log time" }).click();
    await form
      .getByRole("alert")
      .getByText(/1h 30m/)
      .waitFor();
    await shoot(page, "log-time");
    await form.getByLabel("Duration").fill("1h 30m");
    await form.getByRole("button", { name: "Log time" }).click();
    await page.getByTitle("Time on this ticket").getByText("1 h 30 min").waitFor();
    const entries = () => dashboard.desk.time.list({ filter: { ticket: { id: { eq: id } } } }).toArray({ limit: 5 });
    expect(await entries()).toMatchObject([
      { durationMinutes: 90, description: "Changed the bulb", isBillable: false, member: { id: mara.id } },
    ]);
    await page.keyboard.press("z");
    await eventually(entries).toEqual([]);
    await page.context().close();
  });
});

describe("snoozing and merging", () => {
  it("makes a ticket pending until an instant, and undoes that", async () => {
    const { id } = await dashboard.ticket("A lamp for tomorrow");
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp for tomorrow");
    await choose(page, "More", "Snooze …");
    const form = page.getByRole("dialog", { name: /^Snooze/ });
    await form.getByLabel("Tomorrow").check();
    await shoot(page, "snooze");
    await form.getByRole("button", { name: "Snooze" }).click();
    await toast(page, /is Pending until/).waitFor();
    const snoozed = await read(id);
    expect(snoozed.status).toBe("PENDING");
    expect(new Date(snoozed.pendingUntil ?? 0).getHours()).toBe(9);
    await page.keyboard.press("z");
    await eventually(async () => (await read(id)).status).toBe("OPEN");
    await page.context().close();
  });

  it("moves a ticket into another, opens that one and says that there is no way back", async () => {
    const [goes, stays] = [await dashboard.ticket("A lamp that goes"), await dashboard.ticket("A lamp that stays")];
    const page = await dashboard.open("mara@nordlicht.test");
    await openTicket(page, "A lamp that goes");
    await choose(page, "More", "Merge …");
    const form = page.getByRole("dialog", { name: /^Merge/ });
    await form.getByText("A merge can't be undone.").waitFor();
    await form.getByLabel("Into the ticket").fill(stays.code.toLowerCase());
    await form.getByRole("button", { name: "Merge" }).click();
    await page.getByRole("heading", { name: "A lamp that stays" }).waitFor();
    await toast(page, "A merge can't be undone.").waitFor();
    await page.locator(".message", { hasText: "A lamp that goes, since yesterday." }).waitFor();
    expect((await read(goes.id)).status).toBe("CLOSED");
    await page.context().close();
  });
});

describe("on a phone", () => {
  it("shows at which end of the queues there is more, and the customer on demand", async () => {
    const page = await dashboard.open("mara@nordlicht.test", { viewport: { width: 390, height: 844 } });
    const fade = (end: string) =>
      page
        .locator(".queues")
        .evaluate(
          (element, name) => element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name),
          end,
        );
    await page.getByRole("link", { name: /^Mine/ }).click();
    await eventually(() => fade("--fade-start")).toBe("0px");
    expect(await fade("--fade-end")).not.toBe("0px");
    await page.locator(".queues").evaluate((element) => element.scrollTo(element.scrollWidth, 0));
    await eventually(() => fade("--fade-end")).toBe("0px");
    expect(await fade("--fade-start")).not.toBe("0px");
    await page.goto(`${dashboard.url}#ALL`);
    await page.locator(".row").first().click();
    await page.getByRole("button", { name: "Customer" }).click();
    await page.getByRole("complementary", { name: "Customer" }).getByRole("heading").first().waitFor();
    await shoot(page, "narrow-customer");
    await page.getByRole("button", { name: "Close" }).click();
    for (const menu of [/^Status/, /^Labels/, "More"]) {
      await page.getByRole("button", { name: menu }).click();
      await page.getByRole("listbox").waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth > innerWidth")).toBe(false);
      const box = await page.getByRole("listbox").boundingBox();
      expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
      if (menu === "More") await shoot(page, "narrow-menu");
      await page.keyboard.press("Escape");
    }
    await page.context().close();
  });
});
