/** Threats of the reliability goals, by their numbers: exports, races and sabotage. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvCell } from "../../src/lib/csv.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("T60: formulas in CSV cells", () => {
  const dangerous = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.test","y")',
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=IMPORTXML(1)",
    '-2+3+cmd|" /C calc"!D2',
    "@x",
    "+cmd",
    "=\n1",
  ];
  const harmless = [
    "",
    "1",
    "text",
    "a=b",
    "a-b",
    "a+b",
    "x@y.test",
    "2026-11-24",
    "1.50",
    "a,b",
    'say "hi"',
    "two\nlines",
    "ümlaut",
    "日本",
    "'quoted",
    "(x)",
    "#1",
    "/x",
    "a\tb",
    "€5",
  ];

  it.each(dangerous)("%j never begins one", (value) => {
    const cell = csvCell(value).replace(/^"/, "");
    expect(cell.startsWith("'")).toBe(true);
  });

  it.each(harmless)("%j comes back as it was", (value) => {
    const cell = csvCell(value);
    const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    expect(read).toBe(value);
  });
});

describe("T62: two at once", () => {
  it("1,000 pairs of replies, closings, merges and deletes leave every invariant whole", async () => {
    const shop = await test.world.organization("Races");
    const { client } = await shop.member("Admin");
    const pairs: ((a: string, b: string) => [string, string])[] = [
      (a) => [
        `ticketReply(ticket: { id: "${a}" }, input: { bodyText: "one", status: OPEN })`,
        `ticketReply(ticket: { id: "${a}" }, input: { bodyText: "two", status: OPEN })`,
      ],
      (a) => [
        `ticketStatusSet(ticket: { id: "${a}" }, input: { status: CLOSED })`,
        `ticketStatusSet(ticket: { id: "${a}" }, input: { status: CLOSED })`,
      ],
      (a, b) => [
        `ticketMerge(ticket: { id: "${a}" }, into: { id: "${b}" })`,
        `ticketReply(ticket: { id: "${a}" }, input: { bodyText: "late", status: OPEN })`,
      ],
      (a, b) => [
        `ticketMerge(ticket: { id: "${a}" }, into: { id: "${b}" })`,
        `ticketMerge(ticket: { id: "${b}" }, into: { id: "${a}" })`,
      ],
      (a) => [
        `ticketDelete(ticket: { id: "${a}" })`,
        `messageReceive(ticket: { id: "${a}" }, input: { bodyText: "hello" })`,
      ],
      (a, b) => [`ticketDelete(ticket: { id: "${b}" })`, `ticketMerge(ticket: { id: "${a}" }, into: { id: "${b}" })`],
    ];
    const rounds = 1_000;
    const tickets: string[] = [];
    const contact = await shop.contact();
    for (let index = 0; index < 60; index++) tickets.push((await shop.ticket({ contact, messages: ["first"] })).id);
    const written: { body: string }[] = [];
    const codes = new Map<string, number>();
    let next = 0;
    const worker = async () => {
      for (let round = next++; round < rounds; round = next++) {
        const pick = (offset: number) => tickets[(round * 7 + offset) % tickets.length] as string;
        const body = `round ${round}`;
        const both = (pairs[round % pairs.length] as (typeof pairs)[number])(pick(0), pick(1)).map((text, side) =>
          text.replace(/bodyText: "\w+"/, `bodyText: "${body} ${side}"`),
        );
        const answers = await Promise.all(both.map((text) => client.ask(`mutation { ${text} { cursor } }`)));
        for (const [side, { errors }] of answers.entries()) {
          const code = errors[0]?.extensions.code ?? "done";
          codes.set(code, (codes.get(code) ?? 0) + 1);
          if (code === "done" && both[side]?.includes("bodyText")) written.push({ body: `${body} ${side}` });
        }
        // What was deleted or merged away is replaced, so that later rounds find something to do.
        if (answers.some(({ errors }) => errors.length > 0))
          tickets[(round * 7) % tickets.length] = (await shop.ticket({ contact, messages: ["first"] })).id;
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    console.log(`1,000 pairs: ${JSON.stringify(Object.fromEntries(codes))}`);
    expect(codes.has("INTERNAL")).toBe(false);
    const id = shop.organizationId;
    const stored = await test.database.query<{ body_text: string }>(
      "select body_text from messages where organization_id = $1 and body_text like 'round %'",
      [id],
    );
    expect(stored.map(({ body_text }) => body_text).sort()).toEqual(written.map(({ body }) => body).sort());
    const broken = await test.database.query(
      `select t.code from tickets t left join tickets k on k.organization_id = t.organization_id and k.id = t.merged_into_id
       where t.organization_id = $1 and t.merged_into_id is not null and (t.status <> 'CLOSED' or k.merged_into_id is not null
         or exists (select from messages m where m.organization_id = t.organization_id and m.ticket_id = t.id))`,
      [id],
    );
    expect(broken).toEqual([]);
    const [log] = await test.database.query(
      "select count(*)::int as count, max(number)::int as last from changes where organization_id = $1",
      [id],
    );
    expect(log?.count).toBe(log?.last);
  }, 180_000);
});

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
