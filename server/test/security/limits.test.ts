/** G6: one limit, one verdict, whichever way a request comes; and points that people can plan with. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTiketti, type TikettiError } from "../../../sdk/src/index.ts";
import { Budgets } from "../../src/limits/budgets.ts";
import { AllowedOperations } from "../../src/limits/operations.ts";
import { missingPlans, Plans, readPlans } from "../../src/limits/plans.ts";
import { buildSchema } from "../../src/schema.ts";
import type { Client, WireError } from "../testkit/client.ts";
import { LiveClient } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

const listedQuery = "{ viewer { roleName } }";
const listedSubscription = "subscription { ticketsChanged { cursor } }";

let test: TestServer;
/** Runs listed operations only. */
let closed: TestServer;
beforeAll(async () => {
  const plans = {
    few: { pointsPerOrganization: 5 },
    small: { pointsPerActor: 3 },
    shared: { pointsPerActor: 100, pointsPerOrganization: 150 },
    "few-exports": { exportsPerHour: 2 },
  };
  test = await startTestServer({ plans });
  closed = await startTestServer({
    database: test.database,
    operations: new AllowedOperations(
      new Map([
        ["viewer", listedQuery],
        ["tickets", listedSubscription],
      ]),
    ),
  });
});
afterAll(async () => {
  await closed.close();
  await test.close();
});

async function organization(plan = "default"): Promise<OrganizationWorld> {
  const made = await test.world.organization();
  await made.write(async ({ tx, viewer }) => {
    await tx.organization.update({ where: { id: viewer.organizationId }, data: { plan } });
    return {};
  });
  return made;
}

/** A key of its own, with so many points a minute. */
async function key(made: OrganizationWorld, pointsPerMinute: number | null = null): Promise<string> {
  const admin = await made.member("Admin");
  const { apiKeyCreate } = await admin.client.get(
    "mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { secret } }",
    { input: { name: "a program", role: { name: "Admin" }, pointsPerMinute } },
  );
  return apiKeyCreate.secret;
}

interface Asked {
  server: TestServer;
  key: string;
  variables?: Record<string, unknown>;
}

type Verdict = { code: string; isRetryable: boolean; waits: boolean } | null;
const verdict = (error: WireError | undefined): Verdict =>
  error
    ? {
        code: error.extensions.code,
        isRetryable: error.extensions.isRetryable === true,
        waits: error.extensions.retryAfterMs !== undefined,
      }
    : null;

const http = async (address: string, init: RequestInit = {}) => {
  const response = await fetch(address, init);
  return { response, body: (await response.json()) as { data?: unknown; errors?: WireError[] } };
};

/** Each way in, and what it answers to the same. */
const ways: Record<string, (document: string, asked: Asked) => Promise<Verdict>> = {
  async POST(query, { server, key: secret, variables }) {
    const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
    const body = JSON.stringify({ query, variables });
    return verdict((await http(`${server.url}/graphql`, { method: "POST", headers, body })).body.errors?.[0]);
  },
  async GET(query, { server, key: secret, variables = {} }) {
    const address = `${server.url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
    return verdict((await http(address, { headers: { authorization: `Bearer ${secret}` } })).body.errors?.[0]);
  },
  async "a query on a socket"(query, { server, key: secret, variables }) {
    return onSocket(query, server, secret, variables);
  },
  async "a subscription"(query, { server, key: secret, variables }) {
    return onSocket(query, server, secret, variables);
  },
  async "the SDK"(query, { server, key: secret, variables }) {
    const tiketti = createTiketti({ url: server.url, apiKey: secret, retries: 0 });
    const error = await tiketti.request(query, variables).then(
      () => null,
      (thrown: TikettiError) => thrown,
    );
    return error && { code: error.code, isRetryable: error.isRetryable, waits: error.retryAfterMs !== null };
  },
};

async function onSocket(query: string, server: TestServer, secret: string, variables = {}): Promise<Verdict> {
  const socket = await LiveClient.connect(server.url, { authorization: `Bearer ${secret}` });
  const subscription = socket.subscribe(query, variables);
  const error = await Promise.race([
    subscription.ended().then(([first]) => first),
    subscription.next().then(
      ({ errors }) => errors?.[0],
      () => new Promise<never>(() => {}),
    ),
  ]);
  await socket.close();
  return verdict(error);
}

const deep = (levels: number) => `${"contact { tickets { nodes { ".repeat(levels)} id ${"} } }".repeat(levels)}`;
const many = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join(" ");
const nested = JSON.parse(`${"[".repeat(60)}${"]".repeat(60)}`);
const oneEvent = (selection: string) => `subscription { ticketsChanged { ticket { ${selection} } } }`;
const tooComplex = { code: "QUERY_TOO_COMPLEX", isRetryable: false, waits: false };
const limited = { code: "RATE_LIMITED", isRetryable: true, waits: true };

interface Kind {
  query: string;
  subscription: string;
  variables?: Record<string, unknown>;
  expected: NonNullable<Verdict>;
  /** Who asks; anybody by default. */
  ask?(): Promise<Asked>;
}

/** Uses up what there is: five times the least that there is. */
async function exhausted(secret: string): Promise<Asked> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
  for (let index = 0; index < 5; index++)
    await http(`${test.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: listedQuery }) });
  return { server: test, key: secret };
}

