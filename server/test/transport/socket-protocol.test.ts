/** G8: the protocol graphql-transport-ws over raw sockets, with every close code. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { LiveClient } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const query = "{ viewer { roleName } }";
const subscription = "subscription { ticketsChanged { kinds } }";
const subscribe = (payload: object, id: unknown = "1") => ({ id, type: "subscribe", payload });

async function opened(): Promise<LiveClient> {
  const client = new LiveClient(test.url);
  await client.open();
  return client;
}

async function acknowledged(): Promise<LiveClient> {
  return LiveClient.connect(test.url, admin.client.headers);
}

/** Sends the messages, and tells the code that the socket is closed with. */
async function closedAfter(client: LiveClient, ...messages: (object | string | Buffer)[]): Promise<number> {
  for (const message of messages)
    if (Buffer.isBuffer(message)) client.socket.send(message);
    else client.send(message);
  return (await client.closed).code;
}

interface Answered {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever they asked for
  payload?: any;
}

/** What comes back for one id, up to `complete` or `error`. */
async function answers(client: LiveClient, message: object, id = "1"): Promise<Answered[]> {
  client.send(message);
  const isEnd = (one: { id?: string; type: string }) => one.id === id && ["complete", "error"].includes(one.type);
  const all = await client.messages.until((list) => list.some(isEnd), `an end of ${id}`);
  return all.filter((one) => one.id === id) as Answered[];
}

describe("messages that break the protocol close the socket with 4400", () => {
  it.each([
    ["not JSON", "{"],
    ["an empty message", ""],
    ["a number", "42"],
    ["null", "null"],
    ["a list", "[]"],
    ["an object without a type", "{}"],
    ["an unknown type", { type: "start" }],
    ["a type that is no text", { type: 1 }],
    ["connection_ack from a client", { type: "connection_ack" }],
    ["next from a client", { type: "next", id: "1", payload: {} }],
    ["subscribe without an id", { type: "subscribe", payload: { query } }],
    ["subscribe with an empty id", subscribe({ query }, "")],
    ["subscribe with a number as id", subscribe({ query }, 1)],
    ["subscribe without a payload", { type: "subscribe", id: "1" }],
    ["subscribe with a text as payload", { type: "subscribe", id: "1", payload: "x" }],
    ["subscribe without a query", subscribe({})],
    ["subscribe with a number as query", subscribe({ query: 1 })],
    ["subscribe with text as variables", subscribe({ query, variables: "x" })],
    ["subscribe with a number as operation name", subscribe({ query, operationName: 1 })],
    ["subscribe with text as extensions", subscribe({ query, extensions: "x" })],
    ["complete without an id", { type: "complete" }],
    ["connection_init with text as payload", { type: "connection_init", payload: "x" }],
    ["a binary message", Buffer.from(JSON.stringify({ type: "ping" }))],
    ["binary rubbish", Buffer.from([0, 1, 2, 255])],
  ])("%s", async (_what, message) => {
    const client = await acknowledged();
    expect(await closedAfter(client, message)).toBe(4400);
  });
});

