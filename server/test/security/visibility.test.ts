import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSchema } from "../../src/schema.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let agent: Person;
let narrow: Person;
let theirs: TicketHandle;
let mine: TicketHandle;
let nobodys: TicketHandle;
let contact: string;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  agent = await acme.member("Agent");
  narrow = await acme.member({
    "ticket.view": "ASSIGNED",
    "ticket.reply": "ALL",
    "ticket.update": "ALL",
    "ticket.assign": "ALL",
    "note.view": true,
    "note.write": "ALL",
    "time.log": "ALL",
  });
  contact = await acme.contact("shared@mail.test", "Shared");
  theirs = await acme.ticket({
    subject: "theirs-canary",
    contact,
    assignee: agent,
    messages: ["theirs-canary body", "note:theirs-canary note"],
  });
  nobodys = await acme.ticket({ subject: "nobodys-canary", contact, messages: ["nobodys-canary body"] });
  mine = await acme.ticket({ subject: "mine", contact, assignee: narrow, messages: ["mine body"] });
  await test.database.query("update tickets set follow_up_of_id = $1 where id = $2", [theirs.uuid, mine.uuid]);
});
afterAll(() => test.close());

const codes = { theirs: () => theirs, nobodys: () => nobodys };

describe("a role with view ASSIGNED", () => {
  it("finds nothing of other tickets by list, count and filter", async () => {
    const { tickets } = await narrow.client.get("{ tickets { totalCount nodes { code } } }");
    expect(tickets).toEqual({ totalCount: 1, nodes: [{ code: mine.code }] });
    for (const filter of [
      { code: { eq: theirs.code } },
      { not: { code: { eq: mine.code } } },
      { or: [{ id: { eq: theirs.id } }, { id: { eq: nobodys.id } }] },
      { assignee: { isNull: true } },
    ])
      expect(
        (
          await narrow.client.get(
            "query ($filter: TicketFilter) { tickets(filter: $filter) { totalCount nodes { code } } }",
            { filter },
          )
        ).tickets,
      ).toEqual({ totalCount: 0, nodes: [] });
  });

  it.each(["theirs", "nobodys"] as const)(
    "finds nothing of %s by code, id and node, for reading or writing",
    async (which) => {
      const ticket = codes[which]();
      expect(
        await narrow.client.code("query ($code: String!) { ticket(by: { code: $code }) { id } }", {
          code: ticket.code,
        }),
      ).toBe("NOT_FOUND");
      expect(await narrow.client.code("query ($id: ID!) { ticket(by: { id: $id }) { id } }", { id: ticket.id })).toBe(
        "NOT_FOUND",
      );
      expect(await narrow.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: ticket.id })).toBe(
        "NOT_FOUND",
      );
      expect(
        (await narrow.client.get("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [ticket.id, mine.id] }))
          .nodes,
      ).toEqual([null, { id: mine.id }]);
      expect(
        (
          await narrow.client.get("query ($on: ID!) { viewer { can(permission: TICKET_VIEW, on: $on) } }", {
            on: ticket.id,
          })
        ).viewer.can,
      ).toBe(false);
      const writes = [
        `ticketReply(ticket: { code: "${ticket.code}" }, input: { bodyText: "x" })`,
        `ticketNoteAdd(ticket: { code: "${ticket.code}" }, input: { bodyText: "x" })`,
        `ticketAssign(ticket: { code: "${ticket.code}" }, input: { assignee: { isMe: true } })`,
        `ticketStatusSet(ticket: { id: "${ticket.id}" }, input: { status: CLOSED })`,
        `ticketUpdate(ticket: { id: "${ticket.id}" }, input: { subject: "x" })`,
      ];
      for (const write of writes)
        expect(await narrow.client.code(`mutation { ${write} { cursor } }`), write).toBe("NOT_FOUND");
    },
  );

  it("finds nothing of other tickets through messages, contacts and links", async () => {
    const message = (
      await agent.client.get("query ($code: String!) { ticket(by: { code: $code }) { messages { nodes { id } } } }", {
        code: theirs.code,
      })
    ).ticket.messages.nodes[0].id;
    expect(await narrow.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: message })).toBe("NOT_FOUND");
    const { ticket } = await narrow.client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { followUpOf { id } contact { name ticketCount tickets { totalCount nodes { code } } } } }",
      { code: mine.code },
    );
    expect(ticket).toEqual({
      followUpOf: null,
      contact: { name: "Shared", ticketCount: 1, tickets: { totalCount: 1, nodes: [{ code: mine.code }] } },
    });
    expect(
      (
        await agent.client.get("query ($code: String!) { ticket(by: { code: $code }) { followUpOf { id } } }", {
          code: mine.code,
        })
      ).ticket.followUpOf,
    ).toEqual({ id: theirs.id });
  });

  it("finds nothing past a cursor of a viewer who sees all", async () => {
    const orderBy = { field: "CODE", direction: "ASC" };
    const page =
      "query ($orderBy: TicketOrder, $after: Cursor) { tickets(orderBy: $orderBy, first: 1, after: $after) { nodes { code } pageInfo { endCursor } } }";
    const { tickets } = await agent.client.get(page, { orderBy });
    expect(tickets.nodes).toEqual([{ code: theirs.code }]);
    expect((await narrow.client.get(page, { orderBy, after: tickets.pageInfo.endCursor })).tickets.nodes).toEqual([
      { code: mine.code },
    ]);
  });

  it("finds no canary of other tickets by any query of the schema", async () => {
    const { fields } = { fields: Object.values(buildSchema().getQueryType()?.getFields() ?? {}) };
    const variables: Record<string, object> = {
      node: { id: theirs.id },
      nodes: { ids: [theirs.id, nobodys.id, mine.id, acme.globalId("Contact", contact)] },
      ticket: { by: { id: mine.id } },
      contact: { by: { id: acme.globalId("Contact", contact) } },
      member: { by: { id: agent.id } },
      company: { by: { id: "company_01h455vb4pex5vsknk084sn02q" } },
    };
    for (const field of fields) {
      const { data } = await narrow.client.ask(
        operationFor("query", field, 4),
        (variables[field.name] ?? {}) as Record<string, unknown>,
      );
      expect(JSON.stringify(data), field.name).not.toMatch(/canary/);
    }
  });

  it("sees a ticket from the moment that it is assigned and not after it is given away", async () => {
    const ticket = await acme.ticket({ assignee: agent });
    const see = () =>
      narrow.client.code("query ($code: String!) { ticket(by: { code: $code }) { id } }", { code: ticket.code });
    const give = (id: string) =>
      agent.client.get(
        "mutation ($code: String!, $id: ID!) { ticketAssign(ticket: { code: $code }, input: { assignee: { id: $id } }) { cursor } }",
        { code: ticket.code, id },
      );
    expect(await see()).toBe("NOT_FOUND");
    await give(narrow.id);
    expect(await see()).toBeNull();
    const away = await narrow.client.get(
      "mutation ($code: String!, $id: ID!) { ticketAssign(ticket: { code: $code }, input: { assignee: { id: $id } }) { ticket { id } cursor } }",
      { code: ticket.code, id: agent.id },
    );
    expect(away.ticketAssign.ticket).toBeNull();
    expect(await see()).toBe("NOT_FOUND");
  });
});

