/** T62: two who change one ticket at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

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
