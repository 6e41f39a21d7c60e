/** The delete of a large label while others write. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doDueWork } from "../../src/jobs/due-work.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("a label on 50,000 tickets", () => {
  it("is deleted while others write: nobody waits longer than a second, nothing half-done is visible", async () => {
    const shop = await test.world.organization("Large");
    const { client } = await shop.member("Admin");
    const contact = await shop.contact();
    const label = await shop.label("Everywhere");
    await test.database.query(
      `insert into tickets (organization_id, id, prefix, number, subject, channel, contact_id, created_at, updated_at, last_activity_at)
       select $1, gen_random_uuid(), 'BIG', n, 'x', 'API', $2, now(), now(), now() from generate_series(1, 50000) n`,
      [shop.organizationId, contact],
    );
    await test.database.query(
      "insert into ticket_labels (organization_id, ticket_id, label_id) select organization_id, id, $2 from tickets where organization_id = $1",
      [shop.organizationId, label],
    );
    await test.database.query("analyze tickets");
    await test.database.query("analyze ticket_labels");
    let isOver = false;
    const waits: number[] = [];
    const seen = new Set<string>();
    const write = async (worker: number) => {
      for (let turn = 0; !isOver; turn++) {
        const started = performance.now();
        await client.get(
          "mutation ($c: String!, $s: String!) { ticketUpdate(ticket: { code: $c }, input: { subject: $s }) { cursor } }",
          { c: `BIG-${1 + ((turn * 7919 + worker * 1009) % 50_000)}`, s: `turn ${turn}` },
        );
        waits.push(performance.now() - started);
      }
    };
    const read = async () => {
      while (!isOver) {
        const { tickets, labels } = await client.get(
          '{ tickets(filter: { labels: { some: { name: { eq: "Everywhere" } } } }) { totalCount } labels { name ticketCount } }',
        );
        seen.add(JSON.stringify([tickets.totalCount, labels]));
      }
    };
    const others = [write(1), write(2), write(3), read()];
    const started = performance.now();
    await client.get('mutation { labelDelete(label: { name: "Everywhere" }) { deletedLabelId } }');
    const answeredMs = performance.now() - started;
    while (!(await doDueWork(test.server.services, shop.organizationId)));
    const doneMs = performance.now() - started;
    isOver = true;
    await Promise.all(others);
    const longest = Math.max(...waits);
    console.log(
      `labelDelete answered after ${answeredMs.toFixed(0)} ms, the last row was gone after ${(doneMs / 1_000).toFixed(1)} s; meanwhile ${waits.length} writes, the longest ${longest.toFixed(0)} ms`,
    );
    // Each field is a statement of its own, and each saw all of it or nothing.
    for (const text of seen) {
      const [total, labels] = JSON.parse(text) as [number, { ticketCount: number }[]];
      expect([0, 50_000]).toContain(total);
      expect([[], [0], [50_000]]).toContainEqual(labels.map(({ ticketCount }) => ticketCount));
    }
    expect(waits.length).toBeGreaterThan(100);
    expect(
      await test.database.query("select 1 from ticket_labels where organization_id = $1", [shop.organizationId]),
    ).toEqual([]);
    const [log] = await test.database.query(
      "select count(*)::int as count, max(number)::int as last, count(*) filter (where 'ticket.labels_changed' = any(kinds))::int as labels from changes where organization_id = $1",
      [shop.organizationId],
    );
    expect(log).toMatchObject({ count: log?.last, labels: 50_000 });
  }, 180_000);
});
