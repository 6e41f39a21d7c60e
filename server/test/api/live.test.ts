/** Live updates over sockets and server-sent events. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LiveClient, type Subscription } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
let agent: Person;
const open: LiveClient[] = [];

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(async () => {
  for (const client of open) await client.close();
  await test.close();
});
beforeEach(async () => {
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
  agent = await acme.member("Agent");
});

async function live(person: { client: { headers: Record<string, string> } }): Promise<LiveClient> {
  const client = await LiveClient.connect(test.url, person.client.headers);
  open.push(client);
  return client;
}

const ticketsChanged = `subscription ($filter: TicketLiveFilter, $after: ChangeCursor) {
  ticketsChanged(filter: $filter, after: $after) {
    setChange cursor kinds ticketId actor { name } fieldChanges { field before after } ticket { code status subject }
  } }`;

/** The head of the change log, as a list tells it. */
async function asOf(person = admin): Promise<string> {
  return (await person.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf;
}

/** Subscribes, and waits until it holds: what happens from here on is told. */
async function follow(client: LiveClient, query: string, variables: Record<string, unknown> = {}, person = admin) {
  return client.subscribe(query, { after: await asOf(person), ...variables });
}

const change = (person: Person, field: string, code: string, input: string) =>
  person.client.get(`mutation ($code: String!) { ${field}(ticket: { code: $code }, input: { ${input} }) { cursor } }`, {
    code,
  });

describe("ticketsChanged", () => {
  it("tells what enters, changes in and leaves a set, with what changed and the ticket as it is", async () => {
    const subscription = await follow(await live(agent), ticketsChanged, { filter: { status: { eq: "OPEN" } } });
    const { code, id } = await acme.ticket({ subject: "Printer" });
    const entered = (await subscription.data("entering")).ticketsChanged;
    expect(entered).toMatchObject({ setChange: "ENTERED", kinds: ["TICKET_CREATED"], ticketId: id });
    expect(entered.ticket).toEqual({ code, status: "OPEN", subject: "Printer" });
    await change(admin, "ticketUpdate", code, 'subject: "Scanner", priority: HIGH');
    const updated = (await subscription.data("updating")).ticketsChanged;
    expect(updated).toMatchObject({ setChange: "UPDATED", ticket: { subject: "Scanner" } });
    expect(updated.fieldChanges).toEqual([
      { field: "priority", before: "NORMAL", after: "HIGH" },
      { field: "subject", before: "Printer", after: "Scanner" },
    ]);
    await change(admin, "ticketStatusSet", code, "status: CLOSED");
    const left = (await subscription.data("leaving")).ticketsChanged;
    expect(left).toMatchObject({
      setChange: "LEFT",
      kinds: ["TICKET_UPDATED", "TICKET_STATUS_CHANGED"],
      ticket: { status: "CLOSED" },
    });
    // What happens outside of the set isn't told.
    await change(admin, "ticketUpdate", code, 'subject: "Outside"');
    const next = await acme.ticket();
    expect((await subscription.data("the next")).ticketsChanged).toMatchObject({
      setChange: "ENTERED",
      ticketId: next.id,
    });
  });

  it("goes on after a cursor with what was missed, once and in order", async () => {
    const from = await asOf();
    const codes = [];
    for (let index = 0; index < 5; index++) codes.push((await acme.ticket()).code);
    const told = async (subscription: Subscription, count: number) => {
      const list = [];
      for (let index = 0; index < count; index++)
        list.push((await subscription.data(`change ${index}`)).ticketsChanged);
      return list;
    };
    const first = await told((await live(agent)).subscribe(ticketsChanged, { after: from }), 3);
    const second = await told((await live(agent)).subscribe(ticketsChanged, { after: first[2].cursor }), 2);
    expect([...first, ...second].map(({ ticket }) => ticket.code)).toEqual(codes);
  });

  it("refuses a filter that it can't read at once, with the path", async () => {
    const client = await live(agent);
    const bad = client.subscribe(ticketsChanged, {
      filter: { and: [{ status: { eq: "OPEN" } }, { assignee: { id: { eq: acme.id } } }] },
    });
    const [error] = await bad.ended();
    expect(error?.extensions).toMatchObject({
      code: "VALIDATION",
      issues: [{ path: ["filter", "and", 1, "assignee", "id", "eq"] }],
    });
    const unknown = client.subscribe(ticketsChanged, { filter: { contact: { name: { eq: "x" } } } });
    expect((await unknown.ended())[0]?.message).toContain("name");
    const wrong = client.subscribe(ticketsChanged, { after: "change_nonsense" });
    expect((await wrong.ended())[0]?.extensions.code).toBe("VALIDATION");
  });
});
