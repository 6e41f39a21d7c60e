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

describe("ticketChanged, messagesChanged", () => {
  it("tell a ticket's own changes, its messages and its time; notes only with note.view", async () => {
    const noteless = await acme.member({ "ticket.view": "ALL" });
    const ticket = await acme.ticket();
    const query = `subscription ($code: String!, $after: ChangeCursor) { ticketChanged(by: { code: $code }, after: $after) {
      kinds ticket { status } message { bodyText visibility } timeEntry { durationMinutes } } }`;
    const messages = `subscription ($code: String!, $after: ChangeCursor) { messagesChanged(ticket: { code: $code }, after: $after) { kinds message { bodyText } } }`;
    const code = ticket.code;
    const all = await follow(await live(agent), query, { code });
    const few = await follow(await live(noteless), query, { code });
    const words = await follow(await live(noteless), messages, { code });
    await change(admin, "ticketNoteAdd", code, 'bodyText: "between us"');
    await change(agent, "ticketReply", code, 'bodyText: "Hello", timeEntry: { duration: 5 }');
    await acme.ticket();
    await change(admin, "ticketStatusSet", code, "status: CLOSED");
    const tell = async (subscription: Subscription, count: number) => {
      const list = [];
      for (let index = 0; index < count; index++) list.push((await subscription.data()).ticketChanged);
      return list;
    };
    const told = await tell(all, 5);
    expect(told.map(({ kinds }) => kinds[0])).toEqual([
      "MESSAGE_CREATED",
      "MESSAGE_CREATED",
      "TIME_ENTRY_CREATED",
      "TICKET_UPDATED",
      "TICKET_UPDATED",
    ]);
    expect(told[0].message).toEqual({ bodyText: "between us", visibility: "INTERNAL" });
    expect(told[2].timeEntry).toEqual({ durationMinutes: 5 });
    const less = await tell(few, 4);
    expect(JSON.stringify(less)).not.toContain("between us");
    expect(less.map(({ kinds }) => kinds[0])).toEqual(told.slice(1).map(({ kinds }) => kinds[0]));
    expect((await words.data()).messagesChanged).toEqual({
      kinds: ["MESSAGE_CREATED"],
      message: { bodyText: "Hello" },
    });
  });

  it("of a ticket that isn't seen is NOT_FOUND", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED" });
    const { code } = await acme.ticket();
    const client = await live(narrow);
    for (const field of ["ticketChanged(by:", "messagesChanged(ticket:"])
      expect(
        (await client.subscribe(`subscription { ${field} { code: "${code}" }) { kinds } }`).ended())[0]?.extensions
          .code,
      ).toBe("NOT_FOUND");
  });
});

describe("timeEntriesChanged", () => {
  it("tells a timer from its start to its end, others' amounts to nobody without the right", async () => {
    const ticket = await acme.ticket();
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { hourlyRate: "60" }) { cursor } }',
      { id: admin.id },
    );
    const query = `subscription ($filter: TimeEntryLiveFilter, $after: ChangeCursor) { timeEntriesChanged(filter: $filter, after: $after) {
      setChange kinds timeEntry { isRunning amount { amount } } fieldChanges { field after } } }`;
    const other = await follow(await live(agent), query, { filter: { member: { id: { eq: admin.id } } } });
    const own = await follow(await live(admin), query, { filter: { member: { isMe: true } } });
    await change(admin, "timerStart", ticket.code, "");
    await change(agent, "timeEntryCreate", ticket.code, "duration: 5");
    await admin.client.get("mutation { timerStop(input: { duration: 60 }) { timeEntry { id } } }");
    const { timeEntries } = await admin.client.get(
      "{ timeEntries(filter: { member: { isMe: true } }) { nodes { id } } }",
    );
    await admin.client.get("mutation ($id: ID!) { timeEntryDelete(id: $id) { cursor } }", {
      id: timeEntries.nodes[0].id,
    });
    for (const [subscription, amount] of [
      [own, "60.00"],
      [other, null],
    ] as const) {
      const [started, stopped, gone] = [
        await subscription.data(),
        await subscription.data(),
        await subscription.data(),
      ].map(({ timeEntriesChanged }) => timeEntriesChanged);
      expect([started.setChange, stopped.setChange, gone.setChange]).toEqual(["ENTERED", "UPDATED", "LEFT"]);
      expect([started.kinds, stopped.kinds]).toEqual([["TIME_ENTRY_STARTED"], ["TIME_ENTRY_STOPPED"]]);
      expect(gone.timeEntry).toBeNull();
      const fields = stopped.fieldChanges.map(({ field }: { field: string }) => field);
      expect(fields.includes("amount")).toBe(amount !== null);
      expect(fields.includes("rate")).toBe(amount !== null);
    }
  });
});

