/** Live updates against the threats of docs/threats.md: who sees what, until when, and what a connection may take. */
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { limits } from "../../src/transport/limits.ts";
import { Client } from "../testkit/client.ts";
import { furnish } from "../testkit/fixtures.ts";
import { LiveClient, type Subscription } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
const open: LiveClient[] = [];

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(async () => {
  for (const client of open) client.socket.terminate();
  await test.close();
});
beforeEach(async () => {
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
});

async function live(headers: Record<string, string>): Promise<LiveClient> {
  const client = await LiveClient.connect(test.url, headers);
  open.push(client);
  return client;
}

const fields = "setChange kinds ticketId fieldChanges { field before after } ticket { code subject }";
const ticketsChanged = `subscription ($filter: TicketLiveFilter, $after: ChangeCursor) { ticketsChanged(filter: $filter, after: $after) { cursor ${fields} } }`;
const everything =
  "subscription ($after: ChangeCursor) { changes(after: $after) { kinds subjectId fieldChanges { field before after } subject { id } } }";

async function asOf(): Promise<string> {
  return (await admin.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf;
}

const change = (field: string, code: string, input: string) =>
  admin.client.get(`mutation ($code: String!) { ${field}(ticket: { code: $code }, input: { ${input} }) { cursor } }`, {
    code,
  });

/** The subscriptions have been told everything up to now, and nothing more comes. */
async function settle(...subscriptions: Subscription[]): Promise<void> {
  const { code } = await acme.ticket({ subject: "settled" });
  void code;
  for (const { results } of subscriptions)
    await results.until((list) => JSON.stringify(list).includes("settled") || results.isOver, "the last change");
}

describe("T5: notes", () => {
  it("are in no event for a viewer without note.view, on any subscription", async () => {
    const noteless = await acme.member({ "ticket.view": "ALL", "contact.view": true });
    const client = await live(noteless.client.headers);
    const ticket = await acme.ticket();
    const after = await asOf();
    const subscriptions = [
      client.subscribe(ticketsChanged, { after }),
      client.subscribe(everything, { after }),
      client.subscribe(
        `subscription ($after: ChangeCursor) { messagesChanged(ticket: { code: "${ticket.code}" }, after: $after) { kinds message { bodyText } } }`,
        { after },
      ),
      client.subscribe(
        `subscription ($after: ChangeCursor) { ticketChanged(by: { code: "${ticket.code}" }, after: $after) { kinds message { bodyText } } }`,
        { after },
      ),
    ];
    await change("ticketNoteAdd", ticket.code, 'bodyText: "note-canary"');
    await change("ticketUpdate", ticket.code, 'subject: "settled"');
    await subscriptions[3]?.results.until((list) => list.length > 0);
    await settle(subscriptions[0] as Subscription, subscriptions[1] as Subscription);
    const told = JSON.stringify(subscriptions.map(({ results }) => results.items));
    expect(told).not.toMatch(/note-canary|INTERNAL/);
    expect(subscriptions[2]?.results.items).toEqual([]);
    expect(subscriptions[3]?.results.items).toHaveLength(1);
  });
});

describe("T1, T6: another organization", () => {
  it("is told nothing: neither live, nor by a cursor, an id, a code or a header of ours", async () => {
    const ours = await furnish(test.world, "live-ours", "live-ours");
    const theirs = await furnish(test.world, "live-theirs", "live-theirs");
    const client = await live(theirs.admin.client.headers);
    const stranger = client.subscribe(everything);
    for (const query of [
      `subscription { ticketsChanged(after: "${ours.changeCursor}") { kinds } }`,
      `subscription { changes(after: "${ours.changeCursor}") { kinds } }`,
      `subscription { ticketChanged(by: { id: "${ours.ticket.id}" }) { kinds } }`,
      `subscription { messagesChanged(ticket: { code: "${ours.ticket.code}" }) { kinds } }`,
    ]) {
      const [error] = await client.subscribe(query).ended();
      expect(["VALIDATION", "NOT_FOUND"], query).toContain(error?.extensions.code);
    }
    const borrowed = new LiveClient(test.url);
    await borrowed.open();
    borrowed.send({
      type: "connection_init",
      payload: { ...theirs.admin.client.headers, "x-organization-id": ours.organization.id },
    });
    await borrowed.messages.until((list) => list.length > 0 || borrowed.messages.isOver);
    const refused = await borrowed.ask(`{ ticket(by: { id: "${ours.ticket.id}" }) { id } }`).catch(() => null);
    expect(refused?.data?.ticket ?? null).toBeNull();
    borrowed.socket.terminate();
    await ours.admin.client.get(
      'mutation ($code: String!) { ticketUpdate(ticket: { code: $code }, input: { subject: "live-ours again" }) { cursor } }',
      { code: ours.ticket.code },
    );
    await theirs.organization.ticket({ subject: "live-theirs again" });
    await stranger.results.until((list) => JSON.stringify(list).includes("live-theirs again"));
    expect(JSON.stringify(stranger.results.items)).not.toContain("live-ours");
  });
});

describe("T7: a ticket that moves out of reach", () => {
  it("leaves the set of a viewer who sees only their own tickets, and reveals no new values", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED" });
    const ticket = await acme.ticket({ assignee: narrow, subject: "mine" });
    const after = await asOf();
    const subscription = (await live(narrow.client.headers)).subscribe(ticketsChanged, { after });
    await change("ticketUpdate", ticket.code, 'subject: "still mine"');
    expect((await subscription.data()).ticketsChanged).toMatchObject({
      setChange: "UPDATED",
      ticket: { subject: "still mine" },
    });
    await change("ticketAssign", ticket.code, "assignee: null");
    const left = (await subscription.data()).ticketsChanged;
    expect(left).toMatchObject({ setChange: "LEFT", ticketId: ticket.id, ticket: null, fieldChanges: [] });
    await change("ticketUpdate", ticket.code, 'subject: "gone-canary"');
    // By an old cursor nothing of the time after comes either, nor of the time before what isn't theirs any more.
    const replay = (await live(narrow.client.headers)).subscribe(ticketsChanged, { after });
    expect((await replay.data()).ticketsChanged).toMatchObject({ setChange: "LEFT", ticket: null, fieldChanges: [] });
    const next = await acme.ticket({ assignee: narrow });
    for (const one of [subscription, replay]) expect((await one.data()).ticketsChanged.ticketId).toBe(next.id);
    expect(JSON.stringify([subscription.results.items, replay.results.items])).not.toContain("gone-canary");
    const { changes } = await narrow.client.get(
      "query ($after: ChangeCursor!) { changes(after: $after) { nodes { kinds fieldChanges { field after } subject { id } } } }",
      { after },
    );
    expect(JSON.stringify(changes)).not.toMatch(/gone-canary|still mine/);
  });
});

