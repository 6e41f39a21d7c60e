/** Time and money through HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

let test: TestServer;
let now = new Date();
let acme: OrganizationWorld;
let admin: Person;
let manager: Person;
let agent: Person;
let other: Person;
let viewer: Person;
let company: string;
let ticket: TicketHandle;

beforeAll(async () => {
  test = await startTestServer({ deps: { clock: { now: () => now } } });
});
afterAll(() => test.close());

beforeEach(async () => {
  // A Wednesday at 10:00 in Berlin.
  now = new Date("2026-11-25T09:00:00Z");
  acme = await test.world.organization("Acme");
  [admin, manager, agent, other, viewer] = (await Promise.all(
    (["Admin", "Manager", "Agent", "Agent", "Viewer"] as const).map((role) => acme.member(role)),
  )) as [Person, Person, Person, Person, Person];
  company = await acme.company("Fjord");
  ticket = await acme.ticket({ companyId: company, subject: "Printer" });
  await rates({ organization: "60", agent: "80", company: "150" });
});

async function rates(set: { organization?: string | null; agent?: string | null; company?: string | null }) {
  const { client } = admin;
  if (set.organization !== undefined)
    await client.get(
      "mutation ($rate: Decimal) { organizationUpdate(input: { defaultHourlyRate: $rate }) { cursor } }",
      {
        rate: set.organization,
      },
    );
  if (set.agent !== undefined)
    await client.get(
      "mutation ($id: ID!, $rate: Decimal) { memberUpdate(member: { id: $id }, input: { hourlyRate: $rate }) { cursor } }",
      { id: agent.id, rate: set.agent },
    );
  if (set.company !== undefined)
    await client.get(
      "mutation ($id: ID!, $rate: Decimal) { companyUpdate(company: { id: $id }, input: { hourlyRate: $rate }) { cursor } }",
      { id: acme.globalId("Company", company), rate: set.company },
    );
}

const entryFields = `id durationMinutes billedMinutes description isBillable workedOn startedAt isRunning isStale
  ticketCode ticketSubject ticket { code } company { name } member { id } message { id } rate { amount currency } rateSource currency
  amount { amount currency } invoiceReference version viewerCan { update delete stop }`;

async function log(client: Client, input: object, on: TicketHandle = ticket) {
  const { timeEntryCreate } = await client.get(
    `mutation ($code: String!, $input: TimeEntryCreateInput!) {
      timeEntryCreate(ticket: { code: $code }, input: $input) { timeEntry { ${entryFields} } } }`,
    { code: on.code, input },
  );
  return timeEntryCreate.timeEntry;
}

/** The entry as who may see rates sees it. */
async function seen({ id }: { id: string }) {
  return (await admin.client.get(`query ($id: ID!) { node(id: $id) { ... on TimeEntry { ${entryFields} } } }`, { id }))
    .node;
}

const update = (client: Client, id: string, input: object) =>
  client.ask(
    `mutation ($id: ID!, $input: TimeEntryUpdateInput!) { timeEntryUpdate(id: $id, input: $input) { timeEntry { ${entryFields} } } }`,
    { id, input },
  );

const start = (client: Client, on: TicketHandle, input: object = {}) =>
  client.ask(
    `mutation ($code: String!, $input: TimerStartInput) { timerStart(ticket: { code: $code }, input: $input) {
      isChanged timeEntry { ${entryFields} } stoppedTimeEntry { id durationMinutes } droppedTimeEntryId } }`,
    { code: on.code, input },
  );

const stop = (client: Client, input: object = {}) =>
  client.ask(`mutation ($input: TimerStopInput) { timerStop(input: $input) { timeEntry { ${entryFields} } } }`, {
    input,
  });

const totals = "entryCount minutes billableMinutes billedMinutes unpricedCount amounts { amount currency }";

