/** What a document may ask of the process, and what it is told of the schema. */
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

const note =
  "mutation ($code: String!, $input: TicketNoteAddInput!) { ticketNoteAdd(ticket: { code: $code }, input: $input) { cursor } }";

describe("a document can't hold up the process", () => {
  it.each([
    ["below a field", (last: string) => `{ viewer { ...F0 } } ${last}`],
    ["at the root of an organization", (last: string) => `{ viewer { organization { id } ...F0 } } ${last}`],
  ])("with fragments that double 120 times %s", async (_name, wrap) => {
    const chain = Array.from({ length: 120 }, (_, i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`).join(
      " ",
    );
    const { errors, data } = await test.anonymous.ask(wrap(`${chain} fragment F120 on Viewer { roleName }`));
    expect([errors[0]?.extensions.code, data]).toEqual(["UNAUTHENTICATED", null]);
  });

  it("with rows that double 60 times", async () => {
    const chain = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Contact { ...F${i + 1} ...F${i + 1} }`).join(
      " ",
    );
    const query = `{ contacts { nodes { ...F0 } } } ${chain} fragment F60 on Contact { company { name } }`;
    expect(await ada.client.code(query)).toBe("QUERY_TOO_COMPLEX");
  });

  it("with page sizes in the defaults of variables, or with thousands of ids", async () => {
    const deep =
      "query ($n: Int = 100) { tickets(first: $n) { nodes { contact { tickets(first: $n) { nodes { messages(first: $n) { nodes { id } } } } } } } }";
    expect(await ada.client.code(deep)).toBe("QUERY_TOO_COMPLEX");
    const { errors } = await ada.client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      ids: Array(101).fill(ada.id),
    });
    expect(errors[0]?.extensions.issues?.[0]).toMatchObject({ path: ["ids"], code: "TOO_MANY" });
  });

  it("with variables 10,000 deep, lists of 1,000 values, or filters 20 deep", async () => {
    let deep: object = {};
    for (let level = 0; level < 10_000; level++) deep = { not: deep };
    const list = "query ($f: TicketFilter) { tickets(filter: $f) { totalCount } }";
    expect(await ada.client.code(list, { f: deep })).toBe("BAD_REQUEST");
    let filter: object = { status: { eq: "OPEN" } };
    for (let level = 0; level < 20; level++) filter = { not: filter };
    expect(await ada.client.code(list, { f: filter })).toBe("VALIDATION");
    expect(await ada.client.code(list, { f: { code: { in: Array(1_000).fill("X-1") } } })).toBe("VALIDATION");
  });

  it("with HTML that nests without end", async () => {
    const { code } = await acme.ticket();
    for (const bodyHtml of [
      `${"<b>".repeat(130_000)}x`,
      `${"<div>".repeat(5_000)}x`,
      `${"<table><tr><td>".repeat(2_000)}x`,
    ]) {
      const answer = await ada.client.ask(note, { code, input: { bodyHtml } });
      expect([null, "VALIDATION"]).toContain(answer.errors[0]?.extensions.code ?? null);
    }
  });
});

describe("T20: suggestions", () => {
  it("strangers get no suggestion of a name", async () => {
    expect((await test.anonymous.ask("{ ticketz { id } }")).errors[0]?.message).not.toContain("Did you mean");
    expect((await ada.client.ask("{ ticketz { id } }")).errors[0]?.message).toContain("Did you mean");
  });
});