describe("the handshake", () => {
  it("subscribing before connection_init is acknowledged closes with 4401", async () => {
    expect(await closedAfter(await opened(), subscribe({ query }))).toBe(4401);
  });

  it("a second connection_init closes with 4429", async () => {
    expect(await closedAfter(await acknowledged(), { type: "connection_init" })).toBe(4429);
  });

  it("two connection_init at once close with 4429", async () => {
    const client = await opened();
    const init = { type: "connection_init", payload: admin.client.headers };
    expect(await closedAfter(client, init, init)).toBe(4429);
  });

  it("a token that opens nothing closes with 4403, and says why", async () => {
    const client = await opened();
    client.send({ type: "connection_init", payload: { authorization: "Bearer tk_nothing" } });
    expect(await client.closed).toEqual({ code: 4403, reason: expect.stringContaining("unknown, expired or revoked") });
  });

  it("another subprotocol, an old one and none close with 4406", async () => {
    for (const protocol of ["graphql-ws", "chat", null]) {
      const client = new LiveClient(test.url, { protocol });
      const failed = new Promise<number>((resolve) => client.socket.once("error", () => resolve(4406)));
      expect(await Promise.race([client.closed.then(({ code }) => code), failed]), String(protocol)).toBe(4406);
    }
  });

  it("credentials are taken by names of any case", async () => {
    const client = await opened();
    client.send({
      type: "connection_init",
      payload: { AUTHORIZATION: admin.client.headers.authorization, "X-Organization-Id": acme.id },
    });
    await client.messages.until((list) => list.some(({ type }) => type === "connection_ack"));
    expect((await client.ask(query)).data).toEqual({ viewer: { roleName: "Admin" } });
    await client.close();
  });

  it("without credentials signing in works, and what needs a viewer is UNAUTHENTICATED", async () => {
    const client = await LiveClient.connect(test.url);
    const answer = await client.ask(
      "mutation ($input: SignInInput!) { signIn(input: $input) { memberships { roleName } } }",
      { input: { email: admin.email, password: admin.password } },
    );
    expect(answer.data.signIn.memberships).toEqual([{ roleName: "Admin" }]);
    expect((await client.ask(query)).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    await client.close();
  });

  it("an upgrade at another path is refused with 404", async () => {
    const socket = new WebSocket(`${test.url.replace("http", "ws")}/elsewhere`, "graphql-transport-ws");
    const status = await new Promise((resolve) => {
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.once("error", () => {});
    });
    expect(status).toBe(404);
    socket.terminate();
  });
});

describe("operations", () => {
  it("an id that is in use closes with 4409", async () => {
    const client = await acknowledged();
    expect(await closedAfter(client, subscribe({ query: subscription }), subscribe({ query: subscription }))).toBe(
      4409,
    );
  });

  it("a long id that is in use closes with 4409 too: a reason has room for 123 bytes", async () => {
    const client = await acknowledged();
    const id = "ä".repeat(200);
    expect(
      await closedAfter(client, subscribe({ query: subscription }, id), subscribe({ query: subscription }, id)),
    ).toBe(4409);
  });

  it("an id may be used again once it is complete", async () => {
    const client = await acknowledged();
    expect((await answers(client, subscribe({ query }))).map(({ type }) => type)).toEqual(["next", "complete"]);
    client.send(subscribe({ query }));
    await client.messages.until((list) => list.filter(({ type }) => type === "complete").length === 2);
    await client.close();
  });

  it("an id may be used again after the client's own complete, while the old operation still runs, which never speaks under it", async () => {
    const client = await acknowledged();
    const release = await test.database.hold("tickets");
    client.send(subscribe({ query: "{ tickets { totalCount } }" }));
    client.send({ id: "1", type: "complete" });
    // Unknown, and completed twice: nothing.
    client.send({ id: "1", type: "complete" });
    const again = await answers(client, subscribe({ query }));
    expect(again).toMatchObject([
      { type: "next", payload: { data: { viewer: { roleName: "Admin" } } } },
      { type: "complete" },
    ]);
    // Subscriptions as well, each under the same id.
    for (let round = 0; round < 20; round++) {
      client.send(subscribe({ query: subscription }));
      client.send({ id: "1", type: "complete" });
    }
    await release();
    const last = await answers(client, subscribe({ query }, "last"), "last");
    expect(last.map(({ type }) => type)).toEqual(["next", "complete"]);
    expect(client.messages.items.filter(({ id }) => id === "1")).toEqual(again.map((one) => ({ id: "1", ...one })));
    await client.close();
  });

  it.each(["__proto__", "ä".repeat(60), '"\\', " "])("an id is any text, and comes back as it was: %j", async (id) => {
    const client = await acknowledged();
    const told = await answers(client, subscribe({ query }, id), id);
    expect(told.map(({ type }) => type)).toEqual(["next", "complete"]);
    await client.close();
  });

  it("a document that can't be read or isn't valid is answered with error, and the socket lives", async () => {
    const client = await acknowledged();
    for (const [id, text] of [
      ["a", "{"],
      ["b", "{ nope }"],
      ["c", "query A { viewer { roleName } } query A { viewer { roleName } }"],
    ] as const)
      expect(
        (await answers(client, subscribe({ query: text }, id), id)).map(({ type, payload }) => [
          type,
          payload[0].extensions.code,
        ]),
      ).toEqual([["error", "BAD_REQUEST"]]);
    expect((await client.ask(query)).data).toEqual({ viewer: { roleName: "Admin" } });
    await client.close();
  });

  it("several operations without a name are answered with error, and with one of their names with its answer", async () => {
    const client = await acknowledged();
    const two = "query A { viewer { roleName } } query B { organization { name } }";
    expect((await answers(client, subscribe({ query: two }, "a"), "a"))[0]?.type).toBe("error");
    const named = await answers(client, subscribe({ query: two, operationName: "B" }, "b"), "b");
    expect(named[0]?.payload.data).toEqual({ organization: { name: "Acme" } });
    await client.close();
  });

  it("wrong variables are answered in a next with errors, as over HTTP", async () => {
    const client = await acknowledged();
    const [answer] = await answers(client, subscribe({ query: "query ($id: ID!) { node(id: $id) { id } }" }));
    expect(answer?.payload.errors?.[0].extensions.code ?? answer?.payload[0].extensions.code).toBe("BAD_REQUEST");
    await client.close();
  });

  it("variables nested thousands deep are refused, and the socket lives", async () => {
    const client = await acknowledged();
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    client.send(
      `{"id":"deep","type":"subscribe","payload":{"query":${JSON.stringify(query)},"variables":{"x":${deep}}}}`,
    );
    await client.messages.until((list) => list.some(({ id }) => id === "deep"));
    expect(JSON.stringify(client.messages.items.filter(({ id }) => id === "deep"))).toContain("BAD_REQUEST");
    expect((await client.ask(query)).data).toBeDefined();
    await client.close();
  });

  it("complete from the client ends a subscription: nothing more is told, and its place is free", async () => {
    const client = await acknowledged();
    const one = client.subscribe(subscription);
    await client.ask(query);
    client.complete(one);
    await client.ask(query);
    await acme.ticket();
    await client.ask(query);
    expect(one.results.items).toEqual([]);
    client.send(subscribe({ query: subscription }, one.id));
    expect((await client.ask(query)).data).toBeDefined();
    await client.close();
  });

  it("complete for an id that nobody uses is no fault", async () => {
    const client = await acknowledged();
    client.send({ type: "complete", id: "unknown" });
    expect((await client.ask(query)).data).toBeDefined();
    await client.close();
  });

  it("a ping is answered with a pong, before connection_init too, and a pong with nothing", async () => {
    const client = await opened();
    client.send({ type: "pong" });
    client.send({ type: "ping", payload: { any: "thing", authorization: "Bearer secret" } });
    client.send({ type: "ping" });
    client.send({ type: "ping", payload: { much: "x".repeat(2_000) } });
    const pongs = () => client.messages.items.filter(({ type }) => type === "pong");
    await client.messages.until(() => pongs().length === 3);
    // What came with it goes back, but for a token and what is long.
    expect(pongs()).toEqual([{ type: "pong", payload: { any: "thing" } }, { type: "pong" }, { type: "pong" }]);
    await client.close();
  });
});

describe("frames", () => {
  it("a message of 1 MB closes with 1009, and others' sockets live", async () => {
    const [client, other] = [await acknowledged(), await acknowledged()];
    expect(await closedAfter(client, JSON.stringify(subscribe({ query: `${query} #${"x".repeat(1_000_000)}` })))).toBe(
      1009,
    );
    expect((await other.ask(query)).data).toBeDefined();
    await other.close();
  });

  /** A raw connection after its upgrade. */
  async function raw() {
    const { port } = new URL(test.url);
    const socket = connect(Number(port), "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => {});
    const closed = new Promise<Buffer>((resolve) => socket.once("close", () => resolve(Buffer.concat(chunks))));
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: ${Buffer.alloc(16).toString("base64")}\r\nsec-websocket-version: 13\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once("data", resolve));
    return { socket, closed };
  }

  it.each([
    ["a frame without a mask", Buffer.from([0x81, 0x02, 0x7b, 0x7d]), 1002],
    ["a reserved bit", Buffer.from([0xc1, 0x80, 0, 0, 0, 0]), 1002],
    ["an opcode that doesn't exist", Buffer.from([0x83, 0x80, 0, 0, 0, 0]), 1002],
    [
      "a control frame of more than 125 bytes",
      Buffer.concat([Buffer.from([0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0]), Buffer.alloc(126)]),
      1002,
    ],
    ["text that is not UTF-8", Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]), 1007],
    ["a continuation of nothing", Buffer.from([0x80, 0x80, 0, 0, 0, 0]), 1002],
    ["a length of 2^62", Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 1009],
  ])("%s closes with its code", async (_what, frame, code) => {
    const { socket, closed } = await raw();
    socket.write(frame);
    const bytes = await closed;
    const close = bytes.lastIndexOf(0x88);
    expect(bytes.readUInt16BE(close + 2)).toBe(code);
  });

  it("a connection that is cut in the middle of a frame is no fault of anybody", async () => {
    const { socket } = await raw();
    socket.write(Buffer.from([0x81, 0xfe, 0xff]));
    socket.destroy();
    const client = await acknowledged();
    expect((await client.ask(query)).data).toBeDefined();
    await client.close();
  });
});
