/** ticketsBulkUpdate. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketByCode } from "../testkit/requests.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const look = (code: string, client = ada.client) => ticketByCode(client, code);

describe("ticketsBulkUpdate", () => {
  const bulk =
    "mutation ($t: [TicketRef!]!, $v: TicketsBulkUpdateInput!) { ticketsBulkUpdate(tickets: $t, input: $v) { results { ticket { code status priority labels { name } assignee { id } deletedAt } error { code message } } } }";

  it("changes all of them, or none, and says which one stood in the way", async () => {
    await acme.label("Bulk");
    const [a, b, closed] = [await acme.ticket(), await acme.ticket(), await acme.ticket({ status: "CLOSED" })];
    const t = [{ code: a.code }, { id: b.id }];
    const { ticketsBulkUpdate } = await ada.client.get(bulk, {
      t,
      v: { status: "PENDING", priority: "HIGH", addLabels: [{ name: "bulk" }], assignee: { id: ada.id } },
    });
    for (const { ticket, error } of ticketsBulkUpdate.results)
      expect([ticket.status, ticket.priority, ticket.labels, ticket.assignee.id, error]).toEqual([
        "PENDING",
        "HIGH",
        [{ name: "Bulk" }],
        ada.id,
        null,
      ]);
    const { errors } = await ada.client.ask(bulk, { t: [...t, { code: closed.code }], v: { status: "RESOLVED" } });
    expect(errors[0]?.extensions).toMatchObject({
      code: "INVALID_STATUS_TRANSITION",
      issues: [{ path: ["tickets", 2] }],
    });
    expect((await look(a.code)).status).toBe("PENDING");
  });

  it("per ticket changes what it can and tells the rest", async () => {
    const [a, closed] = [await acme.ticket(), await acme.ticket({ status: "CLOSED" })];
    const agent = await acme.member("Agent");
    const foreign = await acme.ticket({ assignee: ada });
    const t = [{ code: a.code }, { code: closed.code }, { code: "NOPE-1" }, { code: foreign.code }];
    const { results } = (await agent.client.get(bulk, { t, v: { mode: "PER_TICKET", status: "RESOLVED" } }))
      .ticketsBulkUpdate;
    expect(results.map(({ error }: { error: { code: string } | null }) => error?.code ?? null)).toEqual([
      null,
      "INVALID_STATUS_TRANSITION",
      "NOT_FOUND",
      "FORBIDDEN",
    ]);
    expect(results[0].ticket.status).toBe("RESOLVED");
    expect((await look(foreign.code)).status).toBe("OPEN");
  });

  it("moves to the trash and back", async () => {
    const tickets = [await acme.ticket(), await acme.ticket()];
    const t = tickets.map(({ code }) => ({ code }));
    await ada.client.get(bulk, { t, v: { isDeleted: true } });
    expect(await ada.client.code(bulk, { t, v: { priority: "LOW" } })).toBe("NOT_FOUND");
    const { results } = (await ada.client.get(bulk, { t, v: { isDeleted: false } })).ticketsBulkUpdate;
    expect(results.map(({ ticket }: { ticket: { deletedAt: string | null } }) => ticket.deletedAt)).toEqual([
      null,
      null,
    ]);
  });

  it("answers a repetition as it did the first time, and refuses what says nothing or too much", async () => {
    const { code } = await acme.ticket();
    const headers = { "idempotency-key": "bulk-1" };
    const first = await ada.client.ask(bulk, { t: [{ code }], v: { priority: "URGENT" } }, headers);
    expect((await ada.client.ask(bulk, { t: [{ code }], v: { priority: "URGENT" } }, headers)).data).toEqual(
      first.data,
    );
    expect(await ada.client.code(bulk, { t: [{ code }], v: {} })).toBe("VALIDATION");
    expect(await ada.client.code(bulk, { t: [], v: { priority: "LOW" } })).toBe("VALIDATION");
    expect(await ada.client.code(bulk, { t: Array(101).fill({ code }), v: { priority: "LOW" } })).toBe("VALIDATION");
    const labeler = await acme.member({ "ticket.view": "ALL", "ticket.assign": "ALL" });
    expect(await labeler.client.code(bulk, { t: [{ code }], v: { assignee: null } })).toBeNull();
    expect(await labeler.client.code(bulk, { t: [{ code }], v: { priority: "LOW" } })).toBe("FORBIDDEN");
    expect(await labeler.client.code(bulk, { t: [{ code }], v: { isDeleted: true } })).toBe("FORBIDDEN");
  });
});