const kinds: Record<string, Kind> = {
  depth: {
    query: `{ tickets { nodes { ${deep(4)} } } }`,
    subscription: oneEvent(deep(4)),
    expected: tooComplex,
  },
  aliases: {
    query: `{ ticket(by: { code: "X-1" }) { ${many(31, (index) => `a${index}: id`)} } }`,
    subscription: oneEvent(many(31, (index) => `a${index}: id`)),
    expected: tooComplex,
  },
  directives: {
    query: `{ ticket(by: { code: "X-1" }) { id ${"@include(if: true) ".repeat(21)} } }`,
    subscription: oneEvent(`id ${"@include(if: true) ".repeat(21)}`),
    expected: tooComplex,
  },
  tokens: {
    query: `{ viewer { ${"x ".repeat(2_001)} } }`,
    subscription: oneEvent("id ".repeat(2_001)),
    expected: tooComplex,
  },
  "the length of names": {
    query: `{ viewer { ${"n".repeat(101)} } }`,
    subscription: oneEvent("n".repeat(101)),
    expected: tooComplex,
  },
  "fields at the root": {
    query: `{ ${"viewer { roleName } ".repeat(21)} }`,
    subscription: `subscription { ${"ticketsChanged { cursor } ".repeat(21)} }`,
    expected: tooComplex,
  },
  "estimated rows": {
    query:
      "{ tickets(first: 100) { nodes { contact { tickets(first: 100) { nodes { messages(first: 3) { nodes { id } } } } } } } }",
    subscription: oneEvent("contact { tickets(first: 100) { nodes { messages(first: 100) { nodes { id } } } } }"),
    expected: tooComplex,
  },
  "the depth of variables": {
    query: listedQuery,
    subscription: listedSubscription,
    variables: { nested },
    expected: { code: "BAD_REQUEST", isRetryable: false, waits: false },
  },
  "a key's points": {
    query: listedQuery,
    subscription: listedSubscription,
    expected: limited,
    ask: async () => exhausted(await key(await organization(), 5)),
  },
  "an organization's points": {
    query: listedQuery,
    subscription: listedSubscription,
    expected: limited,
    async ask() {
      const made = await organization();
      const secret = await key(made);
      await made.write(async ({ tx, viewer }) => {
        await tx.organization.update({ where: { id: viewer.organizationId }, data: { plan: "few" } });
        return {};
      });
      return exhausted(secret);
    },
  },
  "what costs more than there ever is": {
    query: "{ tickets(first: 100) { nodes { contact { id } company { id } assignee { id } } } }",
    subscription: oneEvent(
      "contact { tickets(first: 100) { nodes { contact { id } company { id } assignee { id } } } }",
    ),
    expected: { code: "RATE_LIMITED", isRetryable: false, waits: false },
    async ask() {
      const made = await organization();
      const secret = await key(made);
      await made.write(async ({ tx, viewer }) => {
        await tx.organization.update({ where: { id: viewer.organizationId }, data: { plan: "small" } });
        return {};
      });
      return { server: test, key: secret };
    },
  },
  "operations that are not listed": {
    query: "{ viewer { roleName timeZone: roleName } }",
    subscription: oneEvent("code"),
    expected: { code: "OPERATION_NOT_LISTED", isRetryable: false, waits: false },
    ask: async () => ({ server: closed, key: await key(await organization()) }),
  },
};

