import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

interface Page {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let ben: Person;
const tickets: TicketHandle[] = [];

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
  ben = await acme.member("Agent");
  const vip = await acme.label("VIP");
  const old = await acme.label("Old");
  const company = await acme.company("Initech", ["initech.test"]);
  for (let index = 0; index < 24; index++) {
    tickets.push(
      await acme.ticket({
        subject: `Ticket ${index}`,
        status: (["OPEN", "PENDING", "RESOLVED", "CLOSED"] as const)[index % 4] as "OPEN",
        priority: index % 3,
        assignee: [null, ada, ben][index % 3] as Person | null,
        companyId: index % 5 === 0 ? company : null,
        labelIds: [[], [vip], [vip, old]][index % 3] as string[],
      }),
    );
  }
  // Ties and gaps in the sort keys: that is where paging goes wrong.
  await test.database.query("update tickets set waiting_since = null where number % 4 = 0");
  await test.database.query("update tickets set created_at = '2026-03-01T10:00:00Z' where number % 3 = 0");
  await test.database.query("update tickets set created_at = '2026-03-02T23:30:00Z' where number % 3 = 1");
});
afterAll(() => test.close());

const list = `query ($filter: TicketFilter, $orderBy: TicketOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  tickets(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id code } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

async function codes(filter: object): Promise<string[]> {
  const { tickets: found } = await ada.client.get(list, { filter, first: 100 });
  return found.nodes.map(({ code }: { code: string }) => code).sort();
}
const numbers = async (filter: object) =>
  (await codes(filter)).map((code) => Number(code.split("-")[1])).sort((a, b) => a - b);

describe("a list of tickets", () => {
  it("pages in both directions through every order without missing or repeating a row", async () => {
    for (const field of [
      "CREATED_AT",
      "UPDATED_AT",
      "LAST_ACTIVITY_AT",
      "WAITING_SINCE",
      "PRIORITY",
      "STATUS",
      "CODE",
    ]) {
      for (const direction of ["ASC", "DESC"]) {
        const orderBy = { field, direction };
        const whole = (await ada.client.get(list, { orderBy, first: 100 })).tickets.nodes.map(
          ({ id }: { id: string }) => id,
        );
        expect(new Set(whole).size).toBe(24);
        const forward: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const { nodes, pageInfo }: Page = (await ada.client.get(list, { orderBy, first: 5, after })).tickets;
          forward.push(...nodes.map(({ id }: { id: string }) => id));
          expect(pageInfo.hasPreviousPage).toBe(after !== null);
          ({ endCursor: after, hasNextPage: more } = pageInfo);
        }
        expect(forward, `${field} ${direction} forward`).toEqual(whole);
        const backward: string[] = [];
        for (let before: string | null = null, more = true; more; ) {
          const { nodes, pageInfo }: Page = (await ada.client.get(list, { orderBy, last: 5, before })).tickets;
          backward.unshift(...nodes.map(({ id }: { id: string }) => id));
          ({ startCursor: before, hasPreviousPage: more } = pageInfo);
        }
        expect(backward, `${field} ${direction} backward`).toEqual(whole);
      }
    }
  });

  it("orders ACME-9 before ACME-10, and what waits longest first", async () => {
    const { tickets: byCode } = await ada.client.get(list, { orderBy: { field: "CODE", direction: "ASC" }, first: 12 });
    expect(byCode.nodes.map(({ code }: { code: string }) => Number(code.split("-")[1]))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
  });

  it("keeps its place when the cursor's row changes or goes", async () => {
    const orderBy = { field: "LAST_ACTIVITY_AT", direction: "DESC" };
    const whole = (await ada.client.get(list, { orderBy, first: 100 })).tickets.nodes.map(
      ({ code }: { code: string }) => code,
    );
    const first = (await ada.client.get(list, { orderBy, first: 5 })).tickets;
    const last = tickets.find(({ code }) => code === whole[4]) as TicketHandle;
    await test.database.query(
      "update tickets set last_activity_at = now() + interval '1 hour', deleted_at = now() where id = $1",
      [last.uuid],
    );
    const next = (await ada.client.get(list, { orderBy, first: 5, after: first.pageInfo.endCursor })).tickets;
    expect(next.nodes.map(({ code }: { code: string }) => code)).toEqual(whole.slice(5, 10));
    await test.database.query("update tickets set deleted_at = null where id = $1", [last.uuid]);
  });

  it("refuses a page of more than 100, of none, in both directions at once, and a cursor of another order", async () => {
    for (const args of [
      { first: 101 },
      { first: 0 },
      { first: -1 },
      { last: 101 },
      { first: 1, last: 1 },
      { last: 1, after: "x" },
    ])
      expect(await ada.client.code(list, args), JSON.stringify(args)).toBe("VALIDATION");
    const { pageInfo } = (await ada.client.get(list, { first: 1 })).tickets;
    const { errors } = await ada.client.ask(list, {
      first: 1,
      after: pageInfo.endCursor,
      orderBy: { field: "CODE", direction: "ASC" },
    });
    expect(errors[0]?.message).toContain('belongs to the list "Ticket LAST_ACTIVITY_AT DESC"');
    const { tickets: head } = await ada.client.get("{ tickets { asOf } }");
    const swapped = await ada.client.ask(list, { first: 1, after: head.asOf });
    expect(swapped.errors[0]?.message).toContain("This is a ChangeCursor");
  });
});

describe("a filter", () => {
  it("compares status, priority, code and id, lists included", async () => {
    expect(await numbers({ status: { eq: "OPEN" } })).toEqual([1, 5, 9, 13, 17, 21]);
    expect(await numbers({ status: { in: ["OPEN", "CLOSED"] }, priority: { eq: "HIGH" } })).toEqual([9, 12, 21, 24]);
    expect(await codes({ code: { eq: tickets[3]?.code.toLowerCase() } })).toEqual([tickets[3]?.code]);
    expect(await codes({ id: { in: [tickets[0]?.id, tickets[1]?.id] } })).toHaveLength(2);
    expect(await codes({ status: { in: [] } })).toEqual([]);
  });

  it("goes through relations: me, nobody, a company's domain, labels", async () => {
    expect(await numbers({ assignee: { isMe: true } })).toEqual([2, 5, 8, 11, 14, 17, 20, 23]);
    expect(await numbers({ assignee: { isNull: true } })).toEqual([1, 4, 7, 10, 13, 16, 19, 22]);
    expect(await numbers({ company: { domains: { some: { domain: { eq: "INITECH.test" } } } } })).toEqual([
      1, 6, 11, 16, 21,
    ]);
    expect(await codes({ labels: { some: { name: { eq: "vip" } } } })).toHaveLength(16);
    expect(await codes({ labels: { none: { name: { eq: "vip" } } } })).toHaveLength(8);
    expect(await codes({ labels: { every: { name: { eq: "VIP" } } } })).toHaveLength(16);
  });

  it("takes an instant, a day in the organization's time zone, and a duration from now", async () => {
    // 23:30 in London is already the next day in Berlin.
    expect(await codes({ createdAt: { eq: "2026-03-03" } })).toHaveLength(8);
    expect(await codes({ createdAt: { eq: "2026-03-01" } })).toHaveLength(8);
    expect(await codes({ createdAt: { lte: "2026-03-01" } })).toHaveLength(8);
    expect(await codes({ createdAt: { gt: "2026-03-01", lt: "2026-03-03" } })).toHaveLength(0);
    expect(await codes({ createdAt: { eq: "2026-03-01T10:00:00Z" } })).toHaveLength(8);
    expect(await codes({ createdAt: { gte: "-PT1H" } })).toHaveLength(8);
    const { errors } = await ada.client.ask(list, { filter: { createdAt: { gte: "yesterday" } } });
    expect(errors[0]?.extensions.issues?.[0]).toMatchObject({
      path: ["filter", "createdAt", "gte"],
      code: "INVALID_DATE",
    });
  });

  it("takes % and _ as they are", async () => {
    await acme.contact("percent@mail.test", "50%_off");
    const names = async (filter: object) =>
      (
        await ada.client.get("query ($filter: ContactFilter) { contacts(filter: $filter) { nodes { name } } }", {
          filter,
        })
      ).contacts.nodes.map(({ name }: { name: string }) => name);
    expect(await names({ name: { contains: "%_O" } })).toEqual(["50%_off"]);
    expect(await names({ name: { startsWith: "5_" } })).toEqual([]);
    expect(await names({ name: { contains: "\\" } })).toEqual([]);
  });
});

describe("nested lists", () => {
  it("page a thread by its own cursors, and count it", async () => {
    const ticket = await acme.ticket({ messages: ["one", "two", "note:three", "four", "five"] });
    const thread = `query ($code: String!, $first: Int, $after: Cursor, $last: Int, $visibility: MessageVisibility) { ticket(by: { code: $code }) {
      messages(first: $first, after: $after, last: $last, visibility: $visibility) { totalCount nodes { bodyText } pageInfo { endCursor hasNextPage } } } }`;
    const page = async (args: object) => (await ada.client.get(thread, { code: ticket.code, ...args })).ticket.messages;
    const first = await page({ first: 2 });
    expect(first).toMatchObject({
      totalCount: 5,
      nodes: [{ bodyText: "one" }, { bodyText: "two" }],
      pageInfo: { hasNextPage: true },
    });
    expect(
      (await page({ first: 3, after: first.pageInfo.endCursor })).nodes.map((m: { bodyText: string }) => m.bodyText),
    ).toEqual(["three", "four", "five"]);
    expect((await page({ last: 2 })).nodes.map((m: { bodyText: string }) => m.bodyText)).toEqual(["four", "five"]);
    expect(await page({ visibility: "INTERNAL" })).toMatchObject({ totalCount: 1, nodes: [{ bodyText: "three" }] });
  });
});

describe("node and nodes", () => {
  it("find every entity by id, in the order asked for, with null for what isn't there", async () => {
    const ids = [tickets[0]?.id, ada.id, acme.id, "ticket_01h455vb4pex5vsknk084sn02q"];
    const { nodes } = await ada.client.get(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Ticket { subject } ... on Member { email } } }",
      { ids },
    );
    expect(nodes).toEqual([
      { __typename: "Ticket", id: tickets[0]?.id, subject: "Ticket 0" },
      { __typename: "Member", id: ada.id, email: ada.email },
      { __typename: "Organization", id: acme.id },
      null,
    ]);
  });

  it("name the type expected and the type got when an id is of the wrong one", async () => {
    const { errors } = await ada.client.ask("query ($id: ID!) { ticket(by: { id: $id }) { id } }", { id: ada.id });
    expect(errors[0]?.extensions).toMatchObject({
      code: "VALIDATION",
      issues: [{ code: "WRONG_ID_TYPE", path: ["by", "id"] }],
    });
    expect(errors[0]?.message).toContain("A Ticket id is expected here (ticket_…)");
    expect(await ada.client.code('query { node(id: "42") { id } }')).toBe("VALIDATION");
  });
});

describe("viewer", () => {
  it("tells what the viewer can, also on a ticket", async () => {
    const can =
      "query ($on: ID) { viewer { reply: can(permission: TICKET_REPLY, on: $on) delete: can(permission: TICKET_DELETE) } }";
    expect((await ada.client.get(can, { on: tickets[1]?.id })).viewer).toEqual({ reply: true, delete: false });
    expect((await ada.client.get(can, { on: tickets[2]?.id })).viewer).toEqual({ reply: false, delete: false });
  });
});

describe("an empty cursor", () => {
  it.each(["after", "before"])("is a bad one, as every other text that is none: %s", async (argument) => {
    const size = argument === "after" ? "first" : "last";
    for (const cursor of ["", " ", "x"])
      for (const list of ["tickets", "contacts", "companies", "members", "timeEntries"]) {
        const { errors } = await ada.client.ask(
          `query ($c: Cursor) { ${list}(${size}: 1, ${argument}: $c) { nodes { id } } }`,
          { c: cursor },
        );
        expect([list, cursor, errors[0]?.extensions.code]).toEqual([list, cursor, "VALIDATION"]);
      }
    expect(
      await ada.client.code(`query ($c: Cursor) { tickets(${size}: 1, ${argument}: $c) { nodes { id } } }`, {
        c: null,
      }),
    ).toBeNull();
  });
});
