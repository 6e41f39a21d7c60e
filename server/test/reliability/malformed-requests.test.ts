/** G4: malformed requests, made up at random. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
  await acme.ticket();
});
afterAll(() => test.close());

/** What must never be in an answer: our files, our database, our libraries. */
const inside =
  /at \S+ \(|node_modules|\.ts:\d+|prisma|postgres(?!ql 1)|SELECT .* FROM|relation "|constraint "|ECONN|pg_catalog|undefined is not|Cannot read prop/i;

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${test.url}/graphql`, {
    method,
    headers: { "content-type": "application/json", ...ada.client.headers, ...headers },
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const junk = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.jsonValue(),
  fc.constantFrom(
    "\u0000",
    "\ud800",
    "𝕏".repeat(500),
    "a".repeat(100_000),
    "'; drop table tickets; --",
    "%_\\",
    "__proto__",
    "{{7*7}}",
    "-1",
    "1e999",
    "NaN",
  ),
  fc.double(),
  fc.bigInt().map(String),
);

const documents = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'{}()[]:!@$"\\#&|, \nabc01'.split("")), maxLength: 120 }),
  fc.constantFrom(
    "{",
    "query",
    "{ nope }",
    "{ viewer }",
    "{ viewer { nope } }",
    "mutation { ticketReply }",
    "subscription { x }",
    "query A { __typename } query B { __typename }",
    "{ ticket(by: {}) { id } }",
    '{ ticket(by: { id: "x", code: "y" }) { id } }',
    "{ tickets(first: 9999999999) { totalCount } }",
    "{ tickets(first: 1.5) { totalCount } }",
    '{ tickets(after: "page_AAAA") { totalCount } }',
    "fragment a on Ticket { id }",
    "{ ...a } fragment a on Query { ...a }",
    "query ($a: [[[Int]]]) { __typename }",
    "query ($a: Nope!) { __typename }",
    "{ a: __typename a: viewer { roleName } }",
    '{ node(id: "ticket_00000000000000000000000000") { id } }',
    `{ ${"viewer { ".repeat(500)} }`,
    `{ x(a: ${"[".repeat(800)}${"]".repeat(800)}) }`,
    `{ x(a: "${"\\u0041".repeat(1_000)}") }`,
    '{ x(a: """unclosed) }',
  ),
);

const bodies = fc.oneof(
  junk.map((value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""))),
  fc
    .record(
      { query: fc.oneof(documents, junk), variables: junk, operationName: junk, extensions: junk },
      { requiredKeys: [] },
    )
    .map((body) => JSON.stringify(body)),
  fc.record({ subject: junk, email: junk, text: junk, code: junk }).map(({ subject, email, text, code }) =>
    JSON.stringify({
      query:
        "mutation ($input: TicketCreateInput!, $code: String!, $text: String) { ticketCreate(input: $input) { cursor } ticketNoteAdd(ticket: { code: $code }, input: { bodyText: $text }) { cursor } }",
      variables: {
        input: { subject, contact: { person: { email } }, description: text, labels: [{ name: subject }] },
        code,
        text,
      },
    }),
  ),
  fc.record({ value: junk }).map(({ value }) =>
    JSON.stringify({
      query:
        "query ($v: String, $d: DateFilterValue, $c: Cursor) { tickets(filter: { code: { eq: $v, contains: $v, startsWith: $v }, createdAt: { gte: $d } }, after: $c) { totalCount } contacts(filter: { name: { contains: $v } }) { totalCount } }",
      variables: { v: value, d: value, c: value },
    }),
  ),
);

const headers = fc.record(
  {
    "content-type": fc.constantFrom(
      "application/json",
      "text/html",
      "application/json; charset=latin1",
      "multipart/form-data",
      "a".repeat(500),
    ),
    accept: fc.constantFrom("*/*", "text/html", "image/png", "application/graphql-response+json", ";;;"),
    authorization: fc.constantFrom(
      "Bearer",
      "Bearer x",
      `Bearer ${"x".repeat(4_000)}`,
      "Basic eDp4",
      "Bearer tk_x' or '1'='1",
    ),
    "x-organization-id": fc.constantFrom("", "x", "organization_", "00000000-0000-0000-0000-000000000000", "'; --"),
    "idempotency-key": fc.constantFrom("", "k", "x".repeat(300), "sp ace"),
    "x-request-id": fc.constantFrom("a b", "<x>", "x".repeat(200)),
  },
  { requiredKeys: [] },
);

const requests = fc.tuple(
  bodies,
  fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, headers),
  fc.oneof(
    { weight: 9, arbitrary: fc.constant("POST") },
    fc.constantFrom("GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
  ),
);

it("1,000 malformed requests: no exit, no stack trace, no 5xx", async () => {
  const statuses = new Map<number, number>();
  const seed = testSeed();
  // Of many senders: one who is refused so often would have to wait.
  const senders = await Promise.all(Array.from({ length: 15 }, () => acme.member("Agent")));
  const queue = fc.sample(requests, { numRuns: 1_000, seed }).entries();
  const work = async () => {
    for (const [index, [body, extra, method]] of queue) {
      const { headers: credentials } = (senders[index % senders.length] as Person).client;
      const { status, text } = await send(body, { ...credentials, ...extra }, method);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const what = `${method} ${body.slice(0, 500)} ${JSON.stringify(extra)}: ${text.slice(0, 300)}`;
      expect(status, what).toBeLessThan(500);
      expect(text, what).not.toMatch(inside);
      expect(text, what).not.toContain('"INTERNAL"');
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  console.log(`statuses of 1,000 malformed requests: ${JSON.stringify(Object.fromEntries(statuses))}`);
  expect((await ada.client.get("{ tickets { totalCount } }")).tickets.totalCount).toBeGreaterThan(0);
}, 120_000);
