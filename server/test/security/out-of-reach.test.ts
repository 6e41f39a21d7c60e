/** T3, T5, T7: operations, notes and tickets out of the viewer's reach. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionNames } from "../../src/access/permissions.ts";
import { buildSchema } from "../../src/schema.ts";
import type { Client } from "../testkit/client.ts";
import { type Furnished, furnish, mutationFixtures, queryFixtures, type Variables } from "../testkit/fixtures.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

const schema = buildSchema();

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

describe("T3: an operation that the role doesn't hold", () => {
  it("is FORBIDDEN to a member without any right, for every operation that needs one", async () => {
    const nobody = await acme.member({});
    const its = await furnish(test.world, "t3", "t3");
    let refused = 0;
    for (const kind of ["query", "mutation"] as const) {
      const type = kind === "query" ? schema.getQueryType() : schema.getMutationType();
      for (const field of Object.values(type?.getFields() ?? {})) {
        if (!(field.extensions as { directives?: { access?: unknown } }).directives?.access) continue;
        const fixture = (kind === "query" ? queryFixtures : mutationFixtures)[field.name] as (
          f: Furnished,
        ) => Variables;
        expect(await nobody.client.code(operationFor(kind, field, 1), await fixture(its)), field.name).toBe(
          "FORBIDDEN",
        );
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(45);
  });
});

describe("T5: notes for who has no note.view", () => {
  it("appear in no query of the schema, no payload and no count", async () => {
    const its = await furnish(test.world, "t5", "t5");
    const canary = "canary-of-a-note";
    await its.admin.client.get(
      `mutation ($c: String!) { ticketNoteAdd(ticket: { code: $c }, input: { bodyText: "${canary}" }) { cursor } }`,
      { c: its.ticket.code },
    );
    const everything = Object.fromEntries(
      permissionNames
        .filter((name) => name !== "note.view")
        .map((name) => [name, name.match(/ticket\.(?!create)|note\.write|time\./) ? "ALL" : true]),
    );
    const blind = await its.organization.member(everything as never);
    const sighted = await its.organization.member("Admin");
    const ask = async (client: Client) => {
      const answers: string[] = [];
      for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
        const { data } = await client.ask(
          operationFor("query", field, 5),
          await (queryFixtures[field.name] as (f: Furnished) => Variables)(its),
        );
        answers.push(JSON.stringify(data));
      }
      const { data } = await client.ask(
        'mutation ($c: String!) { ticketUpdate(ticket: { code: $c }, input: { subject: "s" }) { ticket { timeline { totalCount nodes { ... on Message { bodyText } } } messages { nodes { bodyText } } lastMessage { bodyText } } } }',
        { c: its.ticket.code },
      );
      return [...answers, JSON.stringify(data)].join("\n");
    };
    expect(await ask(blind.client)).not.toContain(canary);
    expect(await ask(sighted.client)).toContain(canary);
  });
});

describe("T7: a ticket that moved out of reach", () => {
  it("is gone from the trash, the timeline, bulk, merge and messages, by old ids and cursors", async () => {
    const narrow = await acme.member({
      "ticket.view": "ASSIGNED",
      "ticket.delete": "ALL",
      "ticket.update": "ALL",
      "note.view": true,
    });
    const ticket = await acme.ticket({ assignee: narrow, messages: ["a", "b", "c"] });
    const page =
      "query ($c: String!, $after: Cursor) { ticket(by: { code: $c }) { timeline(kinds: [MESSAGE], first: 1, after: $after) { pageInfo { endCursor } nodes { ... on Message { id } } } } }";
    const { timeline } = (await narrow.client.get(page, { c: ticket.code })).ticket;
    await ada.client.get(
      "mutation ($c: String!, $id: ID!) { ticketAssign(ticket: { code: $c }, input: { assignee: { id: $id } }) { cursor } }",
      { c: ticket.code, id: ada.id },
    );
    expect(await narrow.client.code(page, { c: ticket.code, after: timeline.pageInfo.endCursor })).toBe("NOT_FOUND");
    expect(await narrow.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: timeline.nodes[0].id })).toBe(
      "NOT_FOUND",
    );
    const mine = await acme.ticket({ assignee: narrow });
    for (const mutation of [
      `ticketsBulkUpdate(tickets: [{ id: "${ticket.id}" }], input: { priority: LOW })`,
      `ticketMerge(ticket: { id: "${mine.id}" }, into: { id: "${ticket.id}" })`,
      `ticketMerge(ticket: { id: "${ticket.id}" }, into: { id: "${mine.id}" })`,
      `ticketDelete(ticket: { id: "${ticket.id}" })`,
    ])
      expect(await narrow.client.code(`mutation { ${mutation} { cursor } }`), mutation).toBe("NOT_FOUND");
    await ada.client.get("mutation ($c: String!) { ticketDelete(ticket: { code: $c }) { cursor } }", {
      c: ticket.code,
    });
    expect(
      (await narrow.client.get("{ tickets(filter: { isDeleted: true }) { totalCount } }")).tickets.totalCount,
    ).toBe(0);
    expect(
      await narrow.client.code("mutation ($c: String!) { ticketRestore(ticket: { code: $c }) { cursor } }", {
        c: ticket.code,
      }),
    ).toBe("NOT_FOUND");
  });
});
