import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const update = `mutation ($input: OrganizationUpdateInput!) { organizationUpdate(input: $input) { cursor organization {
  name ticketPrefix defaultCurrency timeZone defaultHourlyRate { amount currency } logoUrl primaryColor emailSignature
  outboundMailboxMode closedTicketReply reopenWithinDays autoCloseResolvedAfterDays billingIncrementMinutes version } } }`;

describe("organizationUpdate", () => {
  it("changes what is given, leaves what is absent and clears what is null", async () => {
    const input = {
      name: "Acme Inc.",
      defaultHourlyRate: "120.5",
      logoUrl: "https://acme.test/logo.png",
      primaryColor: "#3B82F6",
      closedTicketReply: "REOPEN",
      autoCloseResolvedAfterDays: null,
    };
    const { organizationUpdate: first } = await admin.client.get(update, { input });
    expect(first.organization).toMatchObject({
      name: "Acme Inc.",
      defaultHourlyRate: { amount: "120.50", currency: "EUR" },
      primaryColor: "#3b82f6",
      closedTicketReply: "REOPEN",
      autoCloseResolvedAfterDays: null,
      reopenWithinDays: 30,
      version: 2,
    });
    const { organizationUpdate: second } = await admin.client.get(update, {
      input: { logoUrl: null, defaultHourlyRate: "120.50" },
    });
    expect(second.organization).toMatchObject({ name: "Acme Inc.", logoUrl: null, version: 3 });
    const { organizationUpdate: same } = await admin.client.get(update, {
      input: { name: "Acme Inc.", defaultHourlyRate: "120.500" },
    });
    expect([same.organization.version, same.cursor]).toEqual([3, second.cursor]);
  });

  it("gives new tickets a new prefix and leaves old codes; the old prefix stays the organization's own", async () => {
    const own = await test.world.organization("Renamed");
    const boss = await own.member("Admin");
    const old = await own.ticket();
    const prefix = `N${own.prefix}`.slice(0, 10);
    await boss.client.get(update, { input: { ticketPrefix: prefix.toLowerCase() } });
    const create =
      'mutation { ticketCreate(input: { subject: "x", contact: { person: { email: "n@mail.test" } } }) { ticket { code } } }';
    expect((await boss.client.get(create)).ticketCreate.ticket.code).toBe(`${prefix}-1`);
    expect(
      await boss.client.code("query ($code: String!) { ticket(by: { code: $code }) { id } }", { code: old.code }),
    ).toBeNull();
    expect(await admin.client.code(update, { input: { ticketPrefix: own.prefix } })).toBe("ALREADY_EXISTS");
  });

  it("names the path of each fault, and refuses an outdated version", async () => {
    const { errors } = await admin.client.ask(update, {
      input: {
        name: " ",
        ticketPrefix: "1",
        defaultCurrency: "EURO",
        timeZone: "+02:00",
        defaultHourlyRate: "-1",
        logoUrl: "javascript:x",
        primaryColor: "blue",
        reopenWithinDays: 366,
        autoCloseResolvedAfterDays: 0,
        billingIncrementMinutes: 0,
      },
    });
    expect(errors[0]?.extensions.issues?.map(({ path }) => path[1])).toEqual([
      "name",
      "ticketPrefix",
      "defaultCurrency",
      "timeZone",
      "defaultHourlyRate",
      "logoUrl",
      "primaryColor",
      "reopenWithinDays",
      "autoCloseResolvedAfterDays",
      "billingIncrementMinutes",
    ]);
    expect(await admin.client.code(update, { input: { name: "x", expectedVersion: 1 } })).toBe("CONFLICT");
  });

  it("needs time.manage for the rate and the currency, beside organization.manage", async () => {
    const office = await acme.member({ "organization.manage": true, "ticket.view": "ALL" });
    expect(await office.client.code(update, { input: { emailSignature: "Yours, Acme" } })).toBeNull();
    expect(await office.client.code(update, { input: { defaultHourlyRate: "1" } })).toBe("FORBIDDEN");
    expect(await office.client.code(update, { input: { defaultCurrency: "USD" } })).toBe("FORBIDDEN");
    expect(
      (await office.client.get(update, { input: {} })).organizationUpdate.organization.defaultHourlyRate,
    ).toBeNull();
    expect(await (await acme.member("Manager")).client.code(update, { input: { name: "x" } })).toBe("FORBIDDEN");
  });
});

describe("viewer.queues", () => {
  it("count what their filters list, for every reach, in one statement", async () => {
    const own = await test.world.organization("Queues");
    const agent = await own.member("Agent");
    const narrow = await own.member({ "ticket.view": "ASSIGNED" });
    for (const status of ["OPEN", "PENDING", "RESOLVED", "CLOSED"] as const)
      for (const assignee of [null, agent, narrow]) await own.ticket({ status, assignee });
    const ask = "{ viewer { queues { key filter ticketCount } } }";
    for (const { client } of [agent, narrow, await own.apiKey("Viewer")]) {
      const { viewer } = await client.get(ask);
      expect(viewer.queues.map(({ key }: { key: string }) => key)).toEqual([
        "OPEN",
        "PENDING",
        "RESOLVED",
        "CLOSED",
        "MINE",
        "UNASSIGNED",
        "ALL",
      ]);
      for (const { key, filter, ticketCount } of viewer.queues) {
        const { tickets } = await client.get(
          "query ($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }",
          { filter },
        );
        expect(ticketCount, key).toBe(tickets.totalCount);
      }
    }
    await agent.client.get(ask);
    await agent.client.get(ask);
    // The sign-in check and the counts.
    expect(test.lastStatements()).toBe(2);
  });
});