describe("T7: time that moves between tickets", () => {
  it("says nothing of the ticket where it was to who can't see that one", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED" });
    const [hidden, theirs] = [await acme.ticket({ subject: "hidden-canary" }), await acme.ticket({ assignee: narrow })];
    const after = await asOf();
    const subscription = (await live(narrow.client.headers)).subscribe(
      "subscription ($after: ChangeCursor) { timeEntriesChanged(after: $after) { setChange fieldChanges { field before after } timeEntry { ticketSubject } } }",
      { after },
    );
    const { timeEntryCreate } = await admin.client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5 }) { timeEntry { id } } }",
      { code: hidden.code },
    );
    await admin.client.get(
      "mutation ($id: ID!, $code: String!) { timeEntryUpdate(id: $id, input: { ticket: { code: $code } }) { cursor } }",
      { id: timeEntryCreate.timeEntry.id, code: theirs.code },
    );
    await subscription.data();
    expect(JSON.stringify(subscription.results.items)).not.toContain("hidden-canary");
    expect(JSON.stringify(subscription.results.items)).not.toContain(hidden.code);
  });
});

describe("T31: who may less, or nothing any more", () => {
  const role = (grants: object) =>
    admin.client.get(
      'mutation ($input: RoleUpdateInput!) { roleUpdate(role: { name: "Desk" }, input: $input) { cursor } }',
      { input: { grants } },
    );

  it("a role that is narrowed: nothing more of other tickets, and LEFT for what was seen of them, once", async () => {
    await acme.role({ "ticket.view": "ALL" }, "Desk");
    const member = await acme.member("Viewer");
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "Desk" } }) { cursor } }',
      { id: member.id },
    );
    const ticket = await acme.ticket({ subject: "seen" });
    const client = await live(member.client.headers);
    const after = await asOf();
    const subscription = client.subscribe(ticketsChanged, { after });
    const all = client.subscribe(everything, { after });
    await role([{ permission: "TICKET_VIEW", reach: "ASSIGNED" }]);
    await change("ticketUpdate", ticket.code, 'subject: "narrowed-canary"');
    expect((await subscription.data()).ticketsChanged).toMatchObject({
      setChange: "LEFT",
      ticket: null,
      fieldChanges: [],
    });
    await change("ticketUpdate", ticket.code, 'subject: "narrowed-canary again"');
    const theirs = await acme.ticket({ assignee: member });
    expect((await subscription.data()).ticketsChanged.ticketId).toBe(theirs.id);
    await all.results.until((list) => JSON.stringify(list).includes(theirs.id));
    expect(JSON.stringify([subscription.results.items, all.results.items])).not.toContain("narrowed-canary");
    // A replay over it can't tell what left: it is to be read anew.
    const [error] = await client.subscribe(ticketsChanged, { after }).ended();
    expect(error?.extensions.code).toBe("CURSOR_EXPIRED");
    expect(error?.message).toContain("Your role or its grants changed");
    expect(
      await member.client.code("query ($after: ChangeCursor!) { changes(after: $after) { hasMore } }", { after }),
    ).toBe("CURSOR_EXPIRED");
  });

  it("a permission that goes ends what it opened", async () => {
    await acme.role({ "ticket.view": "ALL", "note.view": true }, "Desk");
    const member = await acme.member("Viewer");
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "Desk" } }) { cursor } }',
      { id: member.id },
    );
    const ticket = await acme.ticket();
    const subscription = (await live(member.client.headers)).subscribe(everything, { after: await asOf() });
    await change("ticketNoteAdd", ticket.code, 'bodyText: "x"');
    expect((await subscription.data()).changes.kinds).toEqual(["MESSAGE_CREATED"]);
    await role([{ permission: "TICKET_VIEW", reach: "ALL" }]);
    await change("ticketNoteAdd", ticket.code, 'bodyText: "y"');
    await change("ticketUpdate", ticket.code, 'subject: "z"');
    expect((await subscription.data()).changes.kinds).toEqual(["ROLE_UPDATED"]);
    expect((await subscription.data()).changes.kinds).toEqual(["TICKET_UPDATED"]);
  });

  it.each([
    ["deactivated", "memberUpdate(member: { id: $id }, input: { isActive: false })"],
    ["removed", "memberRemove(member: { id: $id })"],
  ])("a member who is %s is told nothing that comes after, and the socket ends with 4410", async (_what, mutation) => {
    const member = await acme.member("Agent");
    const client = await live(member.client.headers);
    const subscription = client.subscribe(everything, { after: await asOf() });
    await acme.ticket({ subject: "before" });
    await subscription.results.until((list) => JSON.stringify(list).includes("before"));
    await admin.client.get(`mutation ($id: ID!) { ${mutation} { cursor } }`, { id: member.id });
    await acme.ticket({ subject: "after-canary" });
    expect((await client.closed).code).toBe(4410);
    expect(JSON.stringify(subscription.results.items)).not.toContain("after-canary");
  });

  it("a key that is revoked is told nothing that comes after, and the socket ends with 4410", async () => {
    const key = await acme.apiKey("Manager");
    const client = await live(key.client.headers);
    const subscription = client.subscribe(everything);
    await admin.client.get("mutation ($id: ID!) { apiKeyRevoke(id: $id) { cursor } }", { id: key.id });
    await acme.ticket({ subject: "after-canary" });
    expect(await client.closed).toEqual({ code: 4410, reason: expect.stringMatching(/revoked|unknown/) });
    expect(JSON.stringify(subscription.results.items)).not.toContain("after-canary");
  });

  it("a session that is signed out, and one whose password was changed elsewhere, ends within seconds", async () => {
    const member = await acme.member("Agent");
    const [here, there] = [
      await live(member.client.headers),
      await live({ ...(await test.world.session(member.userId)).headers, "x-organization-id": acme.id }),
    ];
    await member.client.get(
      'mutation ($old: String!) { passwordChange(input: { currentPassword: $old, newPassword: "another long one" }) { __typename } }',
      { old: member.password },
    );
    expect((await there.closed).code).toBe(4410);
    expect((await here.ask("{ viewer { roleName } }")).data.viewer.roleName).toBe("Agent");
    await here.close();
  });

  it("a token that is renewed by a ping goes on after the old one ends; another's token ends it", async () => {
    const member = await acme.member("Agent");
    const second = await test.world.session(member.userId);
    const client = await live(member.client.headers);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf() });
    client.send({ type: "ping", payload: { authorization: second.headers.authorization } });
    await client.messages.until((list) => list.some(({ type }) => type === "pong"));
    await test.database.query("update tokens set expires_at = now() where hash = sha256($1::bytea)", [
      Buffer.from(String(member.client.headers.authorization).replace("Bearer ", "")),
    ]);
    expect(await new Client(test.url, member.client.headers).code("{ viewer { roleName } }")).toBe("UNAUTHENTICATED");
    const { id } = await acme.ticket();
    expect((await subscription.data()).ticketsChanged.ticketId).toBe(id);
    client.send({ type: "ping", payload: { authorization: admin.client.headers.authorization } });
    expect((await client.closed).code).toBe(4410);
  });
});

