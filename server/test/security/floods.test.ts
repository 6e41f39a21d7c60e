/** What was sent in floods: refused before it costs anything, or counted for what it costs. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SignInLimits } from "../../src/auth/sign-in-limits.ts";
import { keptDocuments } from "../../src/transport/kept-documents.ts";
import { limits } from "../../src/transport/limits.ts";
import { RefusalBrake } from "../../src/transport/refusal-brake.ts";
import { credentialsOf } from "../../src/transport/request-context.ts";
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

/** Raw bytes, and what is answered to them until the other side closes. */
async function raw(write: (socket: Socket) => Promise<void> | void): Promise<string> {
  const socket = connect(Number(new URL(test.url).port), "127.0.0.1");
  let text = "";
  socket.on("data", (data) => {
    text += String(data);
  });
  socket.on("error", () => {});
  await once(socket, "connect");
  await write(socket);
  if (!socket.destroyed) await once(socket, "close");
  return text;
}
const head = (length: number, more = "") =>
  `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

describe("T11: documents that take validation's time squared", () => {
  const squared: [string, string][] = [
    ["one field many times", `{ viewer { ${"roleName ".repeat(250)} } }`],
    [
      "fields below one another many times",
      `{ tickets { nodes { ${"contact { company { id name } } ".repeat(60)} } } }`,
    ],
    [
      "the same through fragments",
      `{ tickets { nodes { ${Array.from({ length: 60 }, (_, index) => `...f${index}`).join(" ")} } } } ${Array.from({ length: 60 }, (_, index) => `fragment f${index} on Ticket { contact { id name email } }`).join(" ")}`,
    ],
    ["many inline fragments", `{ viewer { ${"... { roleName } ".repeat(101)} } }`],
  ];
  it.each(squared)("are refused before it: %s", async (_what, document) => {
    expect(await admin.client.code(document)).toBe("QUERY_TOO_COMPLEX");
    const socket = await LiveClient.connect(test.url, { authorization: admin.client.headers.authorization as string });
    const [error] = await socket.subscribe(document).ended();
    expect(error?.extensions.code).toBe("QUERY_TOO_COMPLEX");
    await socket.close();
  });

  it("and of strangers all that are over 4,000 characters, by POST, GET and on a socket", async () => {
    const document = `{ viewer { ${"roleName ".repeat(3)} } } # ${"x".repeat(4_000)}`;
    expect(await test.anonymous.code(document)).toBe("UNAUTHENTICATED");
    const get = await fetch(`${test.url}/graphql?query=${encodeURIComponent(document)}`);
    expect([get.status, await get.text()]).toEqual([401, expect.stringContaining("over 4,000 characters")]);
    const socket = await LiveClient.connect(test.url);
    const [error] = await socket.subscribe(document).ended();
    expect(error?.extensions.code).toBe("UNAUTHENTICATED");
    await socket.close();
    expect(await admin.client.code(document)).toBeNull();
  });

  it("are kept parsed only when they are right", async () => {
    const { documentCache } = keptDocuments() as unknown as { documentCache: { get(text: string): unknown } };
    const [right, wrong] = ["{ viewer { roleName } } # kept", "{ viewer { nope } } # not kept"];
    await admin.client.ask(right);
    await admin.client.ask(wrong);
    expect(documentCache.get(right)).toBeDefined();
    expect(documentCache.get(wrong)).toBeUndefined();
  });
});

