/** T67: deleting in bulk as sabotage. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("T67: sabotage in bulk", () => {
  it("needs its right, names who did it, and 1,000 deleted tickets come back with all that was theirs", async () => {
    const shop = await test.world.organization("Sabotage");
    const [lead, agent] = [await shop.member("Manager"), await shop.member("Agent")];
    const contact = await shop.contact();
    await test.database.query(
      `insert into tickets (organization_id, id, prefix, number, subject, channel, contact_id, created_at, updated_at, last_activity_at)
       select $1, gen_random_uuid(), 'SAB', n, 'x', 'API', $2, now(), now(), now() from generate_series(1, 1000) n`,
      [shop.organizationId, contact],
    );
    const fingerprint = async () =>
      (
        await test.database.query(
          "select md5(string_agg(code || subject || status || coalesce(deleted_at::text, ''), ',' order by number)) as sum from tickets where organization_id = $1",
          [shop.organizationId],
        )
      )[0];
    const before = await fingerprint();
    const bulk =
      "mutation ($t: [TicketRef!]!, $d: Boolean!) { ticketsBulkUpdate(tickets: $t, input: { isDeleted: $d }) { results { error { code } } } }";
    const refs = (batch: number) =>
      Array.from({ length: 100 }, (_, index) => ({ code: `SAB-${batch * 100 + index + 1}` }));
    expect(await agent.client.code(bulk, { t: refs(0), d: true })).toBe("FORBIDDEN");
    for (let batch = 0; batch < 10; batch++) await lead.client.get(bulk, { t: refs(batch), d: true });
    expect((await lead.client.get("{ tickets { totalCount } }")).tickets.totalCount).toBe(0);
    const [told] = await test.database.query(
      "select count(*)::int as count from changes where organization_id = $1 and kinds = '{ticket.deleted}' and actor_id = $2",
      [shop.organizationId, lead.uuid],
    );
    expect(told?.count).toBe(1_000);
    for (let batch = 0; batch < 10; batch++) await lead.client.get(bulk, { t: refs(batch), d: false });
    expect(await fingerprint()).toEqual(before);
  }, 60_000);
});
