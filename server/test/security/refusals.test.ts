/** How requests are refused: size and words of the answer, suggestions, other addresses, the log. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serializeError } from "../../src/cli/log.ts";
import { LiveClient } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${test.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));

/** The errors of an operation on a socket, however the protocol tells them. */
async function refusalOf(socket: LiveClient, query: string, variables: Record<string, unknown> = {}) {
  const subscription = socket.subscribe(query, variables);
  return subscription.ended();
}

describe("T12, T21: the answer to a refused request", () => {
  const bodies: [string, object][] = [
    [
      "60,000 unknown keys in a variable",
      { query: "query($f:ContactFilter){contacts(filter:$f){totalCount}}", variables: { f: { name: many(60_000) } } },
    ],
    [
      "a value of 500 kB",
      { query: "query($n:Int){tickets(first:$n){totalCount}}", variables: { n: "x".repeat(500_000) } },
    ],
    [
      "60,000 wrong items",
      { query: "query($i:[ID!]!){nodes(ids:$i){id}}", variables: { i: Array(60_000).fill({ a: 1 }) } },
    ],
    ["2,000 unknown fields", { query: `{ ${Array.from({ length: 900 }, (_, index) => `f${index}`).join(" ")} }` }],
    ["a long name of a field", { query: `{ ${"n".repeat(500_000)} }` }],
    [
      "a long alias on each of 20 fields",
      {
        query: `{ ${Array.from({ length: 20 }, (_, index) => `${"a".repeat(9_000)}${index}: ticket(by: {code: "X-1"}) { id }`).join(" ")} }`,
      },
    ],
    ["a syntax error behind 500 kB", { query: `{ a(b: "${"x".repeat(500_000)}") ] }` }],
    [
      "2,000 bad rows of an upsert",
      {
        query: "mutation($i:[ContactUpsertInput!]!){contactsUpsert(input:$i){cursor}}",
        variables: { i: Array(90).fill({ email: `${"e".repeat(2_000)}` }) },
      },
    ],
  ];

  it.each(bodies)("is no larger than the request and 16 kB: %s", async (_what, body) => {
    const text = JSON.stringify(body);
    for (const headers of [{}, admin.client.headers] as Record<string, string>[]) {
      const answer = await post(text, headers);
      const answered = await answer.text();
      expect(answered.length).toBeLessThanOrEqual(text.length + 16_000);
      expect(answered).not.toContain("INTERNAL");
    }
  });

  it("is as small on a socket", async () => {
    for (const init of [{}, { Authorization: admin.client.headers.authorization as string }] as Record<
      string,
      string
    >[]) {
      const socket = await LiveClient.connect(test.url, init);
      for (const [, { query, variables }] of bodies as [
        string,
        { query: string; variables?: Record<string, unknown> },
      ][]) {
        const text = JSON.stringify({ query, variables });
        if (text.length > 60_000) continue;
        const result = await refusalOf(socket, query, variables);
        expect(JSON.stringify(result).length).toBeLessThanOrEqual(text.length + 16_000);
        expect(JSON.stringify(result)).not.toContain('"http"');
      }
      await socket.close();
    }
  });

  it("says what is wrong and how much, within a few lines", async () => {
    const input = Array.from({ length: 90 }, (_, index) => ({ email: `no address ${index}` }));
    const { errors } = await admin.client.ask("mutation($i:[ContactUpsertInput!]!){contactsUpsert(input:$i){cursor}}", {
      i: input,
    });
    expect(errors[0]?.message).toContain("90 rules");
    expect(errors[0]?.message.length).toBeLessThan(700);
    expect(errors[0]?.extensions.issues?.length).toBeGreaterThan(10);
  });

  it("isn't worked for where a stranger sends more variables than signing in needs", async () => {
    const { errors } = await test.anonymous.ask("query($f:ContactFilter){contacts(filter:$f){totalCount}}", {
      f: { name: many(2_000) },
    });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  });
});

