/** Timers and invoices under races and kill -9. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { testSecret } from "../testkit/constants.ts";
import { startProcess } from "../testkit/process.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let agent: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  agent = await acme.member("Agent");
});
afterAll(() => test.close());

const start =
  "mutation ($code: String!) { timerStart(ticket: { code: $code }) { timeEntry { id } stoppedTimeEntry { id } droppedTimeEntryId } }";

describe("T62: timers", () => {
  it("200 parallel timerStart by one member: exactly one runs, every other was dropped as a slip, none is refused or billed", async () => {
    const tickets = await Promise.all(Array.from({ length: 5 }, () => acme.ticket()));
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => agent.client.ask(start, { code: tickets[index % 5]?.code })),
    );
    expect(answers.flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
    // One that another start dropped before its answer was read is null in it.
    const started = answers.flatMap(({ data }) => data.timerStart.timeEntry?.id ?? []);
    const dropped = answers.map(({ data }) => data.timerStart.droppedTimeEntryId).filter(Boolean);
    // Each but the last was dropped by exactly one other; one that found its ticket's timer running began none.
    expect(new Set(dropped).size).toBe(dropped.length);
    expect(new Set(started).size).toBeLessThanOrEqual(dropped.length + 1);
    const rows = await test.database.query(
      "select count(*) filter (where duration_minutes is null)::int as running, count(*) filter (where duration_minutes = 1)::int as saved from time_entries where organization_id = $1 and member_id = $2",
      [acme.organizationId, agent.uuid],
    );
    expect(rows).toEqual([{ running: 1, saved: 0 }]);
  });

  it("100 pairs of stop and discard at once end each timer once", async () => {
    const one = await acme.member("Agent");
    const { code } = await acme.ticket();
    let saved = 0;
    for (let round = 0; round < 100; round++) {
      await one.client.get(start, { code });
      const [stop, discard] = await Promise.all([
        one.client.code("mutation { timerStop { cursor } }"),
        one.client.code("mutation { timerDiscard { cursor } }"),
      ]);
      expect([stop, discard].sort()).toEqual(["NOT_FOUND", null].sort());
      if (stop === null) saved++;
    }
    const { timeEntries } = await one.client.get("{ timeEntries(filter: { member: { isMe: true } }) { totalCount } }");
    expect(timeEntries.totalCount).toBe(saved);
  });

  it("starting while being deactivated leaves no timer that runs", async () => {
    const admin = await acme.member("Admin");
    const { code } = await acme.ticket();
    for (let round = 0; round < 20; round++) {
      const one = await acme.member("Agent");
      await Promise.all([
        one.client.ask(start, { code }),
        admin.client.get(
          "mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { isActive: false }) { cursor } }",
          { id: one.id },
        ),
      ]);
      const rows = await test.database.query(
        "select 1 from time_entries where organization_id = $1 and member_id = $2 and duration_minutes is null",
        [acme.organizationId, one.uuid],
      );
      expect(rows).toEqual([]);
    }
  });
});

it("F1: a timer still runs after kill -9 of the server, and stops with its time", async () => {
  const environment = { DATABASE_URL: test.database.ownerUrl, TIKETTI_SECRET: testSecret };
  const one = await acme.member("Agent");
  const { code } = await acme.ticket();
  const first = await startProcess(environment);
  const { timerStart } = await new Client(first.url, one.client.headers).get(start, { code });
  await first.stop("SIGKILL");
  const second = await startProcess(environment);
  const client = new Client(second.url, one.client.headers);
  const { runningTimer } = await client.get("{ runningTimer { id isRunning } }");
  expect(runningTimer).toEqual({ id: timerStart.timeEntry.id, isRunning: true });
  const { timerStop } = await client.get("mutation { timerStop { timeEntry { id durationMinutes } } }");
  expect(timerStop.timeEntry).toEqual({ id: timerStart.timeEntry.id, durationMinutes: 1 });
  await second.stop("SIGKILL");
});

it("invoices over the same entries, changed and repriced at once, keep every entry on one invoice with the price that was expected", async () => {
  const admin = await acme.member("Admin");
  const company = await acme.company();
  const { code } = await acme.ticket({ companyId: company });
  const ids: string[] = [];
  for (let index = 0; index < 30; index++) {
    const { timeEntryCreate } = await admin.client.get(
      'mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 60, rate: "10" }) { timeEntry { id } } }',
      { code },
    );
    ids.push(timeEntryCreate.timeEntry.id);
  }
  const invoice = (reference: string, part: string[]) =>
    admin.client.ask(
      "mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) { summary { entryCount } } }",
      {
        input: {
          ids: part,
          reference,
          expected: { count: part.length, amounts: [{ amount: `${part.length * 10}`, currency: "EUR" }] },
        },
      },
    );
  const answers = await Promise.all([
    ...Array.from({ length: 15 }, (_, index) => invoice(`R${index}`, ids.slice(index, index + 10))),
    ...ids.map((id, index) =>
      admin.client.ask(
        "mutation ($id: ID!, $d: Duration!) { timeEntryUpdate(id: $id, input: { duration: $d }) { cursor } }",
        {
          id,
          d: index % 3 === 0 ? 30 : 60,
        },
      ),
    ),
  ]);
  const codes = new Set(answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code)));
  for (const one of codes) expect(["CONFLICT", "ENTRY_INVOICED"]).toContain(one);
  const rows = await test.database.query(
    "select invoice_reference, count(*)::int as count, sum(amount)::text as amount from time_entries where organization_id = $1 and company_id = $2 and invoice_reference is not null group by 1",
    [acme.organizationId, company],
  );
  for (const row of rows) expect([row.count, row.amount]).toEqual([10, "100.0000"]);
});