describe("logged time", () => {
  it("of 45 minutes at 150.00 costs 112.50, with the ticket's company, code and subject kept", async () => {
    expect(await seen(await log(agent.client, { duration: "45m", description: "Fixed it" }))).toMatchObject({
      ...{ durationMinutes: 45, billedMinutes: 45, isBillable: true, workedOn: "2026-11-25", description: "Fixed it" },
      ...{ ticketCode: ticket.code, ticketSubject: "Printer", company: { name: "Fjord" }, member: { id: agent.id } },
      ...{ rate: { amount: "150.00", currency: "EUR" }, rateSource: "COMPANY" },
      ...{ amount: { amount: "112.50", currency: "EUR" }, isRunning: false, invoiceReference: null },
    });
  });

  it("sums to the sum of the rounded entries: three times 1 minute at 100.00 is 5.01", async () => {
    await rates({ company: "100" });
    for (let index = 0; index < 3; index++) await log(agent.client, { duration: 1 });
    const { timeEntries } = await agent.client.get(
      `{ timeEntries { totalCount totals { ${totals} } nodes { amount { amount } } } }`,
    );
    expect(timeEntries.nodes.map((node: { amount: { amount: string } }) => node.amount.amount)).toEqual([
      "1.67",
      "1.67",
      "1.67",
    ]);
    expect(timeEntries.totals).toEqual({
      ...{ entryCount: 3, minutes: 3, billableMinutes: 3, billedMinutes: 3, unpricedCount: 0 },
      amounts: [{ amount: "5.01", currency: "EUR" }],
    });
  });

  it("in yen has no decimals: 20 minutes at 100 are 33", async () => {
    await admin.client.get(
      'mutation ($id: ID!) { companyUpdate(company: { id: $id }, input: { currency: "JPY", hourlyRate: "100" }) { cursor } }',
      {
        id: acme.globalId("Company", company),
      },
    );
    expect((await log(agent.client, { duration: 20 })).amount).toEqual({ amount: "33", currency: "JPY" });
  });

  it("is billed by the increment of its time, and costs nothing when it isn't billable", async () => {
    await admin.client.get("mutation { organizationUpdate(input: { billingIncrementMinutes: 15 }) { cursor } }");
    const entry = await log(agent.client, { duration: "0:20" });
    expect(entry).toMatchObject({ durationMinutes: 20, billedMinutes: 30, amount: { amount: "75.00" } });
    await admin.client.get("mutation { organizationUpdate(input: { billingIncrementMinutes: 60 }) { cursor } }");
    const free = (await update(agent.client, entry.id, { isBillable: false })).data.timeEntryUpdate.timeEntry;
    expect(await seen(free)).toMatchObject({
      billedMinutes: 30,
      amount: { amount: "0.00" },
      rate: { amount: "150.00" },
    });
    const longer = (await update(agent.client, entry.id, { duration: 61, isBillable: true })).data.timeEntryUpdate;
    expect(longer.timeEntry).toMatchObject({ billedMinutes: 120, amount: { amount: "300.00" } });
  });

  it("keeps its price when rates change, the company's, the member's and the organization's", async () => {
    const plain = await acme.ticket();
    const [byCompany, byMember] = [
      await log(agent.client, { duration: 60 }),
      await log(agent.client, { duration: 60 }, plain),
    ];
    const byOrganization = await log(other.client, { duration: 60 }, plain);
    await rates({ organization: "1", agent: "2", company: "3" });
    const { timeEntries } = await admin.client.get("{ timeEntries { nodes { id rateSource amount { amount } } } }");
    const amountOf = (id: string) => timeEntries.nodes.find((node: { id: string }) => node.id === id);
    expect(amountOf(byCompany.id)).toMatchObject({ rateSource: "COMPANY", amount: { amount: "150.00" } });
    expect(amountOf(byMember.id)).toMatchObject({ rateSource: "MEMBER", amount: { amount: "80.00" } });
    expect(amountOf(byOrganization.id)).toMatchObject({ rateSource: "ORGANIZATION", amount: { amount: "60.00" } });
    // Its minutes may change: the rate stays.
    const longer = await update(agent.client, byMember.id, { duration: "2h" });
    expect(longer.data.timeEntryUpdate.timeEntry.amount.amount).toBe("160.00");
  });

  it("is dated not later than today anywhere on earth", async () => {
    now = new Date("2026-11-25T12:30:00Z");
    // In Kiribati it is the 26th.
    expect((await log(agent.client, { duration: 5, workedOn: "2026-11-26" })).workedOn).toBe("2026-11-26");
    const create = `mutation ($code: String!, $day: Date!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5, workedOn: $day }) { cursor } }`;
    for (const day of ["2026-11-27", "2026-02-30", "yesterday", "1999-12-31"])
      expect(await agent.client.code(create, { code: ticket.code, day }), day).toBe("VALIDATION");
  });

  it("refuses durations that say nothing clear, naming the forms and the place", async () => {
    const create = `mutation ($code: String!, $duration: Duration!) { timeEntryCreate(ticket: { code: $code }, input: { duration: $duration }) { cursor } }`;
    for (const duration of ["soon", "25h", 0, -5, 1.5, "1.33h"]) {
      const { errors } = await agent.client.ask(create, { code: ticket.code, duration });
      expect(errors[0]?.extensions, String(duration)).toMatchObject({
        code: "VALIDATION",
        issues: [{ path: ["input", "duration"], code: "INVALID_DURATION" }],
      });
    }
    const { errors } = await agent.client.ask(create, { code: ticket.code, duration: "soon" });
    expect(errors[0]?.message).toContain("1h, 30m, 1h 30m");
  });

  it("of a colleague is for time.manage: an agent neither logs, changes nor deletes it", async () => {
    const entry = await log(other.client, { duration: 30 });
    const create = `mutation ($code: String!, $id: ID!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5, member: { id: $id } }) { timeEntry { member { id } } } }`;
    expect(await agent.client.code(create, { code: ticket.code, id: other.id })).toBe("FORBIDDEN");
    expect((await update(agent.client, entry.id, { duration: 5 })).errors[0]?.extensions.code).toBe("FORBIDDEN");
    const remove = "mutation ($id: ID!) { timeEntryDelete(id: $id) { deletedTimeEntryId } }";
    expect(await agent.client.code(remove, { id: entry.id })).toBe("FORBIDDEN");
    expect(await viewer.client.code(create, { code: ticket.code, id: viewer.id })).toBe("FORBIDDEN");
    const { timeEntryCreate } = await manager.client.get(create, { code: ticket.code, id: other.id });
    expect(timeEntryCreate.timeEntry.member.id).toBe(other.id);
    expect((await manager.client.get(remove, { id: entry.id })).timeEntryDelete.deletedTimeEntryId).toBe(entry.id);
    // A rate of the entry's own is money, and needs the right for it.
    const own = await log(agent.client, { duration: 30 });
    expect((await update(agent.client, own.id, { rate: "1" })).errors[0]?.extensions.code).toBe("FORBIDDEN");
    const priced = await update(manager.client, own.id, { rate: "200" });
    expect(priced.data.timeEntryUpdate.timeEntry).toMatchObject({ rateSource: "ENTRY", amount: { amount: "100.00" } });
    const cleared = await update(manager.client, own.id, { rate: null });
    expect(cleared.data.timeEntryUpdate.timeEntry).toMatchObject({
      rateSource: "COMPANY",
      amount: { amount: "75.00" },
    });
  });

  it("by an API key names the member", async () => {
    const key = await acme.apiKey("Manager");
    const create =
      "mutation ($code: String!, $input: TimeEntryCreateInput!) { timeEntryCreate(ticket: { code: $code }, input: $input) { timeEntry { member { id } } } }";
    expect(await key.client.code(create, { code: ticket.code, input: { duration: 5 } })).toBe("VALIDATION");
    const named = await key.client.get(create, { code: ticket.code, input: { duration: 5, member: { id: agent.id } } });
    expect(named.timeEntryCreate.timeEntry.member.id).toBe(agent.id);
    expect((await start(key.client, ticket)).errors[0]?.extensions.code).toBe("VALIDATION");
    expect((await key.client.get("{ runningTimer { id } }")).runningTimer).toBeNull();
  });

  it("moves to another ticket with that one's company and price", async () => {
    const entry = await log(agent.client, { duration: 60 });
    const elsewhere = await acme.ticket({ subject: "Elsewhere" });
    const moved = await update(agent.client, entry.id, { ticket: { code: elsewhere.code } });
    expect(await seen(moved.data.timeEntryUpdate.timeEntry)).toMatchObject({
      ...{ ticketCode: elsewhere.code, ticketSubject: "Elsewhere", company: null },
      ...{ rateSource: "MEMBER", amount: { amount: "80.00" } },
    });
  });

  it("comes with a reply in one request, and knows the message", async () => {
    const { ticketReply } = await agent.client.get(
      `mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "Done.", status: RESOLVED, timeEntry: { duration: "15m", description: "Call" } }) {
        message { id } timeEntry { ${entryFields} } ticket { status timeSummary { ${totals} } } } }`,
      { code: ticket.code },
    );
    expect(ticketReply.timeEntry).toMatchObject({
      durationMinutes: 15,
      description: "Call",
      message: { id: ticketReply.message.id },
    });
    expect(ticketReply.ticket).toMatchObject({
      status: "RESOLVED",
      timeSummary: { minutes: 15, amounts: [{ amount: "37.50" }] },
    });
    // Nothing is sent when the time can't be logged.
    const before = await agent.client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { messages { totalCount } } }",
      { code: ticket.code },
    );
    expect(
      await agent.client.code(
        'mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "Again", timeEntry: { duration: "x" } }) { cursor } }',
        { code: ticket.code },
      ),
    ).toBe("VALIDATION");
    expect(
      await agent.client.get("query ($code: String!) { ticket(by: { code: $code }) { messages { totalCount } } }", {
        code: ticket.code,
      }),
    ).toEqual(before);
  });

  it("is changed by one of two who read the same version", async () => {
    const entry = await log(agent.client, { duration: 60 });
    const both = await Promise.all(
      [5, 6].map((duration) => update(agent.client, entry.id, { duration, expectedVersion: 1 })),
    );
    expect(both.map(({ errors }) => errors[0]?.extensions.code ?? null).sort()).toEqual(["CONFLICT", null].sort());
  });
});