describe("T20: suggestions", () => {
  const documents = [
    { query: "{ ticketz { id } }", variables: {} },
    { query: "query($f:TicketFilter){tickets(filter:$f){totalCount}}", variables: { f: { statuss: {} } } },
    { query: "query($s:TicketStatus!){tickets(filter:{status:{eq:$s}}){totalCount}}", variables: { s: "OPENN" } },
  ];

  it("reach no stranger: without a token, with a wrong one, over sockets and streams", async () => {
    const strangers = [{}, { authorization: "Bearer tk_wrong" }, { authorization: "nonsense" }] as Record<
      string,
      string
    >[];
    for (const { query, variables } of documents) {
      for (const headers of strangers)
        for (const accept of ["application/json", "text/event-stream"]) {
          const answer = await post(JSON.stringify({ query, variables }), { ...headers, accept });
          expect(await answer.text()).not.toMatch(/Did you mean|OPEN\b.*OPEN\b/);
        }
      const socket = await LiveClient.connect(test.url);
      expect(JSON.stringify(await refusalOf(socket, query, variables))).not.toContain("Did you mean");
      await socket.close();
    }
  });

  it("help whoever is signed in, over HTTP and sockets", async () => {
    const socket = await LiveClient.connect(test.url, { Authorization: admin.client.headers.authorization as string });
    for (const { query, variables } of documents) {
      expect((await admin.client.ask(query, variables)).errors[0]?.message).toContain("Did you mean");
      expect(JSON.stringify(await refusalOf(socket, query, variables))).toContain("Did you mean");
    }
    await socket.close();
  });
});

describe("an address that isn't the API's", () => {
  it.each(["/v1/graphql", "/x/y/graphql", "//graphql", "/graphql/", "/GRAPHQL", "/graphql%2f"])(
    "%s answers nothing",
    async (path) => {
      const url = `${test.url.replace(/\/$/, "")}${path}`;
      const answer = await fetch(url, {
        method: "POST",
        headers: { ...admin.client.headers, "content-type": "application/json" },
        body: JSON.stringify({ query: "{ viewer { roleName } }" }),
      });
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("Admin");
    },
  );

  it("says at / where the API is", async () => {
    expect(await (await fetch(test.url)).json()).toMatchObject({ name: "Tiketti", graphql: "/graphql" });
  });

  it("lets no cache keep an answer, and tells it from another origin's", async () => {
    const answer = await post(JSON.stringify({ query: "{ viewer { roleName } }" }), admin.client.headers);
    expect([answer.headers.get("cache-control"), answer.headers.get("vary")?.toLowerCase()]).toEqual([
      "no-store",
      expect.stringContaining("origin"),
    ]);
  });
});

describe("a document of several mutations", () => {
  it("keeps the answers of those that worked beside the error of one that didn't, secrets included", async () => {
    const { data, errors } = await admin.client.ask(`mutation {
      a: labelCreate(input: { name: "Kept", color: "#EF4444" }) { label { name } }
      b: labelCreate(input: { name: "Kept", color: "#EF4444" }) { label { name } }
      c: apiKeyCreate(input: { name: "kept", role: { name: "Viewer" } }) { secret }
    }`);
    expect([data?.a.label.name, data?.b, data?.c.secret.slice(0, 3)]).toEqual(["Kept", null, "tk_"]);
    expect(errors.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([["b", "ALREADY_EXISTS"]]);
  });
});

describe("T25: the log", () => {
  it("has codes and places of Prisma's and PostgreSQL's errors, and no value of a statement", () => {
    const driver = Object.assign(new Error('invalid input syntax for type uuid: "canary words"'), { code: "22P02" });
    const prisma = Object.assign(
      new Error('Invalid `prisma.ticket.create()` invocation:\n{ subject: "canary words" }'),
      { name: "PrismaClientKnownRequestError", code: "P2010", meta: { modelName: "Ticket" }, cause: driver },
    );
    const text = JSON.stringify(serializeError(prisma));
    expect(text).not.toContain("canary");
    expect(text).toContain("PrismaClientKnownRequestError P2010 Ticket");
    expect(text).toContain("22P02");
    expect(text).toContain("refusals.test.ts");
  });
});
