/** Live updates between their moments: what begins on an old connection, what is told from memory, what is let go. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { limits } from "../../src/transport/limits.ts";
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

const ticketsChanged =
  "subscription ($after: ChangeCursor) { ticketsChanged(after: $after) { setChange ticketId ticket { subject } } }";
const everything =
  "subscription ($after: ChangeCursor) { changes(after: $after) { kinds subjectId fieldChanges { field before after } subject { id } } }";
const timeChanged =
  "subscription ($after: ChangeCursor) { timeEntriesChanged(after: $after) { setChange fieldChanges { field before after } timeEntry { id description } } }";

async function asOf(): Promise<string> {
  return (await admin.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf;
}

const change = (field: string, code: string, input: string) =>
  admin.client.get(`mutation ($code: String!) { ${field}(ticket: { code: $code }, input: { ${input} }) { cursor } }`, {
    code,
  });

/** A member with a role of these grants that can be changed. */
async function deskMember(): Promise<Person> {
  await acme.role({ "ticket.view": "ALL" }, "Desk");
  const member = await acme.member("Viewer");
  await admin.client.get(
    'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "Desk" } }) { cursor } }',
    { id: member.id },
  );
  return member;
}

const narrowDesk = () =>
  admin.client.get(
    'mutation { roleUpdate(role: { name: "Desk" }, input: { grants: [{ permission: TICKET_VIEW, reach: ASSIGNED }] }) { cursor } }',
  );

describe("T31: a role that was narrowed while nothing was followed", () => {
  it("holds for what a socket begins afterwards", async () => {
    const member = await deskMember();
    const client = await live(member.client.headers);
    const hidden = await acme.ticket({ subject: "narrowed-canary" });
    await narrowDesk();
    expect((await client.ask("{ tickets { nodes { subject } } }")).data.tickets.nodes).toEqual([]);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf() });
    await change("ticketUpdate", hidden.code, "priority: HIGH");
    const theirs = await acme.ticket({ assignee: member, subject: "theirs" });
    expect((await subscription.data()).ticketsChanged).toMatchObject({ setChange: "ENTERED", ticketId: theirs.id });
    expect(JSON.stringify(subscription.results.items)).not.toContain("narrowed-canary");
  });

  it("changes the counts that are followed", async () => {
    const member = await deskMember();
    await acme.ticket();
    const subscription = (await live(member.client.headers)).subscribe(
      "subscription { ticketCountsChanged { queues { key ticketCount } } }",
    );
    const openTickets = async () => {
      const { queues } = (await subscription.data("counts")).ticketCountsChanged;
      return queues.find(({ key }: { key: string }) => key === "OPEN").ticketCount;
    };
    expect(await openTickets()).toBe(1);
    await narrowDesk();
    expect(await openTickets()).toBe(0);
  });
});

describe("T5: time", () => {
  it("tells its amount to its owner and not to a member with the same role, who share the connection's answers", async () => {
    await admin.client.get('mutation { organizationUpdate(input: { defaultHourlyRate: "60" }) { cursor } }');
    const grants = { "ticket.view": "ALL", "time.log": "ALL" } as const;
    await acme.role(grants, "Worker");
    const people = [await acme.member("Viewer"), await acme.member("Viewer")] as const;
    for (const { id } of people)
      await admin.client.get(
        'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "Worker" } }) { cursor } }',
        { id },
      );
    const ticket = await acme.ticket();
    const after = await asOf();
    const subscriptions: Subscription[] = [];
    for (const { client } of people) subscriptions.push((await live(client.headers)).subscribe(timeChanged, { after }));
    await people[0].client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 30 }) { cursor } }",
      { code: ticket.code },
    );
    for (const [index, person] of people.entries()) {
      const told = (await (subscriptions[index] as Subscription).data()).timeEntriesChanged.fieldChanges;
      const { changes } = await person.client.get(
        "query ($after: ChangeCursor!) { changes(after: $after, kinds: [TIME_ENTRY_CREATED]) { nodes { fieldChanges { field before after } } } }",
        { after },
      );
      expect(told, `person ${index}`).toEqual(changes.nodes[0].fieldChanges);
    }
    const [own, other] = subscriptions.map(({ results }) => JSON.stringify(results.items));
    expect(own).not.toEqual(other);
  });

  it("of a ticket that went to somebody else leaves with its next change, without a word of it", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "time.log": "ALL" });
    const ticket = await acme.ticket({ assignee: narrow });
    const subscription = (await live(narrow.client.headers)).subscribe(timeChanged, { after: await asOf() });
    const { timeEntryCreate } = await admin.client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 30 }) { timeEntry { id } } }",
      { code: ticket.code },
    );
    expect((await subscription.data()).timeEntriesChanged).toMatchObject({ setChange: "ENTERED" });
    await change("ticketAssign", ticket.code, "assignee: null");
    await admin.client.get(
      'mutation ($id: ID!) { timeEntryUpdate(id: $id, input: { description: "gone-canary" }) { cursor } }',
      { id: timeEntryCreate.timeEntry.id },
    );
    expect((await subscription.data()).timeEntriesChanged).toEqual({
      setChange: "LEFT",
      fieldChanges: [],
      timeEntry: null,
    });
  });
});

