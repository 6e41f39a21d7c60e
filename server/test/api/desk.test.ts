/** Receiving, participants, labels, bulk, merge, trash and the timeline of a ticket. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../src/lib/days.ts";
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

const look = async (code: string, client = ada.client) =>
  (
    await client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { id code status waitingSince followUpOf { code } assignee { id } labels { name } participants { email } messages { totalCount nodes { direction bodyText author { name } } } } }",
      { code },
    )
  ).ticket;
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
      expect.stringContaining("unblock it first"),
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

describe("labels", () => {
  it("deleted are off every ticket at once and their name is free again; the timeline still names them", async () => {
    await acme.label("Temp");
    const { code } = await acme.ticket();
    const set =
      "mutation ($c: String!, $v: TicketLabelsUpdateInput!) { ticketLabelsUpdate(ticket: { code: $c }, input: $v) { ticket { labels { name } } } }";
    expect(
      (await ada.client.get(set, { c: code, v: { addLabels: [{ name: "temp" }] } })).ticketLabelsUpdate.ticket.labels,
    ).toEqual([{ name: "Temp" }]);
    await ada.client.get('mutation { labelDelete(label: { name: "Temp" }) { deletedLabelId } }');
    expect((await look(code)).labels).toEqual([]);
    expect(await ada.client.code('{ label(by: { name: "Temp" }) { id } }')).toBe("NOT_FOUND");
    expect(await ada.client.code(set, { c: code, v: { addLabels: [{ name: "Temp" }] } })).toBe("NOT_FOUND");
    expect(
      await ada.client.code('mutation { labelCreate(input: { name: "temp", color: "#3b82f6" }) { cursor } }'),
    ).toBeNull();
    const { ticket } = await ada.client.get(
      "query ($c: String!) { ticket(by: { code: $c }) { timeline(kinds: [LABELS]) { nodes { ... on LabelsChange { actor { name } added { name } removed { name } } } } } }",
      { c: code },
    );
    const name = ada.email.split("@")[0];
    expect(ticket.timeline.nodes).toEqual([
      { actor: { name }, added: [{ name: "Temp" }], removed: [] },
      { actor: { name }, added: [], removed: [{ name: "Temp" }] },
    ]);
  });

  it("merged stand in the other's place, once", async () => {
    const [from, to] = [await acme.label("From"), await acme.label("To")];
    const [one, both, none] = [
      await acme.ticket({ labelIds: [from] }),
      await acme.ticket({ labelIds: [from, to] }),
      await acme.ticket(),
    ];
    const { labelMerge } = await ada.client.get(
      'mutation { labelMerge(label: { name: "From" }, into: { name: "To" }) { deletedLabelId label { name ticketCount } } }',
    );
    expect(labelMerge).toEqual({ deletedLabelId: acme.globalId("Label", from), label: { name: "To", ticketCount: 2 } });
    expect([(await look(one.code)).labels, (await look(both.code)).labels, (await look(none.code)).labels]).toEqual([
      [{ name: "To" }],
      [{ name: "To" }],
      [],
    ]);
    const changes = await test.database.query(
      "select subject_id, before -> 'labelIds' as before, after -> 'labelIds' as after from changes where 'ticket.labels_changed' = any(kinds) and subject_id = any($1)",
      [[one.uuid, both.uuid]],
    );
    expect(changes.find(({ subject_id }) => subject_id === one.uuid)).toMatchObject({ before: [from], after: [to] });
    expect(changes.find(({ subject_id }) => subject_id === both.uuid)).toMatchObject({
      before: [from, to].sort(),
      after: [to],
    });
    expect(
      await ada.client.code('mutation { labelMerge(label: { name: "To" }, into: { name: "to" }) { deletedLabelId } }'),
    ).toBe("VALIDATION");
  });
});

describe("the timeline", () => {
  const timeline =
    "query ($c: String!, $first: Int, $last: Int, $after: Cursor, $before: Cursor, $kinds: [TimelineKind!]) { ticket(by: { code: $c }) { timeline(first: $first, last: $last, after: $after, before: $before, kinds: $kinds) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { __typename ... on Message { bodyText visibility } ... on TicketEvent { actor { name } } ... on StatusChange { from to } ... on AssigneeChange { member: to { name } } } } } }";

  it("has messages and changes in one order, each with who and what", async () => {
    const agent = await acme.member("Agent");
    const { code } = await acme.ticket({ messages: ["Help"] });
    await agent.client.get(
      'mutation ($c: String!) { ticketReply(ticket: { code: $c }, input: { bodyText: "Sure" }) { cursor } }',
      { c: code },
    );
    await agent.client.get(
      'mutation ($c: String!) { ticketNoteAdd(ticket: { code: $c }, input: { bodyText: "hm" }) { cursor } }',
      { c: code },
    );
    await ada.client.get(
      'mutation ($c: String!) { ticketUpdate(ticket: { code: $c }, input: { subject: "New", priority: HIGH }) { cursor } }',
      { c: code },
    );
    const { nodes, totalCount } = (await ada.client.get(timeline, { c: code })).ticket.timeline;
    const name = agent.email.split("@")[0];
    expect(nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
      "TicketCreatedEvent",
      "Message",
      "Message",
      "StatusChange",
      "AssigneeChange",
      "Message",
      "PriorityChange",
      "SubjectChange",
    ]);
    expect(totalCount).toBe(8);
    expect(nodes[3]).toEqual({ __typename: "StatusChange", actor: { name }, from: "OPEN", to: "PENDING" });
    expect(nodes[4]).toEqual({ __typename: "AssigneeChange", actor: { name }, member: { name } });
    const forward: unknown[] = [];
    for (let after = null, more = true; more; ) {
      const page: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: null } } = (
        await ada.client.get(timeline, { c: code, first: 3, after })
      ).ticket.timeline;
      forward.push(...page.nodes);
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(forward).toEqual(nodes);
    const backward: unknown[] = [];
    for (let before = null, more = true; more; ) {
      const page: { nodes: unknown[]; pageInfo: { hasPreviousPage: boolean; startCursor: null } } = (
        await ada.client.get(timeline, { c: code, last: 3, before })
      ).ticket.timeline;
      backward.unshift(...page.nodes);
      ({ hasPreviousPage: more, startCursor: before } = page.pageInfo);
    }
    expect(backward).toEqual(nodes);
    expect((await ada.client.get(timeline, { c: code, kinds: ["STATUS"] })).ticket.timeline).toMatchObject({
      totalCount: 1,
      nodes: [{ to: "PENDING" }],
    });
    expect(await ada.client.code(timeline, { c: code, kinds: [] })).toBe("VALIDATION");
  });

  it("has no notes and no count of them without note.view", async () => {
    const { code } = await acme.ticket({ messages: ["Help", "note:secret"] });
    const blind = await acme.apiKey({ "ticket.view": "ALL" });
    const { timeline: seen } = (await blind.client.get(timeline, { c: code })).ticket;
    expect(seen.totalCount).toBe(2);
    expect(JSON.stringify(seen)).not.toContain("secret");
  });

  it("shows no company, contact or ticket that the viewer can't see", async () => {
    const narrow = await acme.member({ "ticket.view": "ASSIGNED" });
    const hidden = await acme.ticket({ subject: "hidden", assignee: ada });
    const mine = await acme.ticket({ assignee: narrow });
    const company = await acme.company("Hidden company");
    await ada.client.get(
      "mutation ($c: String!, $id: ID!) { ticketUpdate(ticket: { code: $c }, input: { company: { id: $id } }) { cursor } }",
      { c: mine.code, id: acme.globalId("Company", company) },
    );
    await ada.client.get(
      "mutation ($c: String!) { ticketUpdate(ticket: { code: $c }, input: { company: null }) { cursor } }",
      { c: mine.code },
    );
    await ada.client.get(
      "mutation ($a: String!, $b: String!) { ticketMerge(ticket: { code: $a }, into: { code: $b }) { cursor } }",
      { a: hidden.code, b: mine.code },
    );
    const { ticket } = await narrow.client.get(
      "query ($c: String!) { ticket(by: { code: $c }) { timeline { nodes { __typename ... on CompanyChange { from { name } to { name } } ... on TicketMergeEvent { ticket { subject } } } } } }",
      { c: mine.code },
    );
    expect(JSON.stringify(ticket)).not.toMatch(/idden/);
    expect(ticket.timeline.nodes).toContainEqual({ __typename: "TicketMergeEvent", ticket: null });
  });
});