describe("T13: several operations at once", () => {
  it("are not taken as a batch, on no way in", async () => {
    const batch = JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]);
    const post = await fetch(`${test.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...admin.client.headers },
      body: batch,
    });
    expect([post.status, await post.text()]).toEqual([400, expect.stringContaining("batches are not accepted")]);
    const get = await fetch(`${test.url}/graphql?query=%7B__typename%7D&query=%7B__typename%7D`, {
      headers: admin.client.headers,
    });
    expect(JSON.parse(await get.text())).toEqual({ data: { __typename: "Query" } });
    const socket = await LiveClient.connect(test.url, { authorization: admin.client.headers.authorization as string });
    socket.send({ id: "1", type: "subscribe", payload: JSON.parse(batch) });
    expect((await socket.closed).code).toBe(4400);
  });

  it("in one document run by their name alone, one of them, and cost what that one does", async () => {
    const document = `query A { viewer { roleName } } query B { ${Array.from({ length: 20 }, (_, index) => `a${index}: viewer { roleName }`).join(" ")} }`;
    const ask = async (operationName?: string) => {
      const response = await fetch(`${test.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-tiketti-cost": "1", ...admin.client.headers },
        body: JSON.stringify({ query: document, operationName }),
      });
      return (await response.json()) as {
        data?: object;
        errors?: unknown[];
        extensions?: { cost: { requested: number } };
      };
    };
    expect((await ask("A")).extensions?.cost.requested).toBe(1);
    expect((await ask("B")).extensions?.cost.requested).toBe(20);
    expect((await ask()).data).toBeUndefined();
  });
});

describe("T14: bodies", () => {
  it("of strangers are refused at 64 kB, and not read on", async () => {
    const answer = await raw((socket) => void socket.write(`${head(990_000)}{"query": "${"x".repeat(70_000)}`));
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain("only signed-in viewers can send");
  });

  it("in more pieces than a network makes of them are refused", async () => {
    const answer = await raw(async (socket) => {
      socket.setNoDelay(true);
      socket.write(head(60_000).replace(/content-length: \d+/, "transfer-encoding: chunked"));
      const piece = "1\r\n \r\n";
      // Each arrives as a piece of its own, however the packets fall.
      socket.write(piece.repeat(limits.bodyPieces.value + 10));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain("too many pieces");
  });

  it("that are no JSON in an address are the sender's fault", async () => {
    const deep = `variables=${encodeURIComponent(`{"a":${"[".repeat(60)}${"]".repeat(60)}}`)}`;
    for (const query of ["variables=%7B", "extensions=%5B1%5D", deep]) {
      const answer = await fetch(`${test.url}/graphql?query=%7Ba%7D&${query}`);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("BAD_REQUEST")]);
    }
  });

  it("of HTML have at most 5,000 tags", async () => {
    const ticket = await acme.ticket();
    const reply = (html: string) =>
      admin.client.ask(
        "mutation ($code: String!, $html: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyHtml: $html }) { cursor } }",
        { code: ticket.code, html },
      );
    expect((await reply("<p>a".repeat(5_001))).errors[0]?.message).toContain("more than 5,000 tags");
    expect((await reply("<p>a".repeat(4_000))).errors).toEqual([]);
  });
});

describe("T16: sockets", () => {
  it("that send more than 500 messages a second are closed, as is a stranger's that sends a large one", async () => {
    const talker = await LiveClient.connect(test.url);
    for (let index = 0; index < 3_000; index++) talker.send({ type: "pong" });
    expect((await talker.closed).code).toBe(4413);
    const large = await LiveClient.connect(test.url);
    large.send({ type: "ping", payload: { text: "x".repeat(20_000) } });
    expect((await large.closed).code).toBe(1009);
    const member = await LiveClient.connect(test.url, { authorization: admin.client.headers.authorization as string });
    member.send({ type: "ping", payload: { text: "x".repeat(20_000) } });
    expect((await member.ask("{ viewer { roleName } }")).data).toBeTruthy();
    await member.close();
  });
});