describe("what was erased", () => {
  it("is in no replay, from a feed's memory neither", async () => {
    const after = await asOf();
    const watcher = (await live(admin.client.headers)).subscribe(everything, { after });
    const { contactCreate } = await admin.client.get(
      'mutation { contactCreate(input: { name: "name-canary", email: "canary@example.com" }) { contact { id } } }',
    );
    await watcher.results.until((list) => JSON.stringify(list).includes("name-canary"));
    await admin.client.get("mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { cursor } }", {
      id: contactCreate.contact.id,
    });
    await watcher.results.until((list) => JSON.stringify(list).includes("CONTACT_ANONYMIZED"));
    const replay = (await live(admin.client.headers)).subscribe(everything, { after });
    await replay.results.until((list) => JSON.stringify(list).includes("CONTACT_ANONYMIZED"));
    expect(replay.results.items).toHaveLength(watcher.results.items.length);
    expect(JSON.stringify(replay.results.items)).not.toMatch(/canary/);
  });
});

describe("F31: changes that were pruned while somebody reads them", () => {
  it("are CURSOR_EXPIRED, not left out", async () => {
    const after = await asOf();
    await acme.ticket();
    await acme.ticket();
    await test.database.query(
      "delete from changes where organization_id = $1 and number = (select last_number - 1 from change_heads where organization_id = $1)",
      [acme.organizationId],
    );
    const client = await live(admin.client.headers);
    expect((await client.subscribe(everything, { after }).ended())[0]?.extensions.code).toBe("CURSOR_EXPIRED");
    expect(
      await admin.client.code("query ($after: ChangeCursor!) { changes(after: $after) { nodes { kinds } } }", {
        after,
      }),
    ).toBe("CURSOR_EXPIRED");
  });
});

describe("T16: what is let go", () => {
  it("sockets that hang up while they sign in take no place of their key", async () => {
    const key = await acme.apiKey("Manager");
    await Promise.all(
      Array.from({ length: limits.socketsPerToken.value + 20 }, async () => {
        const client = new LiveClient(test.url);
        await client.open();
        client.send({ type: "connection_init", payload: key.client.headers });
        client.socket.terminate();
        await client.closed;
      }),
    );
    await vi.waitFor(async () => (await LiveClient.connect(test.url, key.client.headers)).close(), 5_000);
  });

  it("subscriptions that are completed before they begin hold no feed", async () => {
    const client = await live(admin.client.headers);
    for (let index = 0; index < 30; index++) client.complete(client.subscribe(ticketsChanged));
    await client.ask("{ viewer { roleName } }");
    const mine = new AbortController();
    const feed = await test.server.services.feeds.follow(acme.organizationId, mine.signal);
    await vi.waitFor(() => expect(feed.followers).toBe(1), 5_000);
    mine.abort();
    expect(feed.followers).toBe(0);
  });

  it("a token that a ping brings counts as one that a connection began with", async () => {
    const member = await acme.member("Agent");
    const second = {
      authorization: "",
      ...(await test.world.session(member.userId)).headers,
      "x-organization-id": acme.id,
    };
    const sockets = await Promise.all(
      Array.from({ length: limits.socketsPerToken.value }, () => LiveClient.connect(test.url, second)),
    );
    const client = await live(member.client.headers);
    client.send({ type: "ping", payload: { authorization: second.authorization } });
    expect((await client.closed).code).toBe(4413);
    for (const { socket } of sockets) socket.terminate();
  });
});

describe("T17, T24: pages of changes", () => {
  it("count as pages in a query, and as one change in a subscription", async () => {
    const selection = "messages(first: 50) { nodes { ticket { messages(first: 50) { nodes { id } } } } }";
    const after = await asOf();
    expect(
      await admin.client.code(
        `query ($after: ChangeCursor!) { changes(after: $after) { nodes { subject { ... on Ticket { ${selection} } } } } }`,
        { after },
      ),
    ).toBe("QUERY_TOO_COMPLEX");
    const subscription = (await live(admin.client.headers)).subscribe(
      `subscription ($after: ChangeCursor) { changes(after: $after) { subject { ... on Ticket { ${selection} } } } }`,
      { after },
    );
    await acme.ticket();
    expect((await subscription.next()).errors).toBeUndefined();
  });
});

