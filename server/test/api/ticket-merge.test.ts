/** ticketMerge. */
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

describe("ticketMerge", () => {
  const merge =
    "mutation ($a: TicketRef!, $b: TicketRef!) { ticketMerge(ticket: $a, into: $b) { mergedTicketId ticket { code } } }";

  it("moves messages and participants, closes the other, and its code finds the kept one for ever", async () => {
    const [first, second, third] = [
      await acme.ticket({ messages: ["one", "note:two"] }),
      await acme.ticket({ messages: ["three"] }),
      await acme.ticket({ messages: ["four"] }),
    ];
    await ada.client.get(merge, { a: { code: first.code }, b: { code: second.code } });
    await ada.client.get(merge, { a: { code: second.code }, b: { code: third.code } });
    const kept = await look(first.code);
    expect(kept).toMatchObject({ code: third.code, messages: { totalCount: 4 } });
    const { ticket } = await ada.client.get(
      "query ($id: ID!) { ticket(by: { id: $id }) { code status mergedInto { code } messages { totalCount } } }",
      { id: first.id },
    );
    expect(ticket).toEqual({
      code: first.code,
      status: "CLOSED",
      mergedInto: { code: third.code },
      messages: { totalCount: 0 },
    });
    const reply = await ada.client.get(
      'mutation ($c: String!) { ticketReply(ticket: { code: $c }, input: { bodyText: "To all" }) { ticket { code } } }',
      { c: first.code },
    );
    expect(reply.ticketReply.ticket.code).toBe(third.code);
    expect(await ada.client.code(merge, { a: { code: first.code }, b: { id: first.id } })).toBe("VALIDATION");
    expect(await ada.client.code(merge, { a: { id: first.id }, b: { code: third.code } })).toBe("CONFLICT");
  });

  it("needs the right for both", async () => {
    const lead = await acme.member({ "ticket.view": "ALL", "ticket.delete": "ASSIGNED" });
    const [mine, theirs] = [await acme.ticket({ assignee: lead }), await acme.ticket({ assignee: ada })];
    expect(await lead.client.code(merge, { a: { code: mine.code }, b: { code: theirs.code } })).toBe("FORBIDDEN");
    expect(await lead.client.code(merge, { a: { code: theirs.code }, b: { code: mine.code } })).toBe("FORBIDDEN");
  });
});