describe("G6, T11, T24: one verdict on all ways in, for", () => {
  const cases = Object.entries(kinds).flatMap(([kind, { ask, ...about }]) =>
    Object.keys(ways).map((way) => ({ kind, way, ask, ...about })),
  );
  it("are 60 cases", () => expect(cases).toHaveLength(60));

  it.each(cases)("$kind, by $way", async ({ way, ask, query, subscription, variables, expected }) => {
    const asked = (await ask?.()) ?? { server: test, key: await key(await organization()) };
    const document = way === "a subscription" ? subscription : query;
    const answer = await (ways[way] as (typeof ways)[string])(document, {
      ...asked,
      ...(variables ? { variables } : {}),
    });
    expect(answer).toEqual(expected);
  });
});

describe("T15: points", () => {
  const list = "{ tickets(first: 100) { nodes { contact { id } company { id } } } }";
  const withCost = { "x-tiketti-cost": "1" };

  it("are told as headers with every answer, and as a cost when it is asked for", async () => {
    const made = await organization();
    const { client } = await made.member("Agent");
    const plain = await client.ask(list);
    expect(plain.extensions).toBeUndefined();
    expect(plain.headers.get("ratelimit-policy")).toBe('"member";q=60000;w=60, "organization";q=120000;w=60');
    expect(plain.headers.get("ratelimit")).toMatch(/^"member";r=59999;t=\d+, "organization";r=119999;t=\d+$/);
    const { extensions } = await client.ask(list, {}, withCost);
    // 100 tickets, each with its contact and its company below its node: 400 rows and the first 100 are in the 1.
    expect(extensions?.cost).toEqual({
      requested: 4,
      actual: 1,
      remaining: 59_998,
      resetAt: expect.stringMatching(/^2\d{3}-\d\d-\d\dT/),
    });
    const socket = await LiveClient.connect(test.url, {
      authorization: client.headers.authorization as string,
      ...withCost,
    });
    const told = (await socket.ask(list)) as { extensions?: { cost?: { requested: number } } };
    expect(told.extensions?.cost?.requested).toBe(4);
    await socket.close();
  });

  it("that were charged and not needed come back, and mutations cost ten with one for each row they bring", async () => {
    const made = await organization();
    const { client } = await made.member("Admin");
    const rows = Array.from({ length: 20 }, (_, index) => ({ name: `C${index}`, email: `c${index}@cost.test` }));
    const { extensions } = await client.ask(
      "mutation ($input: [ContactUpsertInput!]!) { contactsUpsert(input: $input) { cursor } }",
      { input: rows },
      withCost,
    );
    expect(extensions?.cost).toMatchObject({ requested: 30, actual: 30 });
  });

  it("of a key are no more than its maker's, and never more than the plan's", async () => {
    const made = await organization("small");
    const maker = await key(await organization(), 40);
    const make = (pointsPerMinute: number | null) =>
      test.anonymous.get(
        "mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { apiKey { pointsPerMinute } } }",
        { input: { name: "made", role: { name: "Agent" }, pointsPerMinute } },
        { authorization: `Bearer ${maker}` },
      );
    expect((await make(500)).apiKeyCreate.apiKey.pointsPerMinute).toBe(40);
    expect((await make(null)).apiKeyCreate.apiKey.pointsPerMinute).toBe(40);
    const { client } = await made.member("Agent");
    expect((await client.ask(listedQuery)).headers.get("ratelimit-policy")).toContain('"member";q=3;');
  });

  it("that are used up answer 429 with Retry-After over HTTP and for streams, and the rest of the budget stays", async () => {
    const made = await organization();
    const secret = await key(made, 6);
    const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
    const ask = (query: string, accept = "application/json") =>
      fetch(`${test.url}/graphql`, {
        method: "POST",
        headers: { ...headers, accept },
        body: JSON.stringify({ query }),
      });
    for (let index = 0; index < 4; index++) expect((await ask(listedQuery)).status).toBe(200);
    const refused = await ask(list);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    // What costs less is answered still.
    expect(refused.headers.get("ratelimit")).toMatch(/^"key";r=2;/);
    expect((await ask(listedQuery)).status).toBe(200);
    expect((await ask(listedQuery)).status).toBe(200);
    const stream = await ask(listedSubscription, "text/event-stream");
    const text = await stream.text();
    expect(text).toContain("RATE_LIMITED");
    const [error] = (JSON.parse((await (await ask(listedQuery)).text()) as string) as { errors: WireError[] }).errors;
    expect(error?.message).toMatch(
      /^This costs 1 point; your API key has 0 of its 6 a minute left\. Try again in \d+ s\.$/,
    );
    expect(error?.extensions.details).toEqual({ requested: 1, remaining: 0, limit: 6, budget: "key" });
  });

  it("that requests hold while they run are waited for a second, and not a minute", async () => {
    const budgets = new Budgets();
    const payers = [{ name: "key", id: "one", points: 5 }] as const;
    const running = await budgets.charge(payers, 4);
    await expect(budgets.charge(payers, 4)).rejects.toMatchObject({
      message:
        "This costs 4 points; your API key has 1 of its 5 a minute left, and running requests hold 4. Try again in 1 s, or ask for less in one request.",
      retryAfterMs: 1_000,
    });
    expect((await budgets.settle(running, 1)).balances[0]).toMatchObject({ remaining: 4 });
    await budgets.settle(await budgets.charge(payers, 4), 4);
    await expect(budgets.charge(payers, 2)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^This costs 2 points; your API key has 0 of its 5 a minute left\. Try again in (60|59) s/,
      ),
    });
    await expect(budgets.charge(payers, 6)).rejects.toMatchObject({ isRetryable: false, retryAfterMs: undefined });
  });

  it("T68: one key of an organization leaves points to its colleagues", async () => {
    const made = await organization("shared");
    const [one, other] = [await made.member("Agent"), await made.member("Agent")];
    for (let index = 0; index < 100; index++) await one.client.ask(listedQuery);
    expect(await one.client.code(listedQuery)).toBe("RATE_LIMITED");
    expect(await other.client.code(listedQuery)).toBeNull();
  });

  it("are waited for by the SDK, which repeats what may succeed and nothing else", async () => {
    const quick = await startTestServer({ database: test.database, deps: { pointsWindowSeconds: 1 } });
    const secret = await key(await organization(), 3);
    const waits: number[] = [];
    const tiketti = createTiketti({ url: quick.url, apiKey: secret, onRetry: ({ delayMs }) => waits.push(delayMs) });
    for (let index = 0; index < 8; index++) await tiketti.viewer.get();
    expect(waits.length).toBeGreaterThan(0);
    const before = waits.length;
    await expect(tiketti.request(list)).rejects.toMatchObject({ code: "RATE_LIMITED", isRetryable: false });
    expect(waits).toHaveLength(before);
    await quick.close();
  });
});

