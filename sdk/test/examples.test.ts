/** The examples, each as its own process against a server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createTiketti } from "@tiketti/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startServer } from "./server.ts";

// One of their own: what they count must not change by what other suites do.
const server = await startServer();
afterAll(() => server.remove());
const { url, apiKey, password } = server;
const tiketti = createTiketti({ url, apiKey });
const examples = path.resolve(import.meta.dirname, "../../examples");

function start(name: string, ...args: string[]): ChildProcess & { text: () => string } {
  const child = spawn(process.execPath, ["--no-warnings", "index.ts", ...args], {
    cwd: path.join(examples, name),
    env: { PATH: process.env.PATH, TIKETTI_URL: url, TIKETTI_API_KEY: apiKey, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  return Object.assign(child, { text: () => text });
}

async function run(name: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const child = start(name, ...args);
  const [code] = await once(child, "close");
  return { code, text: child.text() };
}

describe("quickstart", () => {
  it("opens a ticket, answers it, hears of both, and lists what is open", async () => {
    const { code, text } = await run("quickstart");
    expect(text).toMatch(/opened [A-Z]+-\d+: The lamp flickers/);
    expect(text).toContain("it is RESOLVED now");
    expect(text).toContain("heard TICKET_CREATED");
    expect(text).toMatch(/\d+ open tickets/);
    expect(code).toBe(0);
  });
});

describe("sync-contacts", () => {
  it("creates what is new, leaves what is known, and names the line that can't be taken", async () => {
    const first = await run("sync-contacts", "contacts.csv");
    expect(first.text).toMatch(/4 contacts: 3 created, 1 refused/);
    expect(first.text).toMatch(/line 5 \(crm-4\): .*e-mail address/);
    expect(first.code).toBe(1);
    expect((await tiketti.contacts.get({ externalId: "crm-1" })).name).toBe("Byron, Ada");
    const second = await run("sync-contacts", "contacts.csv");
    expect(second.text).not.toContain("created");
  });

  it("says how it is used when no file is given", async () => {
    expect(await run("sync-contacts")).toMatchObject({ code: 2, text: expect.stringContaining("usage:") });
  });
});

describe("mirror", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tiketti-mirror-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("copies all tickets, follows them, and misses nothing over its own restarts", async () => {
    const file = path.join(folder, "tickets.sqlite");
    const inFile = () => {
      const db = new DatabaseSync(file, { readOnly: true });
      const rows = db.prepare("select code, subject, status from tickets order by code").all();
      db.close();
      return rows.map((row) => ({ ...row }));
    };
    const onServer = async () =>
      (await tiketti.tickets.list({ first: 100 }).toArray())
        .map(({ code, subject, status }) => ({ code, subject, status }))
        .sort((a, b) => (a.code < b.code ? -1 : 1));
    const same = async () => expect(inFile()).toEqual(await onServer());
    const write = async (subject: string) => {
      const { ticket } = await tiketti.tickets.create({
        subject,
        contact: { person: { name: "Mirror", email: "mirror@example.com" } },
      });
      return ticket?.code as string;
    };

    const first = start("mirror", file);
    await vi.waitFor(() => expect(first.text()).toContain("copied"), 20_000);
    const code = await write("While it runs");
    await vi.waitFor(same, 10_000);
    first.kill("SIGKILL");
    await once(first, "close");

    await tiketti.tickets.update({ ticket: { code }, subject: "While it was away" });
    await tiketti.tickets.delete({ ticket: { code: await write("Came and went") } });
    expect((await run("mirror", file, "--once")).text).toContain("2 tickets changed since");
    await same();

    await write("While it was away again");
    const second = start("mirror", file);
    await vi.waitFor(same, 20_000);
    expect(second.text()).not.toContain("copied");
    second.kill("SIGTERM");
    const [status] = await once(second, "close");
    expect(status).toBe(0);
  });
});

describe("web-form", () => {
  it("opens one ticket for a post that is delivered twice, and adds a later message once", async () => {
    const child = start("web-form");
    await vi.waitFor(() => expect(child.text()).toMatch(/listening on \d+/), 20_000);
    const address = `http://127.0.0.1:${/listening on (\d+)/.exec(child.text())?.[1]}`;
    const post = (body: object) =>
      fetch(address, { method: "POST", body: JSON.stringify(body) }).then(async (answer) => [
        answer.status,
        await answer.json(),
      ]);
    const form = { submissionId: "s-1", name: "Ada", email: "ada@form.test", message: "The lamp flickers" };
    const [status, { code }] = await post(form);
    expect([status, code]).toEqual([200, expect.stringMatching(/^[A-Z]+-\d+$/)]);
    expect(await post(form)).toEqual([200, { code }]);
    const more = { ...form, submissionId: "s-2", message: "And now it is off", code };
    expect(await Promise.all([post(more), post(more)])).toEqual([
      [200, { code }],
      [200, { code }],
    ]);
    const { nodes } = await tiketti.tickets.messages({ ticket: { code } });
    expect(nodes.map(({ bodyText }) => bodyText)).toEqual(["The lamp flickers", "And now it is off"]);
    expect((await tiketti.messages.get({ externalId: "form s-2" })).ticket?.code).toBe(code);
    expect((await post({ ...form, submissionId: "s-3", email: "no address" }))[0]).toBe(422);
    child.kill();
    await once(child, "close");
  });

  it("is what the docs show", async () => {
    const source = await readFile(path.join(examples, "web-form/index.ts"), "utf8");
    const recipe = /\/\/ recipe: begin\n([\s\S]*?)\/\/ recipe: end/.exec(source)?.[1] as string;
    expect(await readFile(path.join(examples, "../docs/web-forms.md"), "utf8")).toContain(recipe);
  });
});

describe("time-report", () => {
  it("sums billable time by company, of a month that is given or of now", async () => {
    const { tickets } = await tiketti.query({ tickets: { $: { first: 1 }, nodes: { id: true } } });
    const ticketId = tickets.nodes[0]?.id as string;
    const { accessToken, memberships } = await createTiketti({ url }).sessions.signIn({
      email: "mara@nordlicht.test",
      password,
    });
    const { organizationId } = memberships.find(({ roleName }) => roleName === "Admin") ?? {};
    const mara = createTiketti({ url, accessToken, organizationId });
    const own = await mara.tickets.list({ first: 1 });
    await mara.time.log({ ticketId: own.nodes[0]?.id ?? ticketId, duration: 45, rate: "100" });
    const now = await run("time-report");
    expect(now.text).toMatch(/Billable time of \d{4}-\d{2}/);
    expect(now.text).toMatch(/together\s+[\d.]+ h/);
    expect((await run("time-report", "2001-01")).text).toMatch(/together\s+0\.00 h\s+–/);
  });
});
