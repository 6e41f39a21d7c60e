import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

const row =
  "id code subject status priority waitingSince assignee { name } contact { name email } company { name } labels { name color } lastMessage { preview } viewerCan { reply note update assign delete merge logTime }";
const list = `query ($first: Int) { tickets(first: $first) { nodes { ${row} } pageInfo { endCursor hasNextPage } } }`;
const aliased = `query ($first: Int) { tickets(first: $first) { nodes { ${row} newest: messages(last: 1) { nodes { bodyText } } notes: messages(visibility: INTERNAL, first: 5) { nodes { bodyText } } all: messages(first: 10) { nodes { bodyText } } } } }`;
const thread =
  "query ($code: String!, $first: Int) { ticket(by: { code: $code }) { code contact { name ticketCount company { name } tickets(first: 5) { nodes { code } } } messages(first: $first) { totalCount nodes { author { __typename name } bodyText visibility viewerCan { delete } } } } }";
const contacts =
  "query ($first: Int) { contacts(first: $first) { totalCount nodes { name email otherEmails ticketCount company { name } tickets(first: 3) { totalCount nodes { code } } } } }";

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
  const label = await acme.label();
  const company = await acme.company();
  for (let index = 0; index < 40; index++)
    await acme.ticket({
      assignee: index % 2 ? ada : null,
      companyId: company,
      labelIds: [label],
      messages: ["one", "two", "note:three"],
    });
});
afterAll(() => test.close());

/** Statements of one request, sign-in check included, once its connections know the organization. */
async function count(query: string, variables: Record<string, unknown>): Promise<number> {
  for (let warm = 0; warm < 3; warm++) await ada.client.get(query, variables);
  await ada.client.get(query, variables);
  return test.lastStatements();
}

describe("statements of a screen", () => {
  it("25 tickets with assignee, contact, company, labels, last message and viewerCan take at most 6, and not more with more rows", async () => {
    const few = await count(list, { first: 5 });
    const many = await count(list, { first: 25 });
    console.log(`list: ${many} statements`);
    expect(many).toBeLessThanOrEqual(6);
    expect(many).toBe(few);
  });

  it("the same with three aliases of messages take at most 8, and not more with more rows", async () => {
    const few = await count(aliased, { first: 5 });
    const many = await count(aliased, { first: 25 });
    console.log(`list with three aliases: ${many} statements`);
    expect(many).toBeLessThanOrEqual(8);
    expect(many).toBe(few);
  });

  it("a thread and a page of contacts take as many with many rows as with few", async () => {
    const code = (
      await acme.ticket({
        messages: Array.from({ length: 30 }, (_, index) => (index % 3 ? `m${index}` : `note:n${index}`)),
      })
    ).code;
    expect(await count(thread, { code, first: 30 })).toBe(await count(thread, { code, first: 3 }));
    expect(await count(contacts, { first: 30 })).toBe(await count(contacts, { first: 3 }));
    console.log(
      `thread: ${await count(thread, { code, first: 30 })}, contacts: ${await count(contacts, { first: 30 })} statements`,
    );
  });
});

describe("the plans of the main lists as the app's role", () => {
  it("walk an index of the organization and don't sort or scan its tickets", async () => {
    const pool = new pg.Pool({ connectionString: test.database.appUrl, max: 1, options: "-c random_page_cost=1.1" });
    const other = await test.world.organization("Big");
    const contact = await other.contact();
    await test.database.query(
      `insert into tickets (organization_id, id, prefix, number, subject, status, priority, channel, contact_id, created_at, updated_at, last_activity_at, waiting_since, closed_at, resolved_at)
       select $1, gen_random_uuid(), 'BIG', n, 'x', s, n % 4, 'API', $2, now() - n * interval '1 minute', now(), now() - n * interval '1 second', case when n % 2 = 0 then now() end,
              case when s = 'CLOSED' then now() end, case when s = 'RESOLVED' then now() end
       from generate_series(1, 20000) n, lateral (select (array['OPEN','PENDING','RESOLVED','CLOSED'])[1 + n % 4] as s) x`,
      [other.organizationId, contact],
    );
    await test.database.query("analyze tickets");
    const client = await pool.connect();
    await client.query("select set_config('tiketti.organization_id', $1, false)", [other.organizationId]);
    const plan = async (condition: string, order: string) => {
      const { rows } = await client.query(
        `explain (format json) select id from tickets where organization_id = '${other.organizationId}' and deleted_at is null ${condition} order by ${order} limit 26`,
      );
      return JSON.stringify(rows[0]["QUERY PLAN"]);
    };
    const plans = {
      "by last activity": await plan("", "last_activity_at desc, id desc"),
      "open by last activity": await plan("and status = 'OPEN'", "last_activity_at desc, id desc"),
      "by waiting since": await plan("", "waiting_since asc nulls last, id asc"),
      "by waiting since, descending": await plan("", "waiting_since desc nulls last, id desc"),
      "by code": await plan("", "code_order asc, id asc"),
      "by status": await plan("", "status_rank asc, id asc"),
      "past a cursor": await plan(
        "and created_at <= now() and (created_at < now() or (created_at = now() and id < gen_random_uuid()))",
        "created_at desc, id desc",
      ),
    };
    for (const [name, text] of Object.entries(plans)) {
      expect(text, name).toMatch(/"Index (Only )?Scan/);
      expect(text, name).not.toMatch(/"Node Type": "(Seq Scan|Sort)"/);
    }
    client.release();
    await pool.end();
  });
});
