/** What an attacker with the code tried: refused cheaply, told nothing, and kept from what others rely on. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serializeError } from "../../src/cli/log.ts";
import { csvRow } from "../../src/lib/csv.ts";
import { networkOf } from "../../src/lib/network.ts";
import { Client } from "../testkit/client.ts";
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

describe("what an API key made", () => {
  const invite =
    'mutation ($email: EmailAddress!) { memberInvite(input: { email: $email, role: { name: "Admin" } }) { token invitation { id } } }';
  const accept =
    'mutation ($token: String!) { invitationAccept(input: { token: $token, name: "Eve", password: "a long enough one" }) { cursor } }';
  const makeKey = async (client: Client) =>
    (
      await client.get(
        'mutation { apiKeyCreate(input: { name: "k", role: { name: "Admin" } }) { secret apiKey { id } } }',
      )
    ).apiKeyCreate;
  const keyed = (secret: string) => new Client(test.url, { authorization: `Bearer ${secret}` });

  it("ends with it: an invitation opens nothing after the key is revoked, and a key of the key neither", async () => {
    const { secret, apiKey } = await makeKey(admin.client);
    const child = await makeKey(keyed(secret));
    const grandchild = await makeKey(keyed(child.secret));
    const tokens = [
      (await keyed(secret).get(invite, { email: "eve@late.test" })).memberInvite.token,
      (await keyed(child.secret).get(invite, { email: "eva@late.test" })).memberInvite.token,
    ];
    await admin.client.get("mutation ($id: ID!) { apiKeyRevoke(id: $id) { cursor } }", { id: apiKey.id });
    for (const token of tokens) expect(await test.anonymous.code(accept, { token })).toBe("INVITATION_EXPIRED");
    for (const one of [child, grandchild])
      expect(await keyed(one.secret).code("{ viewer { roleName } }")).toBe("UNAUTHENTICATED");
  });

  it("ends when its role loses the right, and works while it has it", async () => {
    const role = (
      await admin.client.get(
        'mutation { roleCreate(input: { name: "Inviter", grants: [{ permission: TEAM_MANAGE }, { permission: TICKET_VIEW, reach: ALL }] }) { role { id } } }',
      )
    ).roleCreate.role.id;
    const { secret } = (
      await admin.client.get('mutation ($r: ID!) { apiKeyCreate(input: { name: "k", role: { id: $r } }) { secret } }', {
        r: role,
      })
    ).apiKeyCreate;
    const asViewer = invite.replace('{ name: "Admin" }', `{ id: "${role}" }`);
    const good = (await keyed(secret).get(asViewer, { email: "good@late.test" })).memberInvite.token;
    const late = (await keyed(secret).get(asViewer, { email: "later@late.test" })).memberInvite.token;
    expect(await test.anonymous.code(accept, { token: good })).toBeNull();
    await admin.client.get(
      "mutation ($id: ID!) { roleUpdate(role: { id: $id }, input: { grants: [{ permission: TICKET_VIEW, reach: ALL }] }) { cursor } }",
      { id: role },
    );
    expect(await test.anonymous.code(accept, { token: late })).toBe("INVITATION_EXPIRED");
  });
});

describe("an instant outside of the years that have four digits", () => {
  it.each(["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999-00:01"])(
    "%s is refused, and the list goes on",
    async (instant) => {
      const { code } = await acme.ticket({});
      const set =
        "mutation ($c: String!, $u: DateTime) { ticketStatusSet(ticket: { code: $c }, input: { status: PENDING, pendingUntil: $u }) { cursor } }";
      expect(await admin.client.code(set, { c: code, u: instant })).toBe("BAD_REQUEST");
      expect(await admin.client.code("{ tickets(first: 100) { nodes { pendingUntil } } }")).toBeNull();
    },
  );

  it("is refused by the database too", async () => {
    const { uuid } = await acme.ticket({});
    await expect(
      test.database.query("update tickets set pending_until = '12000-01-01Z' where id = $1", [uuid]),
    ).rejects.toThrow("tickets_pending_until_range");
  });
});

describe("a cell of the export", () => {
  it("takes time in proportion to its length, whatever is in it", () => {
    const time = (text: string) => {
      const begun = performance.now();
      csvRow([text]);
      return performance.now() - begun;
    };
    for (const piece of ["\n", "; ", "\t", ";\t \n", "|   ", "= ", '"', "-"]) {
      const [short, long] = [piece.repeat(20_000), piece.repeat(160_000)];
      const ratio =
        Math.min(...[1, 2, 3].map(() => time(long))) / Math.max(0.05, Math.min(...[1, 2, 3].map(() => time(short))));
      // Eight times as long: in proportion about 8, squared 64.
      expect(ratio, JSON.stringify(piece)).toBeLessThan(32);
    }
  });

  it("is as harmless as before: an apostrophe goes before what would be a formula behind a separator", () => {
    expect(csvRow(["a;  =1+1", "x\n\t@y", "- list", "a;- b", "plain"])).toBe(
      `"a;  '=1+1","x\n\t'@y",'- list,"a;- b",plain\r\n`,
    );
  });
});

describe("T22: an Idempotency-Key", () => {
  const create = (name: string) =>
    `mutation { labelCreate(input: { name: "${name}", color: "#EF4444" }) { label { name } } }`;

  it("runs nothing of another operation", async () => {
    const client = new Client(test.url, { ...admin.client.headers, "idempotency-key": "one-key" });
    expect(await client.code(create("First"))).toBeNull();
    const other = 'mutation { contactCreate(input: { name: "X", email: "x@other.test" }) { cursor } }';
    expect(await client.code(other)).toBe("IDEMPOTENCY_MISMATCH");
    expect(
      await client.code(`${create("First").slice(0, -1)} b: labelDelete(label: { name: "First" }) { cursor } }`),
    ).toBe("IDEMPOTENCY_MISMATCH");
    expect((await admin.client.get("{ labels { name } }")).labels.map(({ name }: { name: string }) => name)).toContain(
      "First",
    );
    const again = await client.ask(create("First"));
    expect([again.data?.labelCreate.label.name, again.extensions?.replayed]).toEqual(["First", true]);
  });

  it("covers each mutation of a request", async () => {
    const client = new Client(test.url, { ...admin.client.headers, "idempotency-key": "two-mutations" });
    const both =
      'mutation { a: labelCreate(input: { name: "A1", color: "#EF4444" }) { label { id } } b: labelCreate(input: { name: "B1", color: "#EF4444" }) { label { id } } }';
    const first = await client.get(both);
    expect(await client.get(both)).toEqual(first);
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
    expect(text).toContain("abuse.test.ts");
  });
});

describe("a body's HTML", () => {
  it("keeps no relative address: it would lead to the reader's own server", async () => {
    const { code } = await acme.ticket({});
    const html =
      '<p>Hi <img src="/api/x"><img src="a.png"><img src="//evil.test/x"><img src="http://evil.test/x"><img src="https://ok.test/x"><img src="cid:1"><a href="/logout">out</a><a href="?x">q</a><a href="https://ok.test">ok</a><a href="mailto:a@b.test">m</a></p>';
    const { messageReceive } = await admin.client.get(
      "mutation ($c: String!, $h: String) { messageReceive(ticket: { code: $c }, input: { bodyHtml: $h }) { message { bodyHtml } } }",
      { c: code, h: html },
    );
    const addresses = [...messageReceive.message.bodyHtml.matchAll(/(?:src|href)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses).toEqual(["https://ok.test/x", "cid:1", "https://ok.test", "mailto:a@b.test"]);
  });
});

describe("T27: wrong passwords", () => {
  const signIn =
    "mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { accessToken refreshToken } }";
  const from = (server: TestServer, address: string, headers = {}) =>
    new Client(server.url, { "x-forwarded-for": address, ...headers });

  it("slow down whoever sends them, and lock nobody else out", async () => {
    const server = await startTestServer({ database: test.database, proxies: 1 });
    const { email, password } = await acme.member("Agent");
    const wrong = { email, password: "wrong" };
    const codes: (string | null)[] = [];
    for (let tries = 0; tries < 30; tries++) codes.push(await from(server, "203.0.113.9").code(signIn, wrong));
    expect(codes.filter((code) => code === "UNAUTHENTICATED").length).toBeLessThanOrEqual(6);
    expect(codes.at(-1)).toBe("RATE_LIMITED");
    expect(await from(server, "198.51.100.1").code(signIn, { email, password })).toBeNull();
    await server.close();
  });

  it("from everywhere don't keep out a device that had a session, also with an old token", async () => {
    const server = await startTestServer({
      database: test.database,
      proxies: 1,
      deps: { signInLimits: { free: 5, perAccount: 10, perNetwork: 100, windowSeconds: 900 } },
    });
    const { email, password } = await acme.member("Agent");
    const { refreshToken } = (await from(server, "192.0.2.1").get(signIn, { email, password })).signIn;
    for (let tries = 0; tries < 15; tries++)
      await from(server, `203.0.113.${tries}`).code(signIn, { email, password: "wrong" });
    expect(await from(server, "198.51.100.2").code(signIn, { email, password })).toBe("RATE_LIMITED");
    const known = from(server, "192.0.2.1", { authorization: `Bearer ${refreshToken}` });
    expect(await known.code(signIn, { email, password })).toBeNull();
    await server.close();
  });

  it("count an IPv6 network and not each of its addresses", () => {
    expect(networkOf("2001:db8:1:2::1")).toBe(networkOf("2001:0db8:0001:0002:ffff:ffff:ffff:ffff"));
    expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
    expect([networkOf("::ffff:10.0.0.1"), networkOf("10.0.0.1"), networkOf("::1")]).toEqual([
      "10.0.0.1",
      "10.0.0.1",
      "0:0:0:0::/64",
    ]);
  });
});

describe("a contact that the caller can't see", () => {
  const thread = `ticket { id contact { name email } participants { name email }
    messages { nodes { from author { __typename ... on Contact { name } } } } }`;
  let hidden: string;
  let caller: Person;
  beforeAll(async () => {
    const colleague = await acme.member("Admin");
    const { contactCreate } = await colleague.client.get(
      'mutation { contactCreate(input: { name: "Secret Name", email: "main@hidden.test" }) { contact { id } } }',
    );
    hidden = contactCreate.contact.id;
    await colleague.client.get(
      `mutation { contactUpdate(contact: { id: "${hidden}" }, input: { addEmails: ["other@hidden.test"] }) { cursor } }`,
    );
    caller = await acme.member({
      "ticket.view": "ASSIGNED",
      "ticket.create": true,
      "ticket.assign": "ALL",
      "ticket.update": "ASSIGNED",
      "report.view": "ALL",
      "time.log": "ASSIGNED",
    });
  });
  const create = (contact: string) =>
    `mutation { ticketCreate(input: { subject: "Who is it", description: "Hello", contact: { person: ${contact} }, assignee: { id: "${caller.id}" } }) { ${thread} } }`;

  it("is shown as it was typed, wherever it is named: on a new ticket, as a participant, as an author", async () => {
    const { ticketCreate } = await caller.client.get(create('{ name: "Typed", email: "other@hidden.test" }'));
    const { ticket } = ticketCreate;
    expect(ticket.contact).toEqual({ name: "Typed", email: "other@hidden.test" });
    expect(ticket.messages.nodes).toEqual([
      { from: "other@hidden.test", author: { __typename: "Contact", name: "Typed" } },
    ]);
    const own = await caller.client.get(create('{ email: "new@hidden.test" }'));
    const { ticketParticipantsUpdate } = await caller.client.get(
      `mutation { ticketParticipantsUpdate(ticket: { id: "${own.ticketCreate.ticket.id}" }, input: { addParticipants: [{ person: { email: "other@hidden.test" } }] }) { ${thread} } }`,
    );
    expect(ticketParticipantsUpdate.ticket.participants).toEqual([{ name: "other", email: "other@hidden.test" }]);
    const { messageReceive } = await caller.client.get(
      `mutation { messageReceive(ticket: { id: "${own.ticketCreate.ticket.id}" }, input: { bodyText: "It is me", from: { person: { email: "other@hidden.test" } } }) { message { from author { ... on Contact { name } } } } }`,
    );
    expect(messageReceive.message).toEqual({ from: "other@hidden.test", author: { name: "other" } });
    const { node } = await caller.client.get(`{ node(id: "${hidden}") { ... on Contact { name email } } }`);
    expect(JSON.stringify(node)).not.toMatch(/Secret|main@/);
    await caller.client.get(
      `mutation { timeEntryCreate(ticket: { id: "${ticket.id}" }, input: { duration: "5m", description: "x" }) { cursor } }`,
    );
    const csv = await fetch(`${test.url}/exports/time-entries.csv`, { headers: caller.client.headers });
    expect(await csv.text()).not.toMatch(/Secret|main@/);
  });

  it("is shown as it is stored once it is on a ticket of theirs in another way, and after a merge of the two", async () => {
    const { ticketCreate } = await caller.client.get(create('{ email: "main@hidden.test" }'));
    const shown = async () =>
      (await caller.client.get(`{ ticket(by: { id: "${ticketCreate.ticket.id}" }) { contact { name } } }`)).ticket
        .contact.name;
    expect(await shown()).toBe("main");
    const { ticketCreate: theirs } = await admin.client.get(
      `mutation { ticketCreate(input: { subject: "Theirs", contact: { id: "${hidden}" } }) { ticket { id } } }`,
    );
    expect(await shown()).toBe("main");
    await admin.client.get(
      `mutation { ticketAssign(ticket: { id: "${theirs.ticket.id}" }, input: { assignee: { id: "${caller.id}" } }) { cursor } }`,
    );
    expect(await shown()).toBe("Secret Name");
    await admin.client.get(
      `mutation { ticketAssign(ticket: { id: "${theirs.ticket.id}" }, input: { assignee: null }) { cursor } }`,
    );
    expect(await shown()).toBe("main");
    await admin.client.get(
      `mutation { ticketMerge(ticket: { id: "${theirs.ticket.id}" }, into: { id: "${ticketCreate.ticket.id}" }) { cursor } }`,
    );
    expect(await shown()).toBe("main");
  });

  it("is erased with what was typed", async () => {
    await admin.client.get(`mutation { contactAnonymize(contact: { id: "${hidden}" }) { cursor } }`);
    expect(await acme.write(async ({ tx }) => ({ count: String(await tx.typedContact.count()) }))).toMatchObject({
      count: "0",
    });
  });
});