describe("T25: a list of operations", () => {
  const ask = (client: Client, body: object) =>
    http(`${closed.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...client.headers },
      body: JSON.stringify(body),
    });

  it("runs what is listed by its text, its id or its hash, and remembers nothing that it is told", async () => {
    const { client } = await (await organization()).member("Agent");
    const hash = createHash("sha256").update(listedQuery).digest("hex");
    for (const body of [
      { query: listedQuery },
      { query: "query # spaced\n{ viewer\t{ roleName } }".replace("query ", "") },
      { documentId: "viewer" },
      { documentId: `sha256:${hash}` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
    ])
      expect((await ask(client, body)).body).toEqual({ data: { viewer: { roleName: "Agent" } } });
    const other = "{ __typename }";
    const otherHash = createHash("sha256").update(other).digest("hex");
    for (let index = 0; index < 3; index++)
      for (const body of [
        { query: other, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
        { query: other, extensions: { persistedQuery: { version: 1, sha256Hash: otherHash } } },
        { extensions: { persistedQuery: { version: 1, sha256Hash: otherHash } } },
        { documentId: "__proto__" },
      ])
        expect((await ask(client, body)).body.errors?.[0]?.extensions.code).toBe("OPERATION_NOT_LISTED");
  });

  it("isn't filled by what is sent: 1,000 hashes with other documents are refused", async () => {
    const { client } = await (await organization()).member("Agent");
    const codes = new Set<string | undefined>();
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, index) => {
        const sha256Hash = createHash("sha256").update(String(index)).digest("hex");
        const { body } = await ask(client, { extensions: { persistedQuery: { version: 1, sha256Hash } } });
        codes.add(body.errors?.[0]?.extensions.code);
      }),
    );
    // Past the first hundred they wait, and past those that may wait they are sent away.
    expect([...codes].filter((code) => code !== "RATE_LIMITED")).toEqual(["OPERATION_NOT_LISTED"]);
  }, 60_000);

  it("that isn't there says so to who sends an id alone", async () => {
    const { client } = await (await organization()).member("Agent");
    const { errors } = await client.ask(undefined as never, {}, {});
    expect(errors[0]?.extensions.code).toBe("BAD_REQUEST");
    const { body } = await http(`${test.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...client.headers },
      body: JSON.stringify({ documentId: "viewer" }),
    });
    expect(body.errors?.[0]?.message).toContain("This server has no list of operations");
  });

  it("of the SDK is all that its methods send", async () => {
    const { default: documents } = await import("../../../sdk/operations.json", { with: { type: "json" } });
    const server = await startTestServer({
      database: test.database,
      operations: new AllowedOperations(new Map(Object.entries(documents))),
    });
    const tiketti = createTiketti({ url: server.url, apiKey: await key(await organization()), live: "sse" });
    const { ticket } = await tiketti.tickets.create({
      subject: "Listed",
      contact: { person: { email: "listed@example.com" } },
    });
    const { asOf } = await tiketti.tickets.list({ first: 1 });
    const changes = tiketti.tickets.activity({ ticketId: ticket?.id as string, after: asOf });
    const first = changes.next();
    await tiketti.tickets.addNote({ ticketId: ticket?.id as string, body: "A note." });
    expect((await first).value).toMatchObject({ type: "CHANGE" });
    await changes.return();
    expect(await tiketti.tickets.list().toArray({ limit: 5 })).toHaveLength(1);
    await expect(tiketti.query({ viewer: { roleName: true } })).rejects.toMatchObject({ code: "OPERATION_NOT_LISTED" });
    await server.close();
  });
});