describe("a timer", () => {
  it("runs, rounds up to whole minutes when it stops, and takes the review", async () => {
    const started = (await start(agent.client, ticket, { description: "Looking" })).data.timerStart;
    expect(started).toMatchObject({
      stoppedTimeEntry: null,
      timeEntry: { isRunning: true, durationMinutes: null, amount: null },
    });
    now = new Date(now.getTime() + 61_000);
    expect((await agent.client.get("{ runningTimer { id isStale } }")).runningTimer).toEqual({
      id: started.timeEntry.id,
      isStale: false,
    });
    expect((await other.client.get("{ runningTimer { id } }")).runningTimer).toBeNull();
    const stopped = (await stop(agent.client, { description: "Found it" })).data.timerStop.timeEntry;
    expect(stopped).toMatchObject({
      durationMinutes: 2,
      description: "Found it",
      amount: { amount: "5.00" },
      isRunning: false,
    });
    expect((await stop(agent.client)).errors[0]?.extensions.code).toBe("NOT_FOUND");
  });

  it("is stopped and saved by starting another, which says so", async () => {
    const first = (await start(agent.client, ticket)).data.timerStart.timeEntry;
    now = new Date(now.getTime() + 30 * 60_000);
    const second = (await start(agent.client, await acme.ticket())).data.timerStart;
    expect(second.stoppedTimeEntry).toEqual({ id: first.id, durationMinutes: 30 });
  });

  it("that ran for more than 10 hours is stale: it stops only with a duration, and no other starts before", async () => {
    await start(agent.client, ticket);
    now = new Date(now.getTime() + 10 * 3_600_000 + 1);
    expect((await agent.client.get("{ runningTimer { isStale } }")).runningTimer.isStale).toBe(true);
    for (const { errors } of [await stop(agent.client), await start(agent.client, ticket)]) {
      expect(errors[0]?.extensions.code).toBe("TIMER_TOO_LONG");
      expect(errors[0]?.message).toContain(`The timer on ${ticket.code} has run for 10 hours`);
    }
    expect((await stop(agent.client, { duration: "3h" })).data.timerStop.timeEntry.durationMinutes).toBe(180);
  });

  it("can be discarded, and stopped by who lost time.log meanwhile", async () => {
    await start(agent.client, ticket);
    await agent.client.get("mutation { timerDiscard { deletedTimeEntryId } }");
    expect((await agent.client.get("{ timeEntries { totalCount } }")).timeEntries.totalCount).toBe(0);
    await start(agent.client, ticket);
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "Viewer" } }) { cursor } }',
      { id: agent.id },
    );
    expect((await stop(agent.client)).data.timerStop.timeEntry.durationMinutes).toBe(1);
    expect((await start(agent.client, ticket)).errors[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("is started once: the same ticket's timer goes on, and nothing is billed by a second click", async () => {
    const first = (await start(agent.client, ticket)).data.timerStart;
    expect(first).toMatchObject({ isChanged: true, stoppedTimeEntry: null, droppedTimeEntryId: null });
    for (const seconds of [1, 5, 60]) {
      now = new Date(now.getTime() + seconds * 1_000);
      const again = (await start(agent.client, ticket)).data.timerStart;
      expect(again).toMatchObject({ isChanged: false, stoppedTimeEntry: null, timeEntry: { id: first.timeEntry.id } });
    }
    expect((await agent.client.get("{ timeEntries { totalCount } }")).timeEntries.totalCount).toBe(1);
    // A colleague's is another one.
    expect((await start(other.client, ticket)).data.timerStart.timeEntry.id).not.toBe(first.timeEntry.id);
  });

  it("that another start ends within 10 seconds is dropped, and the payload says so", async () => {
    const [a, b] = [await acme.ticket(), await acme.ticket()];
    const slip = (await start(agent.client, a)).data.timerStart.timeEntry;
    now = new Date(now.getTime() + 9_999);
    const next = (await start(agent.client, b)).data.timerStart;
    expect(next).toMatchObject({ isChanged: true, stoppedTimeEntry: null, droppedTimeEntryId: slip.id });
    now = new Date(now.getTime() + 10_000);
    const last = (await start(agent.client, a)).data.timerStart;
    expect(last).toMatchObject({
      stoppedTimeEntry: { id: next.timeEntry.id, durationMinutes: 1 },
      droppedTimeEntryId: null,
    });
    // One that was said to have begun long ago is work, though it was entered a moment ago.
    await agent.client.get("mutation { timerDiscard { cursor } }");
    await start(agent.client, a, { startedAt: new Date(now.getTime() - 3_600_000).toISOString() });
    expect((await start(agent.client, b)).data.timerStart.stoppedTimeEntry).toMatchObject({ durationMinutes: 60 });
  });

  it("may be said to have begun up to 12 hours ago, also yesterday, not earlier and not in the future", async () => {
    for (const startedAt of ["2026-11-24T20:59:59Z", "2026-11-25T09:00:01Z"])
      expect((await start(agent.client, ticket, { startedAt })).errors[0]?.extensions.code, startedAt).toBe(
        "VALIDATION",
      );
    // 22:00 on Tuesday in Berlin.
    const early = await start(agent.client, ticket, { startedAt: "2026-11-24T21:00:00Z" });
    expect(early.data.timerStart.timeEntry).toMatchObject({
      workedOn: "2026-11-24",
      startedAt: "2026-11-24T21:00:00.000Z",
    });
  });

  it("over midnight and over the end of summer time lands on the day it was started, with the time that passed", async () => {
    // 23:30 on the 24th, and 01:30 on the night when 3:00 becomes 2:00.
    now = new Date("2026-10-24T21:30:00Z");
    await start(agent.client, ticket);
    now = new Date("2026-10-25T01:30:00Z");
    expect((await stop(agent.client)).data.timerStop.timeEntry).toMatchObject({
      workedOn: "2026-10-24",
      durationMinutes: 240,
    });
    now = new Date("2026-10-24T23:30:00Z");
    await start(agent.client, ticket);
    now = new Date("2026-10-25T02:30:00Z");
    expect((await stop(agent.client)).data.timerStop.timeEntry).toMatchObject({
      workedOn: "2026-10-25",
      durationMinutes: 180,
    });
  });

  it("of a member who leaves is stopped and saved, a stale one with 10 hours", async () => {
    await start(agent.client, ticket);
    await start(other.client, ticket);
    now = new Date(now.getTime() + 45 * 60_000);
    await admin.client.get(
      "mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { isActive: false }) { cursor } }",
      { id: agent.id },
    );
    now = new Date(now.getTime() + 24 * 3_600_000);
    await admin.client.get("mutation ($id: ID!) { memberRemove(member: { id: $id }) { cursor } }", { id: other.id });
    const { timeEntries } = await admin.client.get(
      "{ timeEntries { nodes { durationMinutes isRunning member { id } } } }",
    );
    const minutesOf = (id: string) =>
      timeEntries.nodes.find((node: { member: { id: string } }) => node.member.id === id);
    expect(minutesOf(agent.id)).toMatchObject({ durationMinutes: 45, isRunning: false });
    expect(minutesOf(other.id)).toMatchObject({ durationMinutes: 600, isRunning: false });
  });
});

