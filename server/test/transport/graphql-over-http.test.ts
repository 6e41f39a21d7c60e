import { auditServer } from "graphql-http";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let test: TestServer;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  ada = await (await test.world.organization("Acme")).member("Admin");
});
afterAll(() => test.close());

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${test.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

describe("GraphQL over HTTP", () => {
  it("passes all 61 audits of graphql-http", async () => {
    // With credentials: some audits ask __type, which strangers aren't shown.
    const fetchFn = (url: string, init?: RequestInit) =>
      fetch(url, { ...init, headers: { ...(init?.headers as object), ...ada.client.headers } });
    const results = await auditServer({ url: `${test.url}/graphql`, fetchFn });
    const failed = results
      .filter(({ status }) => status !== "ok")
      .map((result) => `${result.status} ${result.id} ${result.name}: ${"reason" in result ? result.reason : ""}`);
    console.log(`${results.length - failed.length} of ${results.length} audits`);
    expect(failed).toEqual([]);
    expect(results).toHaveLength(61);
  });

  it("runs no mutation by GET", async () => {
    const response = await fetch(
      `${test.url}/graphql?query=${encodeURIComponent("mutation { signOut { isSignedOut } }")}`,
      { headers: ada.client.headers },
    );
    expect(response.status).toBe(405);
  });

  it.each([
    ["a form", "application/x-www-form-urlencoded", "query=%7B__typename%7D"],
    [
      "a multipart form",
      "multipart/form-data; boundary=x",
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{__typename}"}\r\n--x--',
    ],
    ["plain text", "text/plain", '{"query":"{__typename}"}'],
    ["no content type", "", '{"query":"{__typename}"}'],
    ["another charset", "application/json; charset=utf-16", '{"query":"{__typename}"}'],
  ])("takes JSON only: %s is 415", async (_name, type, body) => {
    expect((await post(body, { "content-type": type })).status).toBe(415);
  });

  it("refuses batches, bodies over 1 MB, compressed bodies and bad UTF-8", async () => {
    expect((await post('[{"query":"{__typename}"},{"query":"{__typename}"}]')).status).toBe(400);
    const large = await post(JSON.stringify({ query: `{ __typename } # ${"x".repeat(1_000_001)}` }));
    expect([large.status, (await large.json()).errors[0].extensions.code]).toEqual([413, "BODY_TOO_LARGE"]);
    expect((await post("{}", { "content-encoding": "gzip" })).status).toBe(415);
    expect((await post(new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))).status).toBe(400);
  });

  it("answers every request with its id, taking over a harmless one of the caller's", async () => {
    const mine = await post('{"query":"{__typename}"}', { "x-request-id": "my-request-42" });
    expect(mine.headers.get("x-request-id")).toBe("my-request-42");
    const evil = await post('{"query":"{ nope }"}', { "x-request-id": "<script>" });
    expect(evil.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
    expect((await evil.json()).errors[0].extensions.requestId).toBe(evil.headers.get("x-request-id"));
  });

  it("shows the schema to signed-in viewers only", async () => {
    const ask = "{ __schema { types { name } } }";
    expect(await test.anonymous.code(ask)).toBe("UNAUTHENTICATED");
    expect(await test.anonymous.code('{ a: __type(name: "Ticket") { name } }')).toBe("UNAUTHENTICATED");
    expect(await ada.client.code(ask)).toBeNull();
  });

  it("suggests no names to strangers", async () => {
    const { errors } = await test.anonymous.ask("{ ticket { id } }");
    expect(JSON.stringify(errors)).not.toMatch(/Did you mean/);
  });
});

describe("a browser of another origin", () => {
  const preflight = async (url: string, origin: string) =>
    (
      await fetch(`${url}/graphql`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      })
    ).headers.get("access-control-allow-origin");

  it("may call when it is listed, and only then", async () => {
    const server = await startTestServer({ database: test.database, origins: ["https://desk.example.com"] });
    expect(await preflight(server.url, "https://desk.example.com")).toBe("https://desk.example.com");
    expect(await preflight(server.url, "https://evil.example.com")).toBeNull();
    expect(await preflight(server.url, "http://localhost:5173")).toBeNull();
    await server.close();
  });

  it("may call from any port of this machine where localhost is listed, as it is outside production", async () => {
    const server = await startTestServer({ database: test.database, origins: ["localhost"] });
    expect(await preflight(server.url, "http://localhost:5173")).toBe("http://localhost:5173");
    expect(await preflight(server.url, "http://localhost.evil.test")).toBeNull();
    await server.close();
  });
});