describe("ticketCountsChanged", () => {
  it("tells the queues at once and then when they change, at most once a second, the last state always", async () => {
    const subscription = (await live(agent)).subscribe(
      "subscription { ticketCountsChanged { queues { key ticketCount } } }",
    );
    const open = async () => {
      const { queues } = (await subscription.data("counts")).ticketCountsChanged;
      return queues.find(({ key }: { key: string }) => key === "OPEN").ticketCount;
    };
    expect(await open()).toBe(0);
    await Promise.all(Array.from({ length: 10 }, () => acme.ticket()));
    let told = 0;
    for (let last = await open(); last < 10; last = await open()) told++;
    expect(told).toBeLessThanOrEqual(2);
    // A change that counts nothing new tells nothing.
    const { tickets } = await admin.client.get("{ tickets(first: 1) { nodes { code } } }");
    await change(admin, "ticketUpdate", tickets.nodes[0].code, 'subject: "Renamed"');
    await change(admin, "ticketStatusSet", tickets.nodes[0].code, "status: CLOSED");
    expect(await open()).toBe(9);
  });
});

describe("changes", () => {
  it("tell everything as the query does, of whatever kind, and the query pages through it", async () => {
    const from = await asOf();
    const subscription = (await live(admin)).subscribe(
      "subscription ($after: ChangeCursor) { changes(after: $after) { cursor kinds subjectId subject { __typename id } } }",
      { after: from },
    );
    const ticket = await acme.ticket();
    await acme.company("Fjord");
    await acme.label("VIP");
    await change(admin, "ticketDelete".replace("Delete", "Update"), ticket.code, 'subject: "New"');
    const pull = async (after: string, first: number) =>
      (
        await admin.client.get(
          "query ($after: ChangeCursor!, $first: Int) { changes(after: $after, first: $first) { cursor hasMore nodes { cursor kinds subjectId subject { __typename id } } } }",
          { after, first },
        )
      ).changes;
    const pages = [await pull(from, 2)];
    while (pages.at(-1).hasMore) pages.push(await pull(pages.at(-1).cursor, 2));
    const pulled = pages.flatMap(({ nodes }) => nodes);
    const pushed = [];
    for (const _one of pulled) pushed.push((await subscription.data()).changes);
    expect(pushed).toEqual(pulled);
    expect(pulled.map(({ kinds }: { kinds: string[] }) => kinds[0])).toEqual(
      [
        "CONTACT_CREATED",
        "TICKET_CREATED",
        "MESSAGE_CREATED",
        "COMPANY_CREATED",
        "LABEL_CREATED",
        "TICKET_UPDATED",
      ].filter((kind) => pulled.some(({ kinds }: { kinds: string[] }) => kinds[0] === kind)),
    );
    expect(pulled.every(({ subject }: { subject: object | null }) => subject !== null)).toBe(true);
  });

  it("tell who copies that a ticket is gone, by its id alone", async () => {
    const ticket = await acme.ticket({ subject: "canary" });
    const from = await asOf();
    await admin.client.get("mutation ($code: String!) { ticketDelete(ticket: { code: $code }) { cursor } }", {
      code: ticket.code,
    });
    const { changes } = await agent.client.get(
      "query ($after: ChangeCursor!) { changes(after: $after) { nodes { kinds subjectId subject { id } fieldChanges { field } } } }",
      { after: from },
    );
    expect(changes.nodes).toEqual([
      { kinds: ["TICKET_DELETED"], subjectId: ticket.id, subject: null, fieldChanges: [] },
    ]);
  });

  it("of contacts, invitations and keys are for who may see those, and rates for who may see money", async () => {
    const narrow = await acme.member({ "ticket.view": "ALL" });
    const from = await asOf();
    await acme.contact("secret@mail.test", "Secret");
    await acme.invitation();
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { hourlyRate: "77.77", name: "Renamed" }) { cursor } }',
      { id: agent.id },
    );
    await admin.client.get(
      'mutation { apiKeyCreate(input: { name: "Secret key", role: { name: "Viewer" } }) { cursor } }',
    );
    const query =
      "query ($after: ChangeCursor!) { changes(after: $after) { nodes { kinds fieldChanges { field before after } } } }";
    const seen = (await narrow.client.get(query, { after: from })).changes.nodes;
    expect(seen.map(({ kinds }: { kinds: string[] }) => kinds[0])).toEqual(["MEMBER_UPDATED"]);
    expect(JSON.stringify(seen)).not.toMatch(/77|Secret/);
    expect(JSON.stringify((await admin.client.get(query, { after: from })).changes)).toMatch(/77\.77/);
  });
});