describe("T16: what a connection may take", () => {
  it("a socket that never sends connection_init ends with 4408", async () => {
    const client = new LiveClient(test.url);
    expect((await client.closed).code).toBe(4408);
  }, 10_000);

  it("sockets of one key have a cap, and those above it end with 4413", async () => {
    const key = await acme.apiKey("Viewer");
    const sockets = await Promise.all(
      Array.from({ length: limits.socketsPerToken.value }, () => LiveClient.connect(test.url, key.client.headers)),
    );
    const more = new LiveClient(test.url);
    await more.open();
    more.send({ type: "connection_init", payload: key.client.headers });
    expect((await more.closed).code).toBe(4413);
    // Streams count with them.
    const stream = await fetch(`${test.url}/graphql`, {
      method: "POST",
      headers: { ...key.client.headers, "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query: ticketsChanged }),
    });
    expect(await stream.text()).toContain("RATE_LIMITED");
    for (const socket of sockets) socket.socket.terminate();
    await Promise.all(sockets.map(({ closed }) => closed));
    const again = await LiveClient.connect(test.url, key.client.headers);
    await again.close();
  });

  it("operations of one socket have a cap, a message has one, and refused ones leave no place taken", async () => {
    const client = await live(admin.client.headers);
    const { value } = limits.socketOperations;
    const running = Array.from({ length: value }, () => client.subscribe(ticketsChanged));
    for (let index = 0; index < 3; index++) {
      const [error] = await client.subscribe(ticketsChanged).ended();
      expect(error?.extensions).toMatchObject({ code: "RATE_LIMITED", isRetryable: true });
    }
    client.complete(running[0] as Subscription);
    // What was completed before it began holds its place until it is over.
    await vi.waitFor(async () => expect((await client.ask("{ viewer { roleName } }")).data.viewer).toBeTruthy(), 5_000);
    client.send({ id: "big", type: "subscribe", payload: { query: `{ viewer { roleName } } #${"x".repeat(70_000)}` } });
    expect((await client.closed).code).toBe(1009);
  });

  it("an id that is begun and completed over and over takes no more places than a socket has, and the socket lives", async () => {
    const client = await live(admin.client.headers);
    for (let index = 0; index < 3 * limits.socketOperations.value; index++) {
      client.send({ id: "x", type: "subscribe", payload: { query: everything } });
      client.send({ id: "x", type: "complete" });
    }
    await vi.waitFor(async () => expect((await client.ask("{ viewer { roleName } }")).data).toBeTruthy(), 5_000);
    // An operation that was completed says nothing under its id any more. One that found no place is refused at once,
    // which may be before the server has read that it was completed.
    const said = client.messages.items.filter(({ id }) => id === "x");
    for (const message of said)
      expect(message).toMatchObject({ type: "error", payload: [{ extensions: { code: "RATE_LIMITED" } }] });
    await client.close();
  });

  it("what was completed before its answer is told nothing, and leaves no place taken", async () => {
    const client = await live(admin.client.headers);
    for (let index = 0; index < 3 * limits.socketOperations.value; index++) {
      client.send({ id: `q${index}`, type: "subscribe", payload: { query: "{ tickets { nodes { id } } }" } });
      client.send({ id: `q${index}`, type: "complete" });
    }
    await vi.waitFor(async () => expect((await client.ask("{ viewer { roleName } }")).data).toBeTruthy(), 5_000);
    expect(client.messages.items.filter(({ type }) => type === "next")).toEqual([]);
  });

  it("a reader that stops and goes on sending is read no further, and closed", async () => {
    const client = await live(admin.client.headers);
    client.socket.pause();
    for (let index = 0; index < 45; index++)
      client.send({ id: `i${index}`, type: "subscribe", payload: { query: getIntrospectionQuery() } });
    const filler = "x".repeat(60_000);
    for (let index = 0; index < 1_000; index++) client.send({ type: "ping", payload: { filler } });
    // Nobody else waits for what it sends.
    expect((await (await live(admin.client.headers)).ask("{ viewer { roleName } }")).data).toBeTruthy();
    client.socket.resume();
    // With the reason where it reads it in time, else cut off.
    expect([4413, 1006]).toContain((await client.closed).code);
  });
});

describe("T17, T24: one pipeline", () => {
  it("a subscription is guarded as a query is: depth, aliases, nodes, unknown fields, introspection by strangers", async () => {
    const client = await live(admin.client.headers);
    const nested = (depth: number) =>
      `${"contact { tickets(first: 5) { nodes { ".repeat(depth)} id ${"} } }".repeat(depth)}`;
    for (const [selection, code] of [
      [`ticket { ${nested(6)} }`, "QUERY_TOO_COMPLEX"],
      [`ticket { ${Array.from({ length: 40 }, (_, index) => `a${index}: code`).join(" ")} }`, "QUERY_TOO_COMPLEX"],
      [
        "ticket { messages(first: 100) { nodes { ticket { messages(first: 100) { nodes { ticket { messages(first: 100) { nodes { id } } } } } } } } }",
        "QUERY_TOO_COMPLEX",
      ],
      ["nope", "BAD_REQUEST"],
    ] as const) {
      const [error] = await client.subscribe(`subscription { ticketsChanged { ${selection} } }`).ended();
      expect(error?.extensions.code, selection.slice(0, 60)).toBe(code);
    }
    const anonymous = await LiveClient.connect(test.url);
    expect((await anonymous.subscribe("subscription { ticketsChanged { kinds } }").ended())[0]?.extensions.code).toBe(
      "UNAUTHENTICATED",
    );
    expect((await anonymous.subscribe("{ __schema { types { name } } }").ended())[0]?.extensions.code).toBe(
      "UNAUTHENTICATED",
    );
    await anonymous.close();
  });
});

describe("T19: pages of other origins", () => {
  it("may connect only from listed origins, the server's own origin, or without an origin", async () => {
    const named = await startTestServer({ database: test.database, origins: ["https://desk.example"] });
    const status = async (origin: string | null) => {
      const client = new LiveClient(named.url, { headers: origin === null ? {} : { origin } });
      const result = await new Promise((resolve) => {
        client.socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
        client.socket.once("open", () => resolve("open"));
      });
      client.socket.terminate();
      return result;
    };
    expect(await status("https://evil.example")).toBe(403);
    expect(await status("https://desk.example")).toBe("open");
    expect(await status(named.url)).toBe("open");
    expect(await status("null")).toBe(403);
    expect(await status(null)).toBe("open");
    await named.close();
  });
});

describe("answers that are shared", () => {
  it("are the same as each viewer's own, for two with the same role, and for two with different ones", async () => {
    const [a, b] = [await acme.member("Manager"), await acme.member("Manager")];
    const [c, d] = [await acme.member("Agent"), await acme.member("Viewer")];
    const ticket = await acme.ticket({ assignee: c });
    await admin.client.get('mutation { organizationUpdate(input: { defaultHourlyRate: "60" }) { cursor } }');
    const query = `subscription ($after: ChangeCursor) { ticketChanged(by: { code: "${ticket.code}" }, after: $after) {
      fieldChanges { field } ticket { assignee { name hourlyRate { amount } viewerCan { update } } viewerCan { reply update } allowedStatuses
        timeSummary { amounts { amount } } timeEntries { nodes { amount { amount } rate { amount } viewerCan { update } } } }
      timeEntry { amount { amount } viewerCan { update } } } }`;
    const after = await asOf();
    const people = [a, b, c, d];
    const subscriptions = [];
    for (const person of people) subscriptions.push((await live(person.client.headers)).subscribe(query, { after }));
    await c.client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 30 }) { cursor } }",
      { code: ticket.code },
    );
    for (const [index, person] of people.entries()) {
      const told = (await (subscriptions[index] as Subscription).data()).ticketChanged;
      const asked = await person.client.get(
        `query ($code: String!) { ticket(by: { code: $code }) { assignee { name hourlyRate { amount } viewerCan { update } } viewerCan { reply update } allowedStatuses
          timeSummary { amounts { amount } } timeEntries { nodes { amount { amount } rate { amount } viewerCan { update } } } } }`,
        { code: ticket.code },
      );
      expect(told.ticket, `person ${index}`).toEqual(asked.ticket);
      expect(
        told.fieldChanges.some(({ field }: { field: string }) => field === "rate"),
        `person ${index}`,
      ).toBe(index < 2);
    }
  });
});