describe("a document", () => {
  const deep = (depth: number) =>
    `${"{ viewer { organization ".repeat(1)}${"{ id } } }"}`.replace(
      "{ id }",
      `{ ${"a { ".repeat(depth)}id${" }".repeat(depth)} }`,
    );
  it.each([
    ["deeper than 12", deep(20), "levels deep"],
    ["1,000 deep", `{ ${"a { ".repeat(600)}b${" }".repeat(600)} }`, "levels deep"],
    ["with 31 aliases", `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(" ")} }`, "aliases"],
    [
      "with aliases behind fragments",
      `{ ...a ...a } fragment a on Query { ${Array.from({ length: 16 }, (_, i) => `x${i}: __typename`).join(" ")} }`,
      "aliases",
    ],
    [
      "with fragments that double 30 times",
      `{ ...f0 } ${Array.from({ length: 30 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(" ")} fragment f30 on Query { z: __typename }`,
      "aliases",
    ],
    ["with 21 directives", `{ __typename ${"@include(if: true) ".repeat(21)} }`, "directives"],
    ["with 21 root fields", `{ ${"__typename ".repeat(21)} }`, "root fields"],
  ])("%s is QUERY_TOO_COMPLEX before it is validated", async (_name, query, what) => {
    const { status, errors } = await ada.client.ask(query);
    expect(errors[0]?.extensions.code).toBe("QUERY_TOO_COMPLEX");
    expect(errors[0]?.message).toContain(what);
    expect(status).toBe(400);
  });

  it("with fragments in a circle is refused by validation", async () => {
    const { errors } = await ada.client.ask("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }");
    expect(errors[0]?.extensions.code).toBe("BAD_REQUEST");
  });

  it("of more than 2,000 tokens is refused", async () => {
    const { errors, status } = await ada.client.ask(`{ ${"__typename ".repeat(2_100)} }`);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "QUERY_TOO_COMPLEX"]);
  });

  it("that can answer with more than 20,000 rows is refused, counted by literals and by variables", async () => {
    const nested =
      "query ($n: Int) { tickets(first: $n) { nodes { messages(first: $n) { nodes { contact: ticket { contact { tickets(first: $n) { nodes { id } } } } } } } } }";
    expect(await ada.client.code(nested, { n: 100 })).toBe("QUERY_TOO_COMPLEX");
    expect(await ada.client.code(nested, { n: 5 })).toBeNull();
  });

  it("of introspection alone may be deeper", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    expect(await ada.client.code(getIntrospectionQuery())).toBeNull();
  });
});

describe("a variable that doesn't fit its type", () => {
  it("is named, with its path in issues", async () => {
    const { errors } = await ada.client.ask("query ($n: Int) { tickets(first: $n) { totalCount } }", { n: "two" });
    expect(errors[0]?.message).toBe('Variable "$n" has invalid value: Int cannot represent non-integer value: "two"');
    expect(errors[0]?.extensions).toMatchObject({ code: "BAD_REQUEST", issues: [{ path: ["n"] }] });
    const create = "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { cursor } }";
    const nested = await ada.client.ask(create, { input: { name: "x", company: { id: [1] } } });
    expect(nested.errors[0]?.extensions.issues?.[0]?.path).toEqual(["input", "company", "id"]);
  });
});

describe("health", () => {
  it("says live and ready", async () => {
    expect(await (await fetch(`${test.url}/health/live`)).json()).toEqual({ status: "live" });
    const ready = await fetch(`${test.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
  });
});

describe("a slow request", () => {
  const create =
    'mutation { ticketCreate(input: { subject: "abandoned", contact: { person: { email: "x@mail.test" } } }) { cursor } }';

  /** Holds the counter that every write needs, until released. */
  async function holdChanges(): Promise<() => Promise<void>> {
    const holder = new pg.Client({ connectionString: test.database.superuserUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select 1 from change_heads for update");
    return async () => {
      await holder.query("rollback");
      await holder.end();
    };
  }
  const waiting = async () =>
    (
      await test.database.query(
        "select 1 from pg_stat_activity where datname = current_database() and application_name = 'tiketti writes' and wait_event_type = 'Lock'",
      )
    ).length;

  it("is cancelled at its deadline, in the database too, and answers UNAVAILABLE", async () => {
    const quick = await startTestServer({ database: test.database, deps: { requestMs: 300 } });
    const release = await holdChanges();
    const { errors } = await new Client(quick.url, ada.client.headers).ask(create);
    expect(errors[0]?.extensions).toMatchObject({ code: "UNAVAILABLE", isRetryable: true });
    expect(await waiting()).toBe(0);
    await release();
    await quick.close();
    expect(await test.database.query("select 1 from tickets where subject = 'abandoned'")).toHaveLength(0);
  });

  it("stops its statement when the client goes away", async () => {
    const release = await holdChanges();
    const aborting = new AbortController();
    const gone = fetch(`${test.url}/graphql`, {
      method: "POST",
      signal: aborting.signal,
      headers: { "content-type": "application/json", ...ada.client.headers },
      body: JSON.stringify({ query: create }),
    }).catch(() => null);
    while ((await waiting()) === 0);
    aborting.abort();
    await gone;
    while ((await waiting()) > 0);
    await release();
    expect(await test.database.query("select 1 from tickets where subject = 'abandoned'")).toHaveLength(0);
  });

  it("has no statement that runs longer than the database's own limit", async () => {
    const quick = await startTestServer({ database: test.database, deps: { statementTimeoutMs: 200 } });
    const db = quick.server.services.database.for("00000000-0000-0000-0000-000000000000");
    await expect(db.$queryRaw`select pg_sleep(20)::text`).rejects.toThrow(/statement timeout/);
    await quick.close();
  });
});
