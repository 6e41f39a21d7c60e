/** ticketDelete, ticketRestore and the list of the trash. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("the trash", () => {
  const remove = "mutation ($c: String!) { ticketDelete(ticket: { code: $c }) { deletedTicketId } }";
  const restore = "mutation ($c: String!) { ticketRestore(ticket: { code: $c }) { ticket { code status } } }";
  const trash = "{ tickets(filter: { isDeleted: true }, first: 100) { totalCount nodes { code deletedAt } } }";

  it("lists deleted tickets to who may restore them, and nothing to the others", async () => {
    const shop = await test.world.organization("Shop");
    const [lead, viewer] = [await shop.member("Manager"), await shop.member("Viewer")];
    const own = await shop.member({ "ticket.view": "ALL", "ticket.delete": "ASSIGNED" });
    const [a, b] = [await shop.ticket({ assignee: own }), await shop.ticket()];
    await lead.client.get(remove, { c: a.code });
    await lead.client.get(remove, { c: b.code });
    expect((await lead.client.get(trash)).tickets.totalCount).toBe(2);
    expect((await own.client.get(trash)).tickets.nodes).toMatchObject([{ code: a.code }]);
    expect((await viewer.client.get(trash)).tickets).toEqual({ totalCount: 0, nodes: [] });
    expect((await lead.client.get("{ tickets { totalCount } }")).tickets.totalCount).toBe(0);
    expect(await own.client.code(restore, { c: b.code })).toBe("NOT_FOUND");
    expect(await viewer.client.code(restore, { c: a.code })).toBe("FORBIDDEN");
    expect((await own.client.get(restore, { c: a.code })).ticketRestore.ticket).toEqual({
      code: a.code,
      status: "OPEN",
    });
    expect(await lead.client.code(restore, { c: a.code })).toBe("NOT_FOUND");
  });
});
