/** Time in withdrawn currencies, and timers that are no slip. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const done = (mutation: string, variables = {}, person = admin) => person.client.get(mutation, variables);

describe("time", () => {
  it("time in a currency that was withdrawn since can be invoiced", async () => {
    const { code } = await acme.ticket({});
    const made = await done(
      `mutation { timeEntryCreate(ticket: { code: "${code}" }, input: { duration: 60, rate: "10" }) { timeEntry { id } } }`,
    );
    const { id } = made.timeEntryCreate.timeEntry;
    await test.database.query("update time_entries set currency = 'HRK' where ticket_code = $1", [code]);
    const invoice =
      "mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) { summary { amounts { amount currency } } } }";
    const expected = { count: 1, amounts: [{ amount: "10.00", currency: "HRK" }] };
    expect(
      (await done(invoice, { input: { ids: [id], reference: "K1", expected } })).timeEntriesInvoice.summary.amounts,
    ).toEqual([{ amount: "10.00", currency: "HRK" }]);
  });

  it("a timer that was said to have begun hours ago, or says what it is for, is never dropped as a slip", async () => {
    const agent = await acme.member("Agent");
    const [a, b, c] = [await acme.ticket({}), await acme.ticket({}), await acme.ticket({})];
    const start =
      "mutation ($code: String!, $input: TimerStartInput) { timerStart(ticket: { code: $code }, input: $input) { stoppedTimeEntry { durationMinutes } droppedTimeEntryId } }";
    const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
    await agent.client.get(start, { code: a.code, input: { startedAt: ago(3 * 3_600_000) } });
    const next = (await agent.client.get(start, { code: b.code, input: { description: "really" } })).timerStart;
    expect(next).toMatchObject({ stoppedTimeEntry: { durationMinutes: expect.any(Number) }, droppedTimeEntryId: null });
    expect((await agent.client.get(start, { code: c.code })).timerStart).toMatchObject({
      stoppedTimeEntry: { durationMinutes: 1 },
      droppedTimeEntryId: null,
    });
  });
});