describe("a role with view AVAILABLE", () => {
  it("sees its own tickets and nobody's", async () => {
    const available = await acme.member({ "ticket.view": "AVAILABLE" });
    const { tickets } = await available.client.get(
      "{ tickets(orderBy: { field: CODE, direction: ASC }) { nodes { code } } }",
    );
    expect(tickets.nodes).toEqual([{ code: nobodys.code }]);
  });
});

describe("an API key with view ASSIGNED", () => {
  it("sees no ticket: none can be assigned to it", async () => {
    const key = await acme.apiKey({ "ticket.view": "ASSIGNED" });
    expect((await key.client.get("{ tickets { totalCount } }")).tickets.totalCount).toBe(0);
  });
});

describe("a key without note.view", () => {
  it("finds no note by any path, and doesn't notice one being written", async () => {
    const key = await acme.apiKey({ "ticket.view": "ALL", "contact.view": true });
    const ask =
      "query ($code: String!) { ticket(by: { code: $code }) { updatedAt lastActivityAt version lastMessage { bodyText } messages { totalCount nodes { id bodyText visibility } } notes: messages(visibility: INTERNAL) { totalCount nodes { id } } } }";
    const before = await key.client.get(ask, { code: theirs.code });
    expect(before.ticket.messages).toMatchObject({ totalCount: 1, nodes: [{ visibility: "PUBLIC" }] });
    expect(before.ticket.notes).toEqual({ totalCount: 0, nodes: [] });
    const { ticketNoteAdd } = await agent.client.get(
      'mutation ($code: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: "note canary" }) { message { id } } }',
      { code: theirs.code },
    );
    expect(await key.client.get(ask, { code: theirs.code })).toEqual(before);
    expect(await key.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: ticketNoteAdd.message.id })).toBe(
      "NOT_FOUND",
    );
    const { nodes } = await key.client.get("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      ids: [ticketNoteAdd.message.id],
    });
    expect(nodes).toEqual([null]);
  });

  it("can't answer after a note as if it were a message", async () => {
    const key = await acme.apiKey({ "ticket.view": "ALL", "ticket.reply": "ALL" });
    const { ticketNoteAdd } = await agent.client.get(
      'mutation ($code: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: "n" }) { message { id } } }',
      { code: theirs.code },
    );
    const guess =
      'mutation ($code: String!, $id: ID!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", ifLastMessageId: $id }) { cursor } }';
    expect(await key.client.code(guess, { code: theirs.code, id: ticketNoteAdd.message.id })).toBe("VALIDATION");
  });
});

