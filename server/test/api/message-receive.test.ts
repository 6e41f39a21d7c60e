/** messageReceive and participants. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../src/lib/days.ts";
import { ticketByCode } from "../testkit/requests.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let offset = 0;

beforeAll(async () => {
  test = await startTestServer({ deps: { clock: { now: () => addDays(new Date(), offset) } } });
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const look = (code: string, client = ada.client) => ticketByCode(client, code);
const receive =
  "mutation ($c: String!, $v: MessageReceiveInput!) { messageReceive(ticket: { code: $c }, input: $v) { ticket { code status followUpOf { code } assignee { id } labels { name } } message { direction author { name } from } } }";
const settings = (input: string) => ada.client.get(`mutation { organizationUpdate(input: { ${input} }) { cursor } }`);

describe("messageReceive", () => {
  it.each(["PENDING", "RESOLVED"] as const)("reopens a %s ticket, and somebody waits from then on", async (status) => {
    const { code } = await acme.ticket({ status, messages: [] });
    const { messageReceive } = await ada.client.get(receive, { c: code, v: { bodyText: "It broke again" } });
    expect(messageReceive.ticket).toMatchObject({ code, status: "OPEN" });
    expect(messageReceive.message.direction).toBe("INBOUND");
    expect((await look(code)).waitingSince).not.toBeNull();
  });

  it("follows up a CLOSED ticket with its contact, labels and an active assignee", async () => {
    const [agent, leaver] = [await acme.member("Agent"), await acme.member("Agent")];
    const label = await acme.label("Kept label");
    const closed = await acme.ticket({ status: "CLOSED", assignee: agent, labelIds: [label] });
    const { messageReceive } = await ada.client.get(receive, { c: closed.code, v: { bodyText: "One more thing" } });
    expect(messageReceive.ticket).toMatchObject({
      status: "OPEN",
      followUpOf: { code: closed.code },
      assignee: { id: agent.id },
      labels: [{ name: "Kept label" }],
    });
    expect((await look(closed.code)).status).toBe("CLOSED");
    const left = await acme.ticket({ status: "CLOSED", assignee: leaver });
    await ada.client.get("mutation ($id: ID!) { memberRemove(member: { id: $id }) { cursor } }", { id: leaver.id });
    expect(
      (await ada.client.get(receive, { c: left.code, v: { bodyText: "Hello?" } })).messageReceive.ticket.assignee,
    ).toBeNull();
  });

  it("reopens a CLOSED ticket with REOPEN, within the setting's days only", async () => {
    await settings("closedTicketReply: REOPEN, reopenWithinDays: 10");
    const [soon, late] = [await acme.ticket({ status: "CLOSED" }), await acme.ticket({ status: "CLOSED" })];
    offset = 9;
    expect(
      (await ada.client.get(receive, { c: soon.code, v: { bodyText: "Again" } })).messageReceive.ticket,
    ).toMatchObject({ code: soon.code, status: "OPEN" });
    offset = 11;
    expect(
      (await ada.client.get(receive, { c: late.code, v: { bodyText: "Again" } })).messageReceive.ticket.followUpOf,
    ).toEqual({ code: late.code });
    offset = 0;
    await settings("closedTicketReply: FOLLOW_UP");
  });

  it("takes words of somebody else who is found or made, and none of a blocked contact", async () => {
    const { code } = await acme.ticket();
    const { messageReceive } = await ada.client.get(receive, {
      c: code,
      v: { bodyText: "I'm the colleague", from: { person: { email: "colleague@mail.test", name: "Coll" } } },
    });
    expect(messageReceive.message).toMatchObject({ author: { name: "Coll" }, from: "colleague@mail.test" });
    await ada.client.get(
      'mutation { contactUpdate(contact: { email: "colleague@mail.test" }, input: { isBlocked: true }) { cursor } }',
    );
    const { errors } = await ada.client.ask(receive, {
      c: code,
      v: { bodyText: "Spam", from: { email: "colleague@mail.test" } },
    });
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([
      "VALIDATION",
      expect.stringContaining("unblock the contact first"),
    ]);
  });
});

describe("participants", () => {
  it("get replies too, but the ticket's contact is none", async () => {
    const { code } = await acme.ticket({ contact: await acme.contact("main@mail.test") });
    const change =
      "mutation ($c: String!, $v: TicketParticipantsUpdateInput!) { ticketParticipantsUpdate(ticket: { code: $c }, input: $v) { ticket { participants { email } } } }";
    const { ticketParticipantsUpdate } = await ada.client.get(change, {
      c: code,
      v: {
        addParticipants: [
          { person: { email: "p1@mail.test" } },
          { person: { email: "p2@mail.test" } },
          { email: "main@mail.test" },
        ],
      },
    });
    expect(ticketParticipantsUpdate.ticket.participants).toEqual([
      { email: "p1@mail.test" },
      { email: "p2@mail.test" },
    ]);
    await ada.client.get(change, { c: code, v: { removeParticipants: [{ email: "p2@mail.test" }] } });
    const { ticketReply } = await ada.client.get(
      'mutation ($c: String!) { ticketReply(ticket: { code: $c }, input: { bodyText: "Hi" }) { message { to } } }',
      { c: code },
    );
    expect(ticketReply.message.to).toEqual(["main@mail.test", "p1@mail.test"]);
  });
});