describe("a wrong company", () => {
  const move = `mutation ($code: String!, $input: TicketUpdateInput!) { ticketUpdate(ticket: { code: $code }, input: $input) {
    isChanged movedTimeEntryCount invoicedTimeEntryCount ticket { company { name } } } }`;
  const entriesOf = async () =>
    (
      await admin.client.get(
        `query ($code: String!) { timeEntries(filter: { ticketCode: { eq: $code } }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { durationMinutes company { name } rateSource rate { amount currency } amount { amount } invoiceReference } } }`,
        { code: ticket.code },
      )
    ).timeEntries.nodes;

  it("is put right on the ticket with its time, priced anew by the chain, but for what is on an invoice", async () => {
    const right = await acme.company("Globex");
    await admin.client.get(
      `mutation { companyUpdate(company: { id: "${acme.globalId("Company", right)}" }, input: { hourlyRate: "200" }) { cursor } }`,
    );
    const invoiced = await log(agent.client, { duration: 30 });
    await log(agent.client, { duration: 60 });
    await log(manager.client, { duration: 60, rate: "99" });
    await log(agent.client, { duration: 60, isBillable: false });
    const invoice = {
      ids: [invoiced.id],
      reference: "R1",
      expected: { count: 1, amounts: [{ amount: "75", currency: "EUR" }] },
    };
    await admin.client.get(
      "mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) { cursor } }",
      { input: invoice },
    );
    // Without asking, logged time stays as it was.
    const input = { company: { id: acme.globalId("Company", right) } };
    const moved = (await admin.client.get(move, { code: ticket.code, input })).ticketUpdate;
    expect(moved).toEqual({
      isChanged: true,
      movedTimeEntryCount: null,
      invoicedTimeEntryCount: null,
      ticket: { company: { name: "Globex" } },
    });
    expect((await entriesOf()).map((entry: { company: { name: string } }) => entry.company.name)).toEqual(
      Array(4).fill("Fjord"),
    );
    const done = (await admin.client.get(move, { code: ticket.code, input: { moveTimeEntries: true } })).ticketUpdate;
    expect(done).toMatchObject({ isChanged: true, movedTimeEntryCount: 3, invoicedTimeEntryCount: 1 });
    expect(await entriesOf()).toMatchObject([
      { company: { name: "Fjord" }, amount: { amount: "75.00" }, invoiceReference: "R1" },
      { company: { name: "Globex" }, rateSource: "COMPANY", amount: { amount: "200.00" } },
      { company: { name: "Globex" }, rateSource: "ENTRY", amount: { amount: "99.00" } },
      { company: { name: "Globex" }, rateSource: "COMPANY", amount: { amount: "0.00" } },
    ]);
    const again = (await admin.client.get(move, { code: ticket.code, input: { ...input, moveTimeEntries: true } }))
      .ticketUpdate;
    expect(again).toMatchObject({ isChanged: false, movedTimeEntryCount: 0, invoicedTimeEntryCount: 1 });
    const kinds = await test.database.query(
      "select kinds, before->>'companyId' <> after->>'companyId' as moved from changes where organization_id = $1 and subject_type = 'time_entry' and 'time_entry.updated' = any(kinds)",
      [acme.organizationId],
    );
    expect(kinds).toHaveLength(3);
    expect(kinds.every((row) => row.moved)).toBe(true);
    // It changes others' money: updating the ticket is not enough.
    expect(await agent.client.code(move, { code: ticket.code, input: { moveTimeEntries: true } })).toBe("FORBIDDEN");
  });

  it("of another currency moves no rate of an entry's own, and says which and what to do", async () => {
    const foreign = await acme.company("Tokyo KK");
    await admin.client.get(
      `mutation { companyUpdate(company: { id: "${acme.globalId("Company", foreign)}" }, input: { hourlyRate: "9000", currency: "JPY" }) { cursor } }`,
    );
    const own = (await log(manager.client, { duration: 60, rate: "99" })).id;
    await log(agent.client, { duration: 20 });
    const input = { company: { id: acme.globalId("Company", foreign) }, moveTimeEntries: true };
    const refused = await admin.client.ask(move, { code: ticket.code, input });
    expect(refused.errors[0]).toMatchObject({
      extensions: { code: "VALIDATION", issues: [{ code: "OTHER_CURRENCY" }] },
    });
    expect(refused.errors[0]?.message).toMatch(
      /2026-11-25 on .* rate of its own, 99 EUR.*JPY.*rate to null with timeEntryUpdate/,
    );
    // Nothing moved, the ticket neither. Its advice helps.
    expect((await entriesOf()).map((entry: { company: { name: string } }) => entry.company.name)).toEqual([
      "Fjord",
      "Fjord",
    ]);
    await admin.client.get(`mutation { timeEntryUpdate(id: "${own}", input: { rate: null }) { cursor } }`);
    await admin.client.get(move, { code: ticket.code, input });
    expect(await entriesOf()).toMatchObject([{ amount: { amount: "9000" } }, { amount: { amount: "3000" } }]);
  });

  it("is put right on one entry, by who manages time", async () => {
    const right = await acme.company("Initech");
    const { id } = await log(agent.client, { duration: 60 });
    const set = `mutation ($id: ID!, $company: CompanyRef) { timeEntryUpdate(id: $id, input: { company: $company }) { isChanged timeEntry { company { name } rateSource amount { amount } ticket { company { name } } } } }`;
    const to = { id: acme.globalId("Company", right) };
    expect(await agent.client.code(set, { id, company: to })).toBe("FORBIDDEN");
    expect((await manager.client.get(set, { id, company: to })).timeEntryUpdate).toEqual({
      isChanged: true,
      timeEntry: {
        company: { name: "Initech" },
        rateSource: "MEMBER",
        amount: { amount: "80.00" },
        ticket: { company: { name: "Fjord" } },
      },
    });
    expect((await manager.client.get(set, { id, company: to })).timeEntryUpdate.isChanged).toBe(false);
    expect((await manager.client.get(set, { id, company: null })).timeEntryUpdate.timeEntry).toMatchObject({
      company: null,
      rateSource: "MEMBER",
    });
  });
});

describe("what becomes of a ticket", () => {
  const month = { workedOn: { gte: "2026-11-01", lte: "2026-11-30" } };
  const report = `query ($filter: TimeEntryFilter) { timeReport(filter: $filter, groupBy: [TICKET, COMPANY]) {
    totals { ${totals} } groups { nodes { keys { key name } totals { ${totals} } } } } }`;

  it("changes no sum of a past month: moved, merged, deleted, purged, its company and contact merged", async () => {
    const kept = await acme.ticket({ companyId: company });
    await log(agent.client, { duration: 60 });
    await log(agent.client, { duration: 30 }, kept);
    const gone = await acme.ticket({ companyId: company, subject: "Gone" });
    await log(other.client, { duration: 20 }, gone);
    const before = await admin.client.get(report, { filter: month });
    const change = (text: string, variables: object = {}) =>
      admin.client.get(`mutation ($a: String!, $b: String!) { ${text} }`, {
        a: ticket.code,
        b: kept.code,
        ...variables,
      });
    await change(
      'ticketUpdate(ticket: { code: $a }, input: { company: null }) { cursor } b: ticketUpdate(ticket: { code: $b }, input: { subject: "New" }) { cursor }',
    );
    expect(await admin.client.get(report, { filter: month })).toEqual(before);
    await change("ticketMerge(ticket: { code: $a }, into: { code: $b }) { cursor }");
    expect(await admin.client.get(report, { filter: month })).toEqual(before);
    const merged = await admin.client.get(
      `query ($code: String!) { ticket(by: { code: $code }) { timeSummary { minutes } timeEntries { totalCount nodes { ticketCode } } } }`,
      { code: kept.code },
    );
    expect(merged.ticket).toMatchObject({ timeSummary: { minutes: 90 }, timeEntries: { totalCount: 2 } });
    await admin.client.get("mutation ($code: String!) { ticketDelete(ticket: { code: $code }) { cursor } }", {
      code: gone.code,
    });
    expect(await admin.client.get(report, { filter: month })).toEqual(before);
    await test.database.query("delete from tickets where id = $1", [gone.uuid]);
    expect(await admin.client.get(report, { filter: month })).toEqual(before);
    const byCode = { ...month, ticketCode: { eq: gone.code } };
    expect((await admin.client.get(report, { filter: byCode })).timeReport.totals.minutes).toBe(20);
    const into = await acme.company("Parent");
    await admin.client.get(
      "mutation ($a: ID!, $b: ID!) { companyMerge(company: { id: $a }, into: { id: $b }) { cursor } }",
      {
        a: acme.globalId("Company", company),
        b: acme.globalId("Company", into),
      },
    );
    const { timeReport } = await admin.client.get(report, { filter: month });
    expect(timeReport.totals).toEqual(before.timeReport.totals);
    expect(timeReport.groups.nodes[0].keys[1].name).toBe("Parent");
  });

  it("doesn't free its company or contact to be deleted while there is time", async () => {
    const contact = await acme.contact();
    const one = await acme.ticket({ contact, companyId: company });
    await log(agent.client, { duration: 60 }, one);
    await test.database.query("delete from tickets where organization_id = $1", [acme.organizationId]);
    const { globalId } = acme;
    expect(
      await admin.client.code("mutation ($id: ID!) { companyDelete(company: { id: $id }) { cursor } }", {
        id: globalId("Company", company),
      }),
    ).toBe("COMPANY_HAS_TICKETS");
    expect(
      await admin.client.code("mutation ($id: ID!) { contactDelete(contact: { id: $id }) { cursor } }", {
        id: globalId("Contact", contact),
      }),
    ).toBe("CONTACT_HAS_TICKETS");
  });
});

const invoice = (client: Client, input: object) =>
  client.ask(
    `mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) {
      invoiceReference isDryRun summary { entryCount minutes unpricedCount amounts { amount currency } problems } } }`,
    { input },
  );