describe("fields with a permission of their own", () => {
  it("answer null without an error, so that one query serves every role", async () => {
    const bare = await acme.member({ "ticket.view": "ALL" });
    const { ticket } = await bare.client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { contact { name email phone notes otherEmails externalId isBlocked companySource } assignee { name hourlyRate { amount } role { name grants { permission } } } } organization { defaultHourlyRate { amount } } }",
      { code: theirs.code },
    );
    expect(ticket.contact).toEqual({
      name: "Shared",
      email: "shared@mail.test",
      phone: null,
      notes: null,
      otherEmails: null,
      externalId: null,
      isBlocked: null,
      companySource: null,
    });
    expect(ticket.assignee).toMatchObject({ hourlyRate: null, role: { name: "Agent", grants: null } });
    expect(await bare.client.code("{ contacts { totalCount } }")).toBe("FORBIDDEN");
  });

  it("let a role with ticket.view alone find a contact only through a ticket it sees", async () => {
    const lonely = await acme.contact("lonely@mail.test", "Lonely");
    const bare = await acme.member({ "ticket.view": "ALL" });
    const ask = "query ($email: EmailAddress!) { contact(by: { email: $email }) { name } }";
    expect(await bare.client.code(ask, { email: "lonely@mail.test" })).toBe("NOT_FOUND");
    expect(
      await bare.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: acme.globalId("Contact", lonely) }),
    ).toBe("NOT_FOUND");
    expect((await bare.client.get(ask, { email: "shared@mail.test" })).contact.name).toBe("Shared");
  });
});

describe("a soft-deleted ticket", () => {
  it("is gone for everybody by every path", async () => {
    const admin = await acme.member("Admin");
    const gone = await acme.ticket({ subject: "gone", contact });
    await test.database.query("update tickets set deleted_at = now() where id = $1", [gone.uuid]);
    expect(
      await admin.client.code("query ($code: String!) { ticket(by: { code: $code }) { id } }", { code: gone.code }),
    ).toBe("NOT_FOUND");
    expect(await admin.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: gone.id })).toBe("NOT_FOUND");
    expect(
      (
        await admin.client.get("query ($filter: TicketFilter) { tickets(filter: $filter) { totalCount } }", {
          filter: { code: { eq: gone.code } },
        })
      ).tickets.totalCount,
    ).toBe(0);
  });
});

describe("the screens of a frontend", () => {
  it("run without errors as every built-in role", async () => {
    const list =
      "{ viewer { roleName permissions { permission reach } memberships { organizationName } } tickets(first: 25) { totalCount asOf nodes { id code subject status priority waitingSince assignee { name } contact { name email company { name } } company { name } labels { name color } lastMessage { preview createdAt } viewerCan { reply note assign update delete } } pageInfo { endCursor hasNextPage } } }";
    const thread =
      "query ($code: String!) { ticket(by: { code: $code }) { code subject allowedStatuses viewerCan { reply } contact { name phone notes company { name domains } tickets(first: 5) { nodes { code } } } messages(first: 50) { totalCount nodes { id visibility author { __typename name } bodyText bodyHtml to cc delivery { state } viewerCan { delete } } } } }";
    for (const role of ["Admin", "Manager", "Agent", "Viewer"] as const) {
      const { client } = await acme.member(role);
      await client.get(list);
      await client.get(thread, { code: theirs.code });
    }
  });
});