describe("T15: the brake", () => {
  it("counts a network's requests before they are answered, and a token's by their answers", async () => {
    const brake = new RefusalBrake();
    const network = brake.senderOf(null, "192.0.2.1");
    for (let index = 0; index <= limits.refusals.value; index++) await brake.begin(network);
    const order: string[] = [];
    const late = brake.begin(network).then(() => order.push("late"));
    await brake.begin(brake.senderOf(null, "192.0.2.2")).then(() => order.push("another network"));
    await late;
    expect(order).toEqual(["another network", "late"]);
    brake.tell("token", true);
    const known = brake.senderOf("token", "192.0.2.1");
    expect(known).toEqual({ id: "token", isKnown: true });
    for (let index = 0; index <= limits.refusals.value; index++) await brake.begin(known);
    await brake.begin(known);
    // What was revoked counts by its network again.
    brake.tell("token", false);
    expect(brake.senderOf("token", "192.0.2.1").isKnown).toBe(false);
  });

  it("limits how many requests of one sender wait, and still accepts other senders", async () => {
    const brake = new RefusalBrake();
    const crowd = brake.senderOf(null, "192.0.2.3");
    for (let index = 0; index <= limits.refusals.value; index++) brake.refuse(crowd);
    const waiting = Array.from({ length: limits.refusalsWaitingOfOne.value }, () => brake.begin(crowd));
    expect(await brake.begin(crowd)).toBe(false);
    const other = brake.senderOf(null, "192.0.2.4");
    for (let index = 0; index <= limits.refusals.value; index++) brake.refuse(other);
    expect(await brake.begin(other)).toBe(true);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
  });

  it("takes one token for one, however its header is written", () => {
    const ways = ["Bearer tk_x", "Bearer    tk_x", "bearer tk_x", "BEARER  tk_x"];
    expect(new Set(ways.map(credentialsOf)).size).toBe(1);
  });
});