describe("invoicing", () => {
  const filter = () => ({ company: { id: { eq: acme.globalId("Company", company) } } });

  it("shows what it would do, does exactly that, and then the entries are fixed until it is taken back with a reason", async () => {
    const entry = await log(agent.client, { duration: 60 });
    await log(agent.client, { duration: 30, isBillable: false });
    await start(other.client, ticket);
    const preview = (await invoice(manager.client, { filter: filter(), reference: "2026-11", dryRun: true })).data
      .timeEntriesInvoice;
    expect(preview).toEqual({
      ...{ invoiceReference: "2026-11", isDryRun: true },
      summary: {
        entryCount: 1,
        minutes: 60,
        unpricedCount: 0,
        amounts: [{ amount: "150.00", currency: "EUR" }],
        problems: [],
      },
    });
    const expected = { count: 1, amounts: [{ amount: "150", currency: "EUR" }] };
    const done = await invoice(manager.client, {
      filter: filter(),
      reference: "2026-11",
      expected,
      invoicedOn: "2026-11-24",
    });
    expect(done.data.timeEntriesInvoice.isDryRun).toBe(false);
    for (const { errors } of [
      await update(agent.client, entry.id, { description: "x" }),
      await manager.client.ask("mutation ($id: ID!) { timeEntryDelete(id: $id) { cursor } }", { id: entry.id }),
    ]) {
      expect(errors[0]?.extensions).toMatchObject({ code: "ENTRY_INVOICED", details: { timeEntryId: entry.id } });
      expect(errors[0]?.message).toContain("2026-11");
    }
    const uninvoice =
      'mutation { timeEntriesUninvoice(input: { reference: "2026-11", reason: "Wrong month" }) { entryCount } }';
    expect(await agent.client.code(uninvoice)).toBe("FORBIDDEN");
    expect((await manager.client.get(uninvoice)).timeEntriesUninvoice.entryCount).toBe(1);
    expect(await manager.client.code(uninvoice)).toBe("NOT_FOUND");
    expect((await update(agent.client, entry.id, { description: "x" })).errors).toEqual([]);
    const rows = await test.database.query(
      "select after from changes where organization_id = $1 and 'time_entry.uninvoiced' = any(kinds)",
      [acme.organizationId],
    );
    expect((rows[0] as { after: { reason: string } }).after.reason).toBe("Wrong month");
  });

  it("refuses what nobody has seen, and what changed since, with the real totals", async () => {
    await log(agent.client, { duration: 60 });
    expect((await invoice(manager.client, { filter: filter(), reference: "A" })).errors[0]?.message).toContain(
      "dry run",
    );
    await log(other.client, { duration: 60 });
    const expected = { count: 1, amounts: [{ amount: "150.00", currency: "EUR" }] };
    const { errors } = await invoice(manager.client, { filter: filter(), reference: "A", expected });
    expect(errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { count: 2, amounts: [{ amount: "300.00", currency: "EUR" }] },
    });
    expect(errors[0]?.message).toContain("which now shows 2 entries of 300.00 EUR");
  });

  it("of the same entries by two people at once puts each on one invoice", async () => {
    for (let index = 0; index < 20; index++) await log(agent.client, { duration: 60 });
    const expected = { count: 20, amounts: [{ amount: "3000.00", currency: "EUR" }] };
    const both = await Promise.all(
      [manager, admin, manager, admin].map(({ client }, index) =>
        invoice(client, { filter: filter(), reference: `I-${index}`, expected }),
      ),
    );
    const codes = both.map(({ errors }) => errors[0]?.extensions.code ?? "done").sort();
    expect(codes).toEqual(["CONFLICT", "CONFLICT", "CONFLICT", "done"]);
    const rows = await test.database.query(
      "select invoice_reference, count(*)::int as count from time_entries where organization_id = $1 group by 1",
      [acme.organizationId],
    );
    expect(rows).toEqual([{ invoice_reference: expect.stringMatching(/^I-/), count: 20 }]);
  });

  it("refuses entries without a rate, and takes them once they are priced anew", async () => {
    await rates({ organization: null, agent: null, company: null });
    await log(agent.client, { duration: 60 });
    const preview = (await invoice(manager.client, { filter: filter(), reference: "A", dryRun: true })).data
      .timeEntriesInvoice.summary;
    expect(preview).toMatchObject({ entryCount: 1, unpricedCount: 1, amounts: [] });
    expect(preview.problems[0]).toContain("can't be invoiced without a rate");
    expect(
      (await invoice(manager.client, { filter: filter(), reference: "A", expected: { count: 1, amounts: [] } }))
        .errors[0]?.extensions.code,
    ).toBe("VALIDATION");
    await rates({ company: "100" });
    const reprice = (dryRun: boolean) =>
      manager.client.get(
        `mutation ($filter: TimeEntryFilter, $dryRun: Boolean) { timeEntriesReprice(input: { filter: $filter, dryRun: $dryRun }) {
          isDryRun changedCount unchangedCount unpricedCount amountsBefore { amount } amountsAfter { amount } } }`,
        { filter: filter(), dryRun },
      );
    const outcome = {
      changedCount: 1,
      unchangedCount: 0,
      unpricedCount: 0,
      amountsBefore: [],
      amountsAfter: [{ amount: "100.00" }],
    };
    expect((await reprice(true)).timeEntriesReprice).toEqual({ isDryRun: true, ...outcome });
    expect((await reprice(false)).timeEntriesReprice).toEqual({ isDryRun: false, ...outcome });
    expect((await reprice(false)).timeEntriesReprice).toMatchObject({ changedCount: 0, unchangedCount: 1 });
    const expected = { count: 1, amounts: [{ amount: "100", currency: "EUR" }] };
    expect((await invoice(manager.client, { filter: filter(), reference: "A", expected })).errors).toEqual([]);
    await rates({ company: "500" });
    expect((await reprice(false)).timeEntriesReprice).toMatchObject({ changedCount: 0, unchangedCount: 0 });
  });

  it("is for one company and one currency, also over several calls, unless told otherwise", async () => {
    const [first, second] = [
      await log(agent.client, { duration: 60 }),
      await log(agent.client, { duration: 60 }, await acme.ticket()),
    ];
    const expected = (amount: string) => ({ count: 1, amounts: [{ amount, currency: "EUR" }] });
    expect(
      (await invoice(manager.client, { ids: [first.id], reference: "A", expected: expected("150") })).errors,
    ).toEqual([]);
    const mixed = { ids: [second.id], reference: "A", expected: expected("80") };
    expect((await invoice(manager.client, mixed)).errors[0]?.extensions.issues?.[0]?.code).toBe("MIXED");
    expect((await invoice(manager.client, { ...mixed, allowMixed: true })).errors).toEqual([]);
    const again = await invoice(manager.client, {
      ids: [second.id],
      reference: "B",
      expected: { count: 0, amounts: [] },
    });
    expect(again.errors[0]?.extensions.code).toBe("ENTRY_INVOICED");
    expect(
      (await invoice(manager.client, { ids: [second.id], filter: {}, reference: "B", dryRun: true })).errors[0]
        ?.extensions.code,
    ).toBe("VALIDATION");
  });
});

