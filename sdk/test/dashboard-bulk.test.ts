/** Changes of many tickets on the dashboard, and what takes them back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { choose, Dashboard, eventually, type Member, row, shoot, toast } from "./dashboard.ts";

let dashboard: Dashboard;
let mara: Member;
let tom: Member;
beforeAll(async () => {
  dashboard = await Dashboard.start();
  [mara, tom] = await Promise.all([dashboard.member("mara@nordlicht.test"), dashboard.member("tom@nordlicht.test")]);
}, 120_000);
afterAll(() => dashboard?.stop());

const read = (id: string) => dashboard.desk.tickets.get({ id });

describe("many tickets at once", () => {
  it("get a status, an assignee, a priority and a label, and lose them again by undo", async () => {
    const made = [await dashboard.ticket("Bulk one", tom), await dashboard.ticket("Bulk two")];
    const page = await dashboard.open("mara@nordlicht.test");
    await page.getByRole("link", { name: /^All/ }).click();
    await page.getByRole("searchbox").fill("Bulk");
    await row(page, "Bulk one").waitFor();
    await page.getByRole("checkbox", { name: "Select all" }).check();
    const bar = page.getByRole("region", { name: "Selected tickets" });
    const undoing = async (menu: string, option: string, check: () => Promise<unknown>, expected: unknown) => {
      const before = await Promise.all(made.map(({ id }) => read(id)));
      await page.getByRole("checkbox", { name: "Select all" }).check();
      await bar.getByText("2 selected").waitFor();
      if (menu === "Set status") await shoot(page, "bulk");
      await choose(page, menu, option);
      await eventually(check).toEqual(expected);
      await page.keyboard.press("Escape");
      await page.keyboard.press("z");
      const after = async () =>
        (await Promise.all(made.map(({ id }) => read(id)))).map(({ status, assignee, priority, labels }) => ({
          status,
          assignee,
          priority,
          labels,
        }));
      await eventually(after).toEqual(
        before.map(({ status, assignee, priority, labels }) => ({ status, assignee, priority, labels })),
      );
    };
    const all = <Value>(pick: (one: Awaited<ReturnType<typeof read>>) => Value) => {
      return async () => (await Promise.all(made.map(({ id }) => read(id)))).map(pick);
    };
    await undoing(
      "Set status: none",
      "Resolved",
      all(({ status }) => status),
      ["RESOLVED", "RESOLVED"],
    );
    await undoing(
      "Set assignee: none",
      "Mara Lindqvist",
      all(({ assignee }) => assignee?.id),
      [mara.id, mara.id],
    );
    await undoing(
      "Set priority: none",
      "Urgent",
      all(({ priority }) => priority),
      ["URGENT", "URGENT"],
    );
    await undoing(
      "Set labels: none",
      "VIP",
      all(({ labels }) => labels.map(({ name }) => name)),
      [["VIP"], ["VIP"]],
    );
    await page.context().close();
  });

  it("go to the trash and come out of it", async () => {
    const made = [await dashboard.ticket("Rubbish one"), await dashboard.ticket("Rubbish two")];
    const page = await dashboard.open("mara@nordlicht.test");
    await page.getByRole("searchbox").fill("Rubbish");
    await row(page, "Rubbish one").waitFor();
    for (const { code } of made) await page.getByRole("checkbox", { name: `Select ${code}` }).check();
    const bar = page.getByRole("region", { name: "Selected tickets" });
    await bar.getByRole("button", { name: "Delete" }).click();
    await row(page, "Rubbish one").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Trash" }).click();
    await row(page, "Rubbish one").click();
    await page.locator(".message", { hasText: "Rubbish one, since yesterday." }).waitFor();
    await page.keyboard.press("r");
    await toast(page, /is in the trash\. Restore it first\./).waitFor();
    await page.getByRole("checkbox", { name: "Select all" }).check();
    await bar.getByRole("button", { name: "Restore" }).click();
    await page.getByRole("tab", { name: "Reply", disabled: false }).waitFor();
    await row(page, "Rubbish one").waitFor({ state: "detached" });
    await page.getByRole("link", { name: /^Open/ }).click();
    await row(page, "Rubbish two").waitFor();
    await page.context().close();
  });

  it("say for each ticket why it stayed as it was, and keep it selected", async () => {
    const [mine, his] = [await dashboard.ticket("Mixed one"), await dashboard.ticket("Mixed two", tom)];
    const page = await dashboard.open("priya@nordlicht.test");
    await page.getByRole("searchbox").fill("Mixed");
    await row(page, "Mixed two").click();
    await page.getByRole("heading", { name: "Mixed two" }).waitFor();
    await page.keyboard.press("x");
    await page.getByRole("checkbox", { name: `Select ${mine.code}` }).check();
    await choose(page, "Set priority: none", "High");
    const failures = page.getByRole("alert", { name: "Not changed" });
    await failures.getByText(his.code).waitFor();
    await shoot(page, "bulk-failures");
    await page.getByText("1 selected").waitFor();
    expect(await page.getByRole("checkbox", { name: `Select ${his.code}` }).isChecked()).toBe(true);
    expect((await read(mine.id)).priority).toBe("HIGH");
    expect((await read(his.id)).priority).toBe("NORMAL");
    expect(await page.getByRole("link", { name: "Trash" }).count()).toBe(0);
    await page.context().close();
  });
});