describe("T15: an operation costs what it does", () => {
  const cost = async (query: string, variables: Record<string, unknown> = {}) => {
    const { extensions, errors } = await admin.client.ask(query, variables, { "x-tiketti-cost": "1" });
    return (extensions?.cost as { requested: number } | undefined)?.requested ?? errors[0]?.message;
  };
  const rows = Array.from({ length: 20 }, (_, index) => `{ name: "F${index}", email: "f${index}@flood.test" }`);

  it.each<[string, string, Record<string, unknown>, number]>([
    [
      "each field at the root",
      `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: tickets { totalCount }`).join(" ")} }`,
      {},
      23,
    ],
    ["lists that come whole", "{ labels { name ticketCount } }", {}, 2],
    [
      "null for a default",
      "query ($n: Int = 1) { tickets(first: $n) { nodes { contact { id } company { id } labels { id } assignee { id } } } }",
      { n: null },
      2,
    ],
    [
      "rows inside a fragment",
      `mutation { ...f } fragment f on Mutation { contactsUpsert(input: [${rows.join(" ")}]) { cursor } }`,
      {},
      30,
    ],
    [
      "a variable for each use",
      "mutation ($i: [ContactUpsertInput!]!) { a: contactsUpsert(input: $i) { cursor } b: contactsUpsert(input: $i) { cursor } }",
      { i: [{ name: "G", email: "g@flood.test" }] },
      22,
    ],
    [
      "a long text",
      'mutation ($t: String!) { labelCreate(input: { name: "Long", color: "#3b82f6", description: $t }) { cursor } }',
      { t: "x".repeat(400) },
      10,
    ],
  ])("%s", async (_what, query, variables, expected) => {
    expect(await cost(query, variables)).toBe(expected);
  });
});

describe("T27, T68: one stranger", () => {
  it("keeps nobody in the network from signing in by using its points up", async () => {
    const person = await acme.member("Agent");
    const server = await startTestServer({ database: test.database });
    const stranger = new Client(server.url);
    const many = `mutation { ${Array.from({ length: 20 }, (_, index) => `a${index}: signOut { __typename }`).join(" ")} }`;
    await Promise.all(Array.from({ length: 32 }, () => stranger.ask(many)));
    expect(await stranger.code("{ __typename }")).toBe("RATE_LIMITED");
    const { data } = await stranger.ask("mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }", {
      input: { email: person.email, password: person.password },
    });
    expect(data?.signIn?.accessToken).toBeTruthy();
    await server.close();
  });

  it("doesn't hold up a known device by wrong passwords from its own network", () => {
    const signIns = new SignInLimits();
    for (let index = 0; index < 7; index++)
      try {
        signIns.take("ada", "192.0.2.9", false);
      } catch {}
    expect(() => signIns.take("ada", "192.0.2.9", false)).toThrow("Too many wrong passwords");
    expect(() => signIns.take("ada", "192.0.2.9", true)).not.toThrow();
  });

  it("makes no more than ten organizations a day, each with places of its own", async () => {
    const user = await test.world.user();
    const { headers } = await test.world.session(user.userId);
    const create = (index: number) =>
      test.anonymous.ask(
        `mutation { organizationCreate(input: { name: "Many ${index}", ticketPrefix: "MANY${index}", defaultCurrency: "EUR", timeZone: "UTC" }) { cursor } }`,
        {},
        headers,
      );
    const codes: (string | undefined)[] = [];
    // What came to nothing doesn't count.
    const { errors } = await create(0);
    expect(errors).toEqual([]);
    for (let index = 0; index < 5; index++) expect((await create(0)).errors[0]?.extensions.code).toBe("ALREADY_EXISTS");
    for (let index = 1; index < 11; index++) codes.push((await create(index)).errors[0]?.extensions.code);
    expect(codes).toEqual([...Array(9).fill(undefined), "RATE_LIMITED"]);
  });
});

describe("what is counted, and given back", () => {
  const fragment = `{ viewer { roleName } } fragment F on Ticket { ${"a { a { a } } ".repeat(60)} }`;

  it("fragments that nothing spreads are counted as others are", async () => {
    expect(await test.anonymous.code(fragment)).toBe("QUERY_TOO_COMPLEX");
  });

  it("ordinary components are no pairs too many: thirty fragments with the same values and the same links", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Part${index}`);
    const document = `{ tickets { nodes { ${names.map((name) => `...${name}`).join(" ")} } } } ${names
      .map(
        (name, index) =>
          `fragment ${name} on Ticket { __typename id code subject ${index % 3 === 0 ? "contact { __typename id name }" : ""} ${index % 4 === 0 ? "assignee { __typename id name }" : ""} }`,
      )
      .join(" ")}`;
    expect(await admin.client.code(document)).toBeNull();
  });

  it("a header with an organization that is none signs nobody in", async () => {
    const large = `{ viewer { roleName } } # ${"x".repeat(4_000)}`;
    expect(await test.anonymous.code(large, {}, { "x-organization-id": "zzz" })).toBe("UNAUTHENTICATED");
  });

  it("places of large bodies come back, however their requests end", async () => {
    const { authorization } = admin.client.headers;
    const body = JSON.stringify({ query: "{ viewer { roleName } }", variables: { x: "y".repeat(70_000) } });
    for (let index = 0; index < 80; index++)
      await raw((socket) => {
        socket.write(`${head(body.length, `authorization: ${authorization}\r\n`)}${body.slice(0, 69_000)}`);
        setTimeout(() => socket.resetAndDestroy(), index % 4);
      });
    const answer = await fetch(`${test.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...admin.client.headers },
      body,
    });
    expect(answer.status).toBe(200);
  });

  it("strangers whose answers have data beside an error are counted too", async () => {
    const server = await startTestServer({ database: test.database });
    const stranger = new Client(server.url);
    const member = new Client(server.url, admin.client.headers);
    await member.get("{ viewer { roleName } }");
    const order: string[] = [];
    await Promise.all(
      Array.from({ length: 220 }, () => stranger.ask('{ __typename node(id: "x") { id } }').catch(() => null)),
    );
    const late = stranger.ask("{ __typename }").then(() => order.push("stranger"));
    for (let index = 0; index < 3; index++)
      await new Client(server.url, admin.client.headers)
        .get("{ viewer { roleName } }")
        .then(() => order.push("member"));
    await late;
    expect(order.at(-1)).toBe("stranger");
    await server.close();
  });

  it("browsers may ask whether they may ask, and read refusals, while their network is slowed down", async () => {
    const server = await startTestServer({ database: test.database, origins: ["https://desk.example"] });
    const flood = Array.from({ length: 400 }, () => new Client(server.url).ask("{ nope }").catch(() => null));
    const preflight = await fetch(`${server.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin: "https://desk.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect([preflight.status, preflight.headers.get("access-control-max-age")]).toEqual([204, "600"]);
    const large = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { origin: "https://desk.example", "content-type": "text/plain" },
      body: "x",
    });
    expect(large.headers.get("access-control-allow-origin")).toBe("https://desk.example");
    // A member who wasn't seen lately is looked at, and is none of the crowd.
    const person = await acme.member("Agent");
    expect((await new Client(server.url, person.client.headers).ask("{ viewer { roleName } }")).status).toBe(200);
    await Promise.all(flood);
    await server.close();
  });
});