describe("T1: a session that opens another organization by now", () => {
  it("ends with 4410 when its user is removed, whatever else the user is a member of, and tells nothing more", async () => {
    const other = await test.world.organization("Other");
    for (const isIdle of [false, true]) {
      const narrow = await acme.member({ "ticket.view": "ASSIGNED" });
      // Without X-Organization-Id: the token opens the user's only organization, whichever that is.
      const client = await live((await test.world.session(narrow.userId)).headers);
      const subscription = isIdle ? null : client.subscribe(everything);
      await client.ask("{ viewer { roleName } }");
      await other.member("Admin", narrow);
      await admin.client.get("mutation ($id: ID!) { memberRemove(member: { id: $id }) { cursor } }", { id: narrow.id });
      await acme.ticket({ subject: "after-canary" });
      const late = isIdle ? client.subscribe(everything) : subscription;
      expect((await client.closed).code).toBe(4410);
      expect(JSON.stringify([late?.results.items, subscription?.results.items])).not.toContain("after-canary");
    }
  });

  it("goes on when its user becomes a member of one only now", async () => {
    const person = await test.world.user();
    const client = await live((await test.world.session(person.userId)).headers);
    await acme.member("Admin", person);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf() });
    const { id } = await acme.ticket();
    expect((await subscription.data()).ticketsChanged.ticketId).toBe(id);
  });
});

describe("T5, T7: fields of changes", () => {
  it("tell no grants without team.manage, no note's id without note.view, no other ticket to who doesn't see all", async () => {
    const [narrow, noteless] = [
      await acme.member({ "ticket.view": "ASSIGNED", "time.log": "ASSIGNED" }),
      await acme.member({ "ticket.view": "ALL" }),
    ];
    const [one, hidden] = [await acme.ticket({ assignee: narrow }), await acme.ticket()];
    const after = await asOf();
    await acme.role({ "ticket.view": "ALL" }, "Told");
    await admin.client.get(
      'mutation { roleCreate(input: { name: "New", grants: [{ permission: TEAM_MANAGE }] }) { cursor } }',
    );
    const { ticketNoteAdd } = await admin.client.get(
      'mutation ($code: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: "x" }) { message { id } } }',
      { code: one.code },
    );
    await admin.client.get(
      "mutation ($code: String!, $id: ID!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5, messageId: $id }) { cursor } }",
      { code: one.code, id: ticketNoteAdd.message.id },
    );
    await admin.client.get(
      "mutation ($one: String!, $hidden: String!) { ticketMerge(ticket: { code: $one }, into: { code: $hidden }) { cursor } }",
      { one: one.code, hidden: hidden.code },
    );
    const read = async (person: Person) =>
      JSON.stringify(
        await person.client.get(
          "query ($after: ChangeCursor!) { changes(after: $after) { nodes { kinds fieldChanges { field before after } } } }",
          { after },
        ),
      );
    expect(await read(admin)).toContain("TEAM_MANAGE".toLowerCase().replace("_", "."));
    expect(await read(admin)).toContain(ticketNoteAdd.message.id);
    for (const person of [narrow, noteless]) {
      expect(await read(person)).not.toContain("team.manage");
      expect(await read(person)).not.toContain(ticketNoteAdd.message.id);
    }
    expect(await read(narrow)).not.toContain(hidden.id);
  });
});

describe("T7, T31: rights that change twice", () => {
  it("lose no LEFT, and what comes into reach enters", async () => {
    const member = await deskMember();
    const grants = (reach: string, more = "") =>
      admin.client.get(
        `mutation { roleUpdate(role: { name: "Desk" }, input: { grants: [{ permission: TICKET_VIEW, reach: ${reach} }${more}] }) { cursor } }`,
      );
    const [theirs, free] = [await acme.ticket({ assignee: admin }), await acme.ticket()];
    const subscription = (await live(member.client.headers)).subscribe(ticketsChanged, { after: await asOf() });
    const told = async (count: number) =>
      (await subscription.results.until((list) => list.length >= count)).map(({ data }) => [
        data.ticketsChanged.ticketId,
        data.ticketsChanged.setChange,
      ]);
    await change("ticketUpdate", theirs.code, "priority: HIGH");
    await told(1);
    await grants("AVAILABLE");
    await change("ticketUpdate", free.code, "priority: HIGH");
    await told(2);
    await grants("AVAILABLE", ", { permission: NOTE_VIEW }");
    await change("ticketUpdate", free.code, "priority: LOW");
    await change("ticketUpdate", theirs.code, "priority: LOW");
    const hidden = await acme.ticket({ assignee: admin });
    await change("ticketUpdate", hidden.code, "priority: LOW");
    await told(4);
    await grants("ALL");
    await change("ticketUpdate", hidden.code, "priority: HIGH");
    await change("ticketUpdate", theirs.code, "priority: HIGH");
    expect(await told(6)).toEqual([
      [theirs.id, "UPDATED"],
      [free.id, "UPDATED"],
      [free.id, "UPDATED"],
      [theirs.id, "LEFT"],
      [hidden.id, "ENTERED"],
      [theirs.id, "ENTERED"],
    ]);
  });
});