describe("a time report", () => {
  it("groups by up to three of member, company, ticket, label, day, week and month, each entry once in the totals", async () => {
    const [vip, bug] = [await acme.label("VIP"), await acme.label("Bug")];
    const labelled = await acme.ticket({ companyId: company, labelIds: [vip, bug] });
    for (const [duration, workedOn, on] of [
      [60, "2026-10-31", ticket],
      [30, "2026-11-01", ticket],
      [15, "2026-11-02", labelled],
    ] as const)
      await log(agent.client, { duration, workedOn }, on);
    const ask = async (groupBy: string[], rest = "") => {
      const { timeReport } = await manager.client.get(
        `query ($groupBy: [TimeReportGroupBy!]) { timeReport(groupBy: $groupBy) { totals { minutes } groups${rest} { totalCount pageInfo { endCursor } nodes { keys { key name startsOn } totals { minutes } } } } }`,
        { groupBy },
      );
      expect(timeReport.totals.minutes).toBe(105);
      return timeReport.groups;
    };
    const lines = (groups: { nodes: { keys: { key: string | null }[]; totals: { minutes: number } }[] }) =>
      groups.nodes.map(({ keys, totals: { minutes } }) => [...keys.map(({ key }) => key), minutes]);
    expect(lines(await ask(["MONTH"]))).toEqual([
      ["2026-10", 60],
      ["2026-11", 45],
    ]);
    expect(lines(await ask(["WEEK"]))).toEqual([
      ["2026-W44", 90],
      ["2026-W45", 15],
    ]);
    expect(lines(await ask(["DAY"]))).toEqual([
      ["2026-10-31", 60],
      ["2026-11-01", 30],
      ["2026-11-02", 15],
    ]);
    const { globalId } = acme;
    expect(lines(await ask(["LABEL"]))).toEqual([
      [globalId("Label", bug), 15],
      [globalId("Label", vip), 15],
      [null, 90],
    ]);
    expect(lines(await ask(["MONTH", "MEMBER", "TICKET"]))).toEqual([
      ["2026-10", agent.id, ticket.code, 60],
      ["2026-11", agent.id, ticket.code, 30],
      ["2026-11", agent.id, labelled.code, 15],
    ]);
    const first = await ask(["DAY"], "(first: 2, orderBy: { field: MINUTES, direction: DESC })");
    expect([first.totalCount, ...lines(first)]).toEqual([3, ["2026-10-31", 60], ["2026-11-01", 30]]);
    expect(
      lines(
        await ask(
          ["DAY"],
          `(first: 2, after: "${first.pageInfo.endCursor}", orderBy: { field: MINUTES, direction: DESC })`,
        ),
      ),
    ).toEqual([["2026-11-02", 15]]);
    expect(lines(await ask(["DAY"], "(last: 2, orderBy: { field: AMOUNT, direction: ASC })"))).toEqual([
      ["2026-11-01", 30],
      ["2026-10-31", 60],
    ]);
    expect((await ask(["WEEK"])).nodes[0].keys[0]).toEqual({
      key: "2026-W44",
      name: "2026-W44",
      startsOn: "2026-10-26",
    });
    for (const groupBy of [
      ["DAY", "DAY"],
      ["DAY", "WEEK", "MONTH", "MEMBER"],
    ])
      expect(
        await manager.client.code(
          "query ($g: [TimeReportGroupBy!]) { timeReport(groupBy: $g) { totals { minutes } } }",
          { g: groupBy },
        ),
      ).toBe("VALIDATION");
  });

  it("answers in at most three statements beside the sign-in, however many groups", async () => {
    for (let index = 0; index < 12; index++)
      await log(
        index % 2 ? agent.client : other.client,
        { duration: 10 + index },
        index % 3 ? ticket : await acme.ticket(),
      );
    const query = `{ timeReport(groupBy: [MEMBER, COMPANY, MONTH]) { totals { ${totals} } groups { totalCount nodes { keys { by key name startsOn } totals { ${totals} } } } } }`;
    await manager.client.get(query);
    expect(test.lastStatements() - 1).toBeLessThanOrEqual(3);
  });

  it("without report.view is about one's own time", async () => {
    await log(agent.client, { duration: 60 });
    await log(other.client, { duration: 45 });
    const query = `{ timeReport(groupBy: [MEMBER]) { totals { ${totals} } groups { nodes { member { id } } } } }`;
    const own = (await agent.client.get(query)).timeReport;
    expect(own).toMatchObject({
      totals: { minutes: 60, amounts: [{ amount: "150.00" }] },
      groups: { nodes: [{ member: { id: agent.id } }] },
    });
    expect((await manager.client.get(query)).timeReport.totals.minutes).toBe(105);
    expect((await viewer.client.get(query)).timeReport.totals.minutes).toBe(0);
  });
});

describe("money", () => {
  it("of others stays hidden from an agent on every path: nested, lists, sums, reports, exports, errors", async () => {
    // Amounts that appear nowhere else.
    await rates({ company: "777.77", agent: "66.66" });
    const theirs = await log(other.client, { duration: 60 });
    const paths = [
      `{ timeEntries { totals { ${totals} } nodes { ${entryFields} } } }`,
      `{ tickets { nodes { timeSummary { ${totals} } timeEntries { nodes { ${entryFields} } } } } }`,
      `{ companies { nodes { hourlyRate { amount } timeSummary { ${totals} } } } }`,
      `{ members { nodes { hourlyRate { amount } } } }`,
      `{ node(id: "${theirs.id}") { ... on TimeEntry { ${entryFields} } } }`,
      `{ timeReport(groupBy: [COMPANY, MEMBER]) { totals { ${totals} } groups(orderBy: { field: AMOUNT, direction: DESC }) { nodes { company { hourlyRate { amount } } totals { ${totals} } } } } }`,
    ];
    for (const path of paths) {
      const { data, errors } = await agent.client.ask(path);
      expect(errors).toEqual([]);
      expect(JSON.stringify(data), path).not.toMatch(/777|66\.66/);
      expect(JSON.stringify((await manager.client.get(path)) as object), path).toMatch(/777|"timeReport"|66\.66/);
    }
    const own = await log(agent.client, { duration: 60 });
    // The amount of one's own time, and no rate of anybody.
    expect(own).toMatchObject({
      amount: { amount: "777.77", currency: "EUR" },
      rate: null,
      rateSource: null,
      currency: null,
    });
    const mixed = (await agent.client.get(`{ timeEntries { totals { ${totals} } } }`)).timeEntries.totals;
    expect(mixed).toMatchObject({ entryCount: 2, minutes: 120, amounts: [{ amount: "777.77", currency: "EUR" }] });
    // Neither a filter nor an error is an oracle for it.
    expect(await agent.client.code("{ timeEntries(filter: { rateSource: { eq: COMPANY } }) { totalCount } }")).toBe(
      "FORBIDDEN",
    );
    for (const attempt of [
      await update(agent.client, theirs.id, { rate: "1" }),
      await update(agent.client, theirs.id, { duration: 1 }),
      await invoice(agent.client, { ids: [theirs.id], reference: "A", expected: { count: 0, amounts: [] } }),
    ]) {
      expect(attempt.errors[0]?.extensions.code).toBe("FORBIDDEN");
      expect(JSON.stringify(attempt.errors)).not.toContain("777.77");
    }
    const file = await exported(agent.client);
    expect(file.text.split("\r\n").filter((line) => line.includes("timeentry_"))).toHaveLength(1);
    expect(file.text).toContain(own.id);
  });

  it("shows to who sees only some tickets none of the others' time, but always one's own", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "time.log": "ASSIGNED", "report.view": true });
    const theirs = await acme.ticket({ assignee: narrow, subject: "Theirs" });
    const hidden = await acme.ticket({ assignee: agent, subject: "Hidden" });
    await log(agent.client, { duration: 60 }, hidden);
    await log(agent.client, { duration: 30 }, theirs);
    await log(narrow.client, { duration: 15 }, theirs);
    const query = `{ timeEntries { totalCount totals { ${totals} } nodes { ticket { subject } ticketSubject durationMinutes } } timeReport { totals { minutes } } }`;
    const seen = await narrow.client.get(query);
    expect(JSON.stringify(seen)).not.toContain("Hidden");
    expect([seen.timeEntries.totals.minutes, seen.timeReport.totals.minutes]).toEqual([45, 45]);
    await admin.client.get(
      "mutation ($code: String!, $id: ID!) { ticketAssign(ticket: { code: $code }, input: { assignee: { id: $id } }) { cursor } }",
      { code: theirs.code, id: agent.id },
    );
    await admin.client.get(
      'mutation ($code: String!) { ticketUpdate(ticket: { code: $code }, input: { subject: "Renamed" }) { cursor } }',
      { code: theirs.code },
    );
    const after = await narrow.client.get(query);
    expect(after.timeEntries.nodes).toEqual([{ ticket: null, ticketSubject: "Theirs", durationMinutes: 15 }]);
    expect(
      await narrow.client
        .get('{ timeEntries(filter: { ticket: { subject: { eq: "x" } } }) { totalCount } }')
        .catch(() => null),
    ).toBeNull();
    // What the ticket became is no condition either.
    const byStatus = (status: string) =>
      narrow.client.get(`{ timeEntries(filter: { ticket: { status: { eq: ${status} } } }) { totalCount } }`);
    expect((await byStatus("OPEN")).timeEntries.totalCount).toBe(0);
  });
});

