/** A ticket's timeline. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