describe("server-sent events", () => {
  async function stream(person: Person, query: string, variables: object = {}, accept = "text/event-stream") {
    const response = await fetch(`${test.url}/graphql`, {
      method: "POST",
      headers: { ...person.client.headers, "content-type": "application/json", accept },
      body: JSON.stringify({ query, variables }),
    });
    if (!accept.startsWith("text/")) return { response, next: async () => null, end: async () => {} };
    const reader = (response.body as ReadableStream).pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    return {
      response,
      async next(): Promise<{
        data?: { ticketsChanged: { ticketId: string } };
        errors?: { extensions: { code: string } }[];
      } | null> {
        for (;;) {
          const match = /event: (\w+)\ndata: ?(.*)\n\n/.exec(text);
          if (match) {
            text = text.slice(match.index + match[0].length);
            return match[1] === "complete" ? null : JSON.parse(match[2] as string);
          }
          const { value, done } = await reader.read();
          if (done) return null;
          text += value;
        }
      },
      end: () => reader.cancel(),
    };
  }

  it("tell the same as a socket, and go on after a cursor", async () => {
    const from = await asOf();
    const first = await acme.ticket();
    const events = await stream(agent, ticketsChanged, { after: from });
    expect((await events.next())?.data?.ticketsChanged.ticketId).toBe(first.id);
    const second = await acme.ticket();
    expect((await events.next())?.data?.ticketsChanged.ticketId).toBe(second.id);
    await events.end();
  });

  it("end with UNAUTHENTICATED when the token does", async () => {
    const one = await acme.member("Agent");
    const events = await stream(one, ticketsChanged);
    await one.client
      .get("mutation { signOut { isSignedOut } }")
      .catch(async () => one.client.ask("mutation { signOut { __typename } }"));
    expect((await events.next())?.errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(await events.next()).toBeNull();
  });

  it("pass proxies at once, and no encoding is made up", async () => {
    const { response, end } = await stream(agent, ticketsChanged);
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    await end();
  });

  it("are what a subscription needs: asked for as JSON it is refused", async () => {
    const { response } = await stream(agent, ticketsChanged, {}, "application/json");
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe("BAD_REQUEST");
    expect(errors[0]?.message).toContain("text/event-stream");
  });
});

describe("a socket", () => {
  it("runs queries and mutations through the same pipeline: limits, masking, codes, replays", async () => {
    const client = await live(agent);
    expect((await client.ask("{ viewer { roleName } }")).data.viewer.roleName).toBe("Agent");
    expect((await client.ask("{ apiKeys { id } }")).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    const deep = `{ tickets { nodes { ${"contact { tickets { nodes { ".repeat(6)} id ${"} } }".repeat(6)} } } }`;
    for (const text of [deep, "{ nope }", "{"]) {
      const code = (await client.subscribe(text).ended())[0]?.extensions.code;
      expect(["QUERY_TOO_COMPLEX", "BAD_REQUEST"]).toContain(code);
    }
    const create =
      'mutation { ticketCreate(input: { subject: "x", contact: { person: { email: "same@mail.test" } }, description: "x" }) { ticket { code } } }';
    const send = async (id: string) => {
      client.send({ id, type: "subscribe", payload: { query: create, extensions: { idempotencyKey: "socket-key" } } });
      const [message] = (await client.messages.until((list) => list.some((one) => one.id === id))).filter(
        (one) => one.id === id,
      );
      return message?.payload as {
        data: { ticketCreate: { ticket: { code: string } } };
        extensions?: { replayed?: boolean };
      };
    };
    const [first, second] = [await send("a"), await send("b")];
    expect(second.data).toEqual(first.data);
    expect(second.extensions?.replayed).toBe(true);
  });

  it("shows its counts at /metrics where that is on, and nothing there where it is off", async () => {
    expect((await fetch(`${test.url}/metrics`)).status).toBe(404);
    const other = await startTestServer({ database: test.database, hasMetrics: true });
    const client = await LiveClient.connect(other.url, agent.client.headers);
    client.subscribe(ticketsChanged);
    await client.ask("{ viewer { roleName } }");
    const read = async () => (await fetch(`${other.url}/metrics`)).text();
    // Both operations run at once: the subscription may begin after the query has ended.
    let text = await read();
    for (let tries = 0; tries < 100 && !/^tiketti_subscriptions 1$/m.test(text); tries++) text = await read();
    expect(text).toMatch(/^tiketti_sockets 1$/m);
    expect(text).toMatch(/^tiketti_subscriptions 1$/m);
    expect(text).toMatch(/^tiketti_slow_readers_closed_total 0$/m);
    await client.close();
    await other.close();
  });
});