async function exported(client: Client, query = ""): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${test.url}/exports/time-entries.csv${query}`, { headers: client.headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe("time that moves, or is out of reach", () => {
  it("a label put on a ticket that is out of reach by now names no group of one's own time", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "time.log": "ASSIGNED" });
    const one = await acme.ticket({ assignee: narrow });
    await log(narrow.client, { duration: 30 }, one);
    const label = await acme.label("Secret lawsuit");
    const change = (text: string, variables: object) =>
      admin.client.get(`mutation ($code: String!, $id: ID!) { ${text} { cursor } }`, { code: one.code, ...variables });
    await change("ticketAssign(ticket: { code: $code }, input: { assignee: { id: $id } })", { id: agent.id });
    await change("ticketLabelsUpdate(ticket: { code: $code }, input: { addLabels: [{ id: $id }] })", {
      id: acme.globalId("Label", label),
    });
    const report = "{ timeReport(groupBy: [LABEL]) { groups { nodes { keys { name } totals { minutes } } } } }";
    expect((await narrow.client.get(report)).timeReport.groups.nodes).toEqual([
      { keys: [{ name: null }], totals: { minutes: 30 } },
    ]);
  });

  it("time of a ticket in the trash counts by its labels and by itself as before", async () => {
    const label = await acme.label("VIP");
    const one = await acme.ticket({ labelIds: [label] });
    await log(agent.client, { duration: 30 }, one);
    const minutes = async (filter: object) =>
      (
        await manager.client.get(
          "query ($filter: TimeEntryFilter) { timeReport(filter: $filter) { totals { minutes } } }",
          { filter },
        )
      ).timeReport.totals.minutes;
    const filters = [{ ticket: { labels: { some: { name: { eq: "VIP" } } } } }, { ticket: { id: { eq: one.id } } }];
    for (const filter of filters) expect(await minutes(filter)).toBe(30);
    await admin.client.get("mutation ($code: String!) { ticketDelete(ticket: { code: $code }) { cursor } }", {
      code: one.code,
    });
    for (const filter of filters) expect(await minutes(filter)).toBe(30);
    expect(await minutes({ ticket: { isDeleted: true } })).toBe(30);
  });

  it("a move to another ticket of the same company keeps the price", async () => {
    const entry = await log(agent.client, { duration: 60 });
    await rates({ company: "999" });
    const other = await acme.ticket({ companyId: company });
    const moved = await update(agent.client, entry.id, { ticket: { code: other.code } });
    expect(moved.data.timeEntryUpdate.timeEntry.amount.amount).toBe("150.00");
  });

  it("a currency expected twice doesn't stand for one that was forgotten", async () => {
    await admin.client.get(
      'mutation ($id: ID!) { companyUpdate(company: { id: $id }, input: { currency: "USD" }) { cursor } }',
      {
        id: acme.globalId("Company", company),
      },
    );
    const ids = [
      (await log(agent.client, { duration: 60 })).id,
      (await log(agent.client, { duration: 60 }, await acme.ticket())).id,
    ];
    const twice = {
      count: 2,
      amounts: [
        { amount: "80", currency: "EUR" },
        { amount: "80.00", currency: "EUR" },
      ],
    };
    const { errors } = await invoice(manager.client, { ids, reference: "A", allowMixed: true, expected: twice });
    expect(errors[0]?.extensions.code).toBe("CONFLICT");
  });

  it("nobody adds to an invoice whose entries are out of reach, nor to one of another day", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "time.manage": "ASSIGNED", "time.log": "ASSIGNED" });
    const own = await acme.ticket({ assignee: narrow, companyId: company });
    const [theirs, mine] = [await log(agent.client, { duration: 60 }), await log(narrow.client, { duration: 60 }, own)];
    const expected = { count: 1, amounts: [{ amount: "150", currency: "EUR" }] };
    expect(
      (await invoice(manager.client, { ids: [theirs.id], reference: "A", expected, invoicedOn: "2026-11-20" })).errors,
    ).toEqual([]);
    expect(
      (await invoice(narrow.client, { ids: [mine.id], reference: "A", expected })).errors[0]?.extensions.code,
    ).toBe("FORBIDDEN");
    const preview = await invoice(manager.client, {
      ids: [mine.id],
      reference: "A",
      dryRun: true,
      invoicedOn: "2026-11-21",
    });
    expect(preview.data.timeEntriesInvoice.summary.problems[0]).toContain(
      "is dated 2026-11-20 and already has 1 entries",
    );
    expect((await invoice(manager.client, { ids: [mine.id], reference: "A", expected })).errors).toEqual([]);
    const { timeEntries } = await manager.client.get("{ timeEntries { nodes { invoicedOn } } }");
    expect(timeEntries.nodes.map(({ invoicedOn }: { invoicedOn: string }) => invoicedOn)).toEqual([
      "2026-11-20",
      "2026-11-20",
    ]);
  });

  it("timers one after the other share no minute, and each is of the ticket as it is when it stops", async () => {
    await start(agent.client, ticket);
    now = new Date(now.getTime() + 30 * 60_000);
    const startedAt = new Date(now.getTime() - 20 * 60_000);
    const second = await start(agent.client, await acme.ticket(), { startedAt: startedAt.toISOString() });
    expect(second.data.timerStart.stoppedTimeEntry.durationMinutes).toBe(10);
    const before = await start(agent.client, ticket, { startedAt: new Date(startedAt.getTime() - 1).toISOString() });
    expect(before.errors[0]?.extensions.issues?.[0]?.code).toBe("OVERLAPS");
    const { code } = second.data.timerStart.timeEntry.ticket;
    await admin.client.get(
      "mutation ($code: String!, $id: ID!) { ticketUpdate(ticket: { code: $code }, input: { company: { id: $id } }) { cursor } }",
      {
        code,
        id: acme.globalId("Company", company),
      },
    );
    const stopped = (await stop(agent.client)).data.timerStop.timeEntry;
    expect(stopped).toMatchObject({ company: { name: "Fjord" }, amount: { amount: "50.00" } });
  });

  it("entries that a merge moves are changed, for who follows: version and change log", async () => {
    const entry = await log(agent.client, { duration: 60 });
    const kept = await acme.ticket();
    const { tickets } = await admin.client.get("{ tickets(first: 1) { asOf } }");
    await admin.client.get(
      "mutation ($a: String!, $b: String!) { ticketMerge(ticket: { code: $a }, into: { code: $b }) { cursor } }",
      { a: ticket.code, b: kept.code },
    );
    const { changes } = await admin.client.get(
      "query ($after: ChangeCursor!) { changes(after: $after, kinds: [TIME_ENTRY_UPDATED]) { nodes { subjectId fieldChanges { field after } } } }",
      { after: tickets.asOf },
    );
    expect(changes.nodes).toEqual([{ subjectId: entry.id, fieldChanges: [{ field: "ticket", after: kept.id }] }]);
    expect((await seen(entry)).version).toBe(2);
  });
});

describe("the export", () => {
  const header =
    "Date,Ticket,Subject,Company,Contact,Member,Description,Minutes,Billed minutes,Duration in hours,Billable,Rate,Rate source,Currency,Amount,Invoice,Entry id";

  it("has a line for each entry, by day, in RFC 4180, and a name with the range", async () => {
    const one = await log(agent.client, { duration: 50, description: 'Said "no", then\nyes', workedOn: "2026-11-03" });
    await log(agent.client, { duration: 60, workedOn: "2026-11-02" });
    await log(agent.client, { duration: 60, workedOn: "2026-10-02" });
    const filter = encodeURIComponent(JSON.stringify({ workedOn: { gte: "2026-11-01", lte: "2026-11-30" } }));
    const { status, text, headers } = await exported(manager.client, `?filter=${filter}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(headers.get("content-disposition")).toBe('attachment; filename="time-entries-2026-11-01-to-2026-11-30.csv"');
    const lines = text.split("\r\n");
    expect(lines[0]).toBe(header);
    expect(lines[1]).toMatch(/^2026-11-02,/);
    expect(lines[2]).toMatch(/^2026-11-03,/);
    expect(lines[2]).toContain(`"Said ""no"", then\nyes",50,50,0.8333,yes,150.00,COMPANY,EUR,125.00,,${one.id}`);
    expect(lines.slice(3)).toEqual([""]);
    expect((await exported(manager.client)).headers.get("content-disposition")).toContain(
      "time-entries-2026-10-02-to-2026-11-03.csv",
    );
  });

  it("begins with a byte order mark only when asked", async () => {
    const bytes = async (query: string) =>
      new Uint8Array(
        await (
          await fetch(`${test.url}/exports/time-entries.csv${query}`, { headers: manager.client.headers })
        ).arrayBuffer(),
      );
    expect([...(await bytes("?bom=true")).slice(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x44]);
    expect((await bytes(""))[0]).toBe(0x44);
  });

  it("is written with the delimiter and the decimal sign that are asked for, by themselves or by a preset's name", async () => {
    await log(agent.client, { duration: 50, description: "a,b;c\td", workedOn: "2026-11-03" });
    const line = async (query: string) => (await exported(manager.client, query)).text.split("\r\n")[1];
    const cells = ["50", "50", "0.8333", "yes", "150.00", "COMPANY", "EUR", "125.00"];
    const german = cells.map((cell) => cell.replace(".", ","));
    expect(await line("")).toContain(`"a,b;c\td",${cells.join(",")},`);
    expect(await line("?delimiter=semicolon")).toContain(`"a,b;c\td";${cells.join(";")};`);
    expect(await line("?delimiter=tab&decimal=comma")).toContain(`"a,b;c\td"\t${german.join("\t")}\t`);
    expect(await line("?decimal=comma")).toContain('50,50,"0,8333",yes,"150,00",COMPANY,EUR,"125,00",');
    const preset = await exported(manager.client, "?preset=excel-de");
    expect(preset.text.split("\r\n")[1]).toContain(`"a,b;c\td";${german.join(";")};`);
    expect(preset.text.split("\r\n")[0]?.replace("\ufeff", "")).toBe(header.replaceAll(",", ";"));
    expect(await line("?preset=excel-de&decimal=point")).toContain(`;${cells.join(";")};`);
    for (const query of [
      "?delimiter=;",
      "?decimal=dot",
      "?preset=excel",
      "?preset=__proto__",
      "?delimiter=tab&delimiter=comma",
    ])
      expect((await exported(manager.client, query)).status, query).toBe(400);
  });

  it("keeps a text that begins with an apostrophe apart from one that got it", async () => {
    const texts = ["=1", "'=1", "''=1", "'quoted'", "x;=1", "x;'=1", "'\t1"];
    for (const description of texts) await log(agent.client, { duration: 1, description });
    const lines = (await exported(manager.client, "?delimiter=tab")).text.split("\r\n").slice(1, -1);
    const written = lines.map((one) =>
      (one.split(/\t(?=(?:[^"]*"[^"]*")*[^"]*$)/)[6] as string).replace(/^"(.*)"$/s, "$1"),
    );
    expect(new Set(written).size).toBe(texts.length);
    // One apostrophe before a formula was put there by the export: without it, it is what was written.
    const read = (cell: string) => cell.replace(/(^|;)'(?='*[=\t])/g, "$1");
    expect(written.map(read).sort()).toEqual(texts.sort());
  });

  it("T60: runs no cell as a formula", async () => {
    const evil = [
      "Fixed;=1+1",
      "line\n=1+1",
      "a;\t=1",
      "x;-2+3",
      '=HYPERLINK("http://x","y")',
      "+1+1",
      "-2+3",
      "@SUM(A1)",
      "\t=1",
      "=cmd|' /C calc'!A0",
      "\uff1d1+1",
    ];
    for (const description of evil) await log(agent.client, { duration: 1, description });
    const named = await acme.ticket({ subject: "=1+1", contact: await acme.contact(undefined, "@evil") });
    await log(agent.client, { duration: 1 }, named);
    const { text } = await exported(manager.client);
    // However a spreadsheet splits it.
    const cells = text.split(/\r\n|\n|,|;|\t/).map((cell) => cell.replace(/^"/, ""));
    expect(cells.filter((cell) => /^[\s]*[=+@\uff1d]/.test(cell) || /^-\d/.test(cell))).toEqual([]);
    expect(text).toContain("'=1+1");
    expect(text).toContain("'@evil");
  });

  it("is refused with the codes of the API", async () => {
    expect((await exported(test.anonymous)).status).toBe(401);
    const bad = await exported(manager.client, "?filter=%7B%22nope%22%3A1%7D");
    expect([bad.status, JSON.parse(bad.text).errors[0].extensions.code]).toEqual([400, "VALIDATION"]);
    for (const query of ["?filter=%7B", "?bom=maybe", "?filter=%7B%22workedOn%22%3A%7B%22gte%22%3A%22x%22%7D%7D"])
      expect((await exported(manager.client, query)).status, query).toBe(400);
    const posted = await fetch(`${test.url}/exports/time-entries.csv`, {
      method: "POST",
      headers: { ...manager.client.headers, "content-type": "application/json" },
      body: "{}",
    });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await exported(manager.client, "?filtr=%7B%7D")).status).toBe(400);
  });

  it("goes over batches without losing or repeating a line, and leaves running timers out", async () => {
    await start(agent.client, ticket);
    await test.database.query(
      `insert into time_entries (organization_id, id, member_id, ticket_id, ticket_code, ticket_subject, contact_id, worked_on,
         duration_minutes, billed_minutes, rate, rate_source, currency, amount, created_at, updated_at)
       select $1, gen_random_uuid(), $2, t.id, t.code, t.subject, t.contact_id, date '2026-11-01' + (n % 3), 30, 30, 60, 'MEMBER', 'EUR', 30, now(), now()
       from tickets t, generate_series(1, 4500) n where t.id = $3`,
      [acme.organizationId, agent.uuid, ticket.uuid],
    );
    const lines = (await exported(manager.client)).text.split("\r\n").slice(1, -1);
    expect(lines).toHaveLength(4_500);
    expect(new Set(lines.map((line) => line.split(",").at(-1))).size).toBe(4_500);
    expect(lines.map((line) => line.slice(0, 10))).toEqual(lines.map((line) => line.slice(0, 10)).toSorted());
    const { timeReport } = await manager.client.get(`{ timeReport { totals { ${totals} } } }`);
    expect(timeReport.totals).toMatchObject({ entryCount: 4_500, amounts: [{ amount: "135000.00", currency: "EUR" }] });
  });
});
