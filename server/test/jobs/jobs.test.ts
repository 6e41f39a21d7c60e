/** What is done by time and in batches, and a worker that loses its connections. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { doDueWork } from "../../src/jobs/due-work.ts";
import { addDays } from "../../src/lib/days.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let now = new Date();
const clock = { now: () => now };

beforeAll(async () => {
  test = await startTestServer({ deps: { clock } });
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const run = () => doDueWork(test.server.services, acme.organizationId);
const due = () => test.server.services.database.preTenant.findOrganizationsWithDueWork(now, 30);
const ticketFields =
  "query ($code: String!) { ticket(by: { code: $code }) { status pendingUntil closedAt assignee { name } labels { name } } }";
const look = async (code: string) => (await ada.client.get(ticketFields, { code })).ticket;

describe("what is due by time", () => {
  it("brings a PENDING ticket back at its pendingUntil and not before, as the system", async () => {
    const ticket = await acme.ticket();
    await ada.client.get(
      "mutation ($code: String!, $until: DateTime!) { ticketStatusSet(ticket: { code: $code }, input: { status: PENDING, pendingUntil: $until }) { cursor } }",
      { code: ticket.code, until: addDays(now, 1).toISOString() },
    );
    expect(await due()).toEqual([]);
    await run();
    expect((await look(ticket.code)).status).toBe("PENDING");
    now = addDays(now, 1);
    expect(await due()).toEqual([acme.organizationId]);
    await run();
    expect(await look(ticket.code)).toMatchObject({ status: "OPEN", pendingUntil: null });
    const [change] = await test.database.query(
      "select actor_kind, kinds from changes where subject_id = $1 order by number desc limit 1",
      [ticket.uuid],
    );
    expect(change).toEqual({ actor_kind: "SYSTEM", kinds: ["ticket.updated", "ticket.status_changed"] });
    expect(await due()).toEqual([]);
  });

  it("closes a RESOLVED ticket after the setting's days, and never when it is off", async () => {
    const ticket = await acme.ticket({ status: "RESOLVED" });
    now = addDays(now, 8);
    await ada.client.get("mutation { organizationUpdate(input: { autoCloseResolvedAfterDays: null }) { cursor } }");
    expect(await due()).toEqual([]);
    await run();
    expect((await look(ticket.code)).status).toBe("RESOLVED");
    await ada.client.get("mutation { organizationUpdate(input: { autoCloseResolvedAfterDays: 7 }) { cursor } }");
    await run();
    expect((await look(ticket.code)).status).toBe("CLOSED");
  });

  it("purges a deleted ticket after 30 days with its messages, and leaves no word of it in the change log", async () => {
    const ticket = await acme.ticket({ subject: "purge-canary", messages: ["purge-canary", "note:purge-canary"] });
    const follower = await acme.ticket();
    await test.database.query("update tickets set follow_up_of_id = $1 where id = $2", [ticket.uuid, follower.uuid]);
    await ada.client.get("mutation ($code: String!) { ticketDelete(ticket: { code: $code }) { deletedTicketId } }", {
      code: ticket.code,
    });
    now = addDays(now, 29);
    await run();
    expect(await test.database.query("select 1 from tickets where id = $1", [ticket.uuid])).toHaveLength(1);
    now = addDays(now, 1);
    expect(await due()).toEqual([acme.organizationId]);
    await run();
    for (const table of ["tickets", "messages", "changes", "ticket_labels"]) {
      const rows = await test.database.query(
        `select t::text as row from ${table} t where t::text like '%purge-canary%'`,
      );
      expect(rows, table).toEqual([]);
    }
    const [log] = await test.database.query(
      "select count(*)::int as count, max(number)::int as last, (select floor_number::int from change_heads where organization_id = $1) as floor from changes where organization_id = $1 and number > (select floor_number from change_heads where organization_id = $1)",
      [acme.organizationId],
    );
    expect(log?.count).toBe((log?.last as number) - (log?.floor as number));
  });

  it("prunes changes after 30 days, but not what a ticket's timeline shows", async () => {
    const { code } = await acme.ticket();
    const { tickets } = await ada.client.get("{ tickets(first: 1) { asOf } }");
    await ada.client.get(
      'mutation ($code: String!) { ticketUpdate(ticket: { code: $code }, input: { subject: "Renamed" }) { cursor } }',
      { code },
    );
    const timeline = "query ($code: String!) { ticket(by: { code: $code }) { timeline { totalCount } } }";
    const before = await ada.client.get(timeline, { code });
    now = addDays(now, 31);
    expect(await test.server.services.database.preTenant.findOrganizationsWithOldChanges(addDays(now, -30))).toContain(
      acme.organizationId,
    );
    await ada.client.get("mutation { organizationUpdate(input: { reopenWithinDays: 21 }) { cursor } }");
    await run();
    const [kept] = await test.database.query(
      "select count(*) filter (where subject_type <> 'ticket')::int as others, count(*) filter (where subject_type = 'ticket')::int as tickets from changes where organization_id = $1",
      [acme.organizationId],
    );
    expect([kept?.others, (kept?.tickets as number) > 1]).toEqual([1, true]);
    expect(await ada.client.get(timeline, { code })).toEqual(before);
    const read = (after: string) =>
      ada.client.code("query ($after: ChangeCursor!) { changes(after: $after) { hasMore } }", { after });
    expect(await read(tickets.asOf)).toBe("CURSOR_EXPIRED");
    expect(await read((await ada.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf)).toBeNull();
    expect(await test.server.services.database.preTenant.findOrganizationsWithOldChanges(addDays(now, -30))).toEqual(
      [],
    );
  });

  it("gives a leaver's ticket to the successor also when it is reopened later", async () => {
    const [leaver, heir] = [await acme.member("Agent"), await acme.member("Agent")];
    const ticket = await acme.ticket({ assignee: leaver, status: "RESOLVED" });
    await ada.client.get(
      "mutation ($id: ID!, $to: ID!) { memberRemove(member: { id: $id }, input: { reassignTicketsTo: { id: $to } }) { cursor } }",
      { id: leaver.id, to: heir.id },
    );
    expect((await look(ticket.code)).assignee.name).toBe(leaver.email.split("@")[0]);
    await ada.client.get(
      'mutation ($code: String!) { messageReceive(ticket: { code: $code }, input: { bodyText: "Again" }) { cursor } }',
      { code: ticket.code },
    );
    expect(await due()).toEqual([acme.organizationId]);
    await run();
    expect((await look(ticket.code)).assignee.name).toBe(heir.email.split("@")[0]);
  });

  it("forgets idempotency keys and tokens that are over, and keeps the others", async () => {
    const key = (name: string) =>
      ada.client.get(
        "mutation { organizationUpdate(input: { reopenWithinDays: 20 }) { cursor } }",
        {},
        { "idempotency-key": name },
      );
    await key("old");
    await test.database.query("update idempotency_keys set created_at = now() - interval '25 hours'");
    expect(await due()).toEqual([acme.organizationId]);
    await run();
    await key("new");
    expect(await test.database.query("select 1 from idempotency_keys")).toHaveLength(2);
    const { preTenant } = test.server.services.database;
    await test.world.session(ada.userId);
    await test.database.query(
      "update tokens set expires_at = now() - interval '1 second' where session_id = (select id from sessions order by created_at desc limit 1)",
    );
    await test.database.query(
      "update sessions set created_at = now() - interval '2 hours' where id = (select id from sessions order by created_at desc limit 1)",
    );
    expect(await preTenant.removeExpired(100)).toBe(2);
    expect(await preTenant.removeExpired(100)).toBe(1);
    expect(await preTenant.removeExpired(100)).toBe(0);
    expect((await ada.client.get("{ viewer { roleName } }")).viewer.roleName).toBe("Admin");
  });
});

describe("a write that touches more than 500 rows", () => {
  it("shows its end at once and is finished by the jobs, in batches that each tell the change log", async () => {
    const big = await test.world.organization("Big");
    const { client } = await big.member("Admin");
    const contact = await big.contact();
    const label = await big.label("Wide");
    await test.database.query(
      `insert into tickets (organization_id, id, prefix, number, subject, channel, contact_id, created_at, updated_at, last_activity_at)
       select $1, gen_random_uuid(), 'BIG', n, 'x', 'API', $2, now(), now(), now() from generate_series(1, 1200) n`,
      [big.organizationId, contact],
    );
    await test.database.query(
      "insert into ticket_labels (organization_id, ticket_id, label_id) select organization_id, id, $2 from tickets where organization_id = $1",
      [big.organizationId, label],
    );
    const withJobs = await startTestServer({ database: test.database, hasJobs: true });
    try {
      const labels = "{ labels { name } tickets(filter: { labels: { some: {} } }) { totalCount } }";
      await client.get('mutation { labelDelete(label: { name: "Wide" }) { deletedLabelId } }');
      expect(await client.get(labels)).toEqual({ labels: [], tickets: { totalCount: 0 } });
      expect(await test.database.query("select 1 from tasks")).toHaveLength(1);
      withJobs.server.services.wake(big.organizationId);
      await vi.waitFor(
        async () => {
          expect(await test.database.query("select 1 from tasks")).toEqual([]);
          expect(await test.database.query("select 1 from ticket_labels where label_id = $1", [label])).toEqual([]);
        },
        { timeout: 30_000, interval: 50 },
      );
      const [log] = await test.database.query(
        "select count(*)::int as count from changes where organization_id = $1 and 'ticket.labels_changed' = any(kinds)",
        [big.organizationId],
      );
      expect(log?.count).toBe(1_200);
    } finally {
      await withJobs.close();
    }
  });
});

describe("a worker whose connections break", () => {
  it("goes on, raises its sign of life again, and ends in order", async () => {
    const withJobs = await startTestServer({ database: test.database, hasJobs: true });
    const signs =
      "select count(*)::int as count from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and a.application_name = 'tiketti jobs' and l.granted";
    const expectSign = () =>
      vi.waitFor(async () => expect((await test.database.query(signs))[0]?.count).toBe(1), {
        timeout: 20_000,
        interval: 100,
      });
    await expectSign();
    await test.database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tiketti jobs' and datname = current_database()",
    );
    await expectSign();
    await withJobs.close();
    expect((await test.database.query(signs))[0]?.count).toBe(0);
  });
});
