/** Pages under concurrent changes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketStatuses } from "../../src/tickets/ticket.status.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("pages while others write", () => {
  const page =
    "query ($orderBy: TicketOrder, $after: Cursor) { tickets(orderBy: $orderBy, first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }";
  const orders = [
    "CREATED_AT",
    "UPDATED_AT",
    "LAST_ACTIVITY_AT",
    "WAITING_SINCE",
    "PRIORITY",
    "STATUS",
    "CODE",
  ].flatMap((field) => ["ASC", "DESC"].map((direction) => ({ field, direction })));

  it("miss and repeat no ticket that didn't change, in every order", async () => {
    const shop = await test.world.organization("Shop");
    const reader = await shop.member("Agent");
    const writer = await shop.member("Admin");
    const still: string[] = [];
    const moving: string[] = [];
    for (let index = 0; index < 60; index++) {
      const { id } = await shop.ticket({ priority: index % 4, status: ticketStatuses[index % 4] as "OPEN" });
      (index % 3 ? still : moving).push(id);
    }
    await test.database.query("update tickets set waiting_since = null where organization_id = $1 and number % 4 = 1", [
      shop.organizationId,
    ]);
    const changes = [
      'ticketUpdate(ticket: { id: $id }, input: { priority: URGENT, subject: "moved" }) { cursor }',
      "ticketUpdate(ticket: { id: $id }, input: { priority: LOW }) { cursor }",
      'messageReceive(ticket: { id: $id }, input: { bodyText: "hello" }) { cursor }',
      'ticketReply(ticket: { id: $id }, input: { bodyText: "hello", status: RESOLVED }) { cursor }',
      "ticketStatusSet(ticket: { id: $id }, input: { status: OPEN }) { cursor }",
    ];
    let isOver = false;
    const write = async () => {
      for (let turn = 0; !isOver; turn++) {
        const id = moving[turn % moving.length] as string;
        const { errors } = await writer.client.ask(`mutation ($id: ID!) { ${changes[turn % changes.length]} }`, { id });
        expect(errors.filter(({ extensions }) => !["INVALID_STATUS_TRANSITION"].includes(extensions.code))).toEqual([]);
        if (turn % 9 === 0)
          await writer.client.get(
            'mutation { ticketCreate(input: { subject: "new", contact: { person: { email: "new@mail.test" } } }) { cursor } }',
          );
      }
    };
    const writing = write();
    for (let round = 0; round < 3; round++)
      for (const orderBy of orders) {
        const seen: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const { tickets } = await reader.client.get(page, { orderBy, after });
          seen.push(...tickets.nodes.map(({ id }: { id: string }) => id));
          ({ hasNextPage: more, endCursor: after } = tickets.pageInfo);
        }
        const counted = still.map((id) => seen.filter((other) => other === id).length);
        expect(counted, `${orderBy.field} ${orderBy.direction}`).toEqual(still.map(() => 1));
      }
    isOver = true;
    await writing;
  }, 120_000);
});