describe("plans", () => {
  it("limit exports an hour, in words and with Retry-After, and lift nothing when their names are gone", async () => {
    const made = await organization("few-exports");
    const { client } = await made.member("Admin");
    const get = () => fetch(`${test.url}/exports/time-entries.csv`, { headers: client.headers });
    for (let index = 0; index < 2; index++) expect((await get()).status).toBe(200);
    const refused = await get();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_000);
    expect(JSON.stringify(await refused.json())).toContain(
      "In the last hour you exported too often (at most 2); try again in 60 minutes.",
    );
    expect(missingPlans(new Plans(), [{ prefix: "ACME", plan: "gone" }])).toEqual([
      "ACME has the plan gone, which TIKETTI_LIMITS doesn't have; the limits of default apply",
    ]);
  });

  it("are refused with all faults of the file, each with its place", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "tiketti-plans-"));
    const read = (text: string) => {
      const file = path.join(folder, "plans.json");
      writeFileSync(file, text);
      try {
        return readPlans(file).names;
      } catch (error) {
        return (error as Error).message.split("\n").slice(1, -1);
      }
    };
    expect(read('\ufeff{"large": {"pointsPerActor": 5}}')).toEqual(["default", "large"]);
    expect(read('{"Pro Plan": {}}')).toEqual([
      "  Pro Plan: a plan's name has lower-case letters, digits and dashes, at most 40",
    ]);
    expect(read('{"a": {"pointsPerActor": -1, "points": 3}, "b": 7}')).toEqual([
      "  a.pointsPerActor: Too small: expected number to be >=1",
      '  a: Unrecognized key: "points"',
      "  b: Invalid input: expected object, received number",
    ]);
    rmSync(folder, { recursive: true });
  });

  it("and lists of operations say which documents the schema doesn't have", () => {
    const listed = new AllowedOperations(
      new Map([
        ["good", listedQuery],
        ["typo", "{ nope }"],
        ["two", "query A { viewer { roleName } } query B { viewer { roleName } }"],
      ]),
    );
    expect(listed.faults(buildSchema())).toEqual([
      expect.stringMatching(/^typo: Cannot query field "nope" on type "Query"/),
      "two has 2 operations, and must have one",
    ]);
  });
});

describe("T15: who is refused over and over", () => {
  it("waits longer and longer, and delays nobody whose credentials open something", async () => {
    const { client } = await (await organization()).member("Agent");
    await client.get(listedQuery);
    const order: string[] = [];
    await Promise.all(Array.from({ length: 250 }, () => test.anonymous.ask("{ nope }")));
    const braked = test.anonymous.ask("{ nope }").then(() => order.push("refused"));
    for (let index = 0; index < 5; index++) await client.get(listedQuery).then(() => order.push("answered"));
    await braked;
    expect(order).toEqual([...Array(5).fill("answered"), "refused"]);
  });
});
