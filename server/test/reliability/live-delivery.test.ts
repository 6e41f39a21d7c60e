/** G12, G15, F10, F19 to F22, F28 to F31: nothing is missed, whatever breaks. TIKETTI_FULL_RUN=1 is the long run. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testSecret } from "../testkit/constants.ts";
import { LiveClient } from "../testkit/live.ts";
import { startOwnPostgres } from "../testkit/own-postgres.ts";
import { type ServerProcess, startProcess } from "../testkit/process.ts";
import { freePort, RedisProcess } from "../testkit/redis.ts";
import { seededRandom, testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { TcpProxy } from "../testkit/tcp-proxy.ts";
import { until } from "../testkit/until.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

const isFull = process.env.TIKETTI_FULL_RUN === "1";
const writers = 12;
const changesEach = isFull ? 2_000 : 200;
const cuts = isFull ? 1_000 : 100;

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

/** Writes labels' changes straight through write(), some rolled back, some slow; how many were committed. */
async function writeALot(acme: OrganizationWorld, count: number, seed: number): Promise<number> {
  let committed = 0;
  const run = async (writer: number) => {
    const random = seededRandom(seed + writer);
    for (let index = 0; index < count; ) {
      const fate = random();
      const written = await acme
        .write(async ({ tx, record }) => {
          const { id } = (await tx.label.findFirstOrThrow({ select: { id: true } })) as { id: string };
          record({ kind: "label.updated", subjectId: id, before: { at: index }, after: { at: index + 1, writer } });
          if (fate < 0.02) await delay(20);
          if (fate > 0.95) throw new Error("rolled back");
          return {};
        })
        .catch((error) => {
          if ((error as Error).message !== "rolled back") throw error;
          return null;
        });
      if (!written) continue;
      committed++;
      index++;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => run(writer)));
  return committed;
}

const everything =
  "subscription ($after: ChangeCursor) { changes(after: $after) { cursor fieldChanges { field after } } }";

/** Follows the change log, cut off again and again, at any of the servers; what it was told, in order. */
class CutReader {
  readonly told: string[] = [];
  cuts = 0;
  #after: string;
  #isOver = false;
  readonly #urls: string[];
  readonly #headers: Record<string, string>;
  readonly #random: () => number;

  constructor(urls: string[], person: Person, after: string, seed: number) {
    this.#urls = urls;
    this.#headers = person.client.headers;
    this.#after = after;
    this.#random = seededRandom(seed);
  }

  async run(cutsWanted: number): Promise<void> {
    while (!this.#isOver) {
      const url = this.#urls[Math.floor(this.#random() * this.#urls.length)] as string;
      const client = await LiveClient.connect(url, this.#headers).catch(() => null);
      if (!client) continue;
      const subscription = client.subscribe(everything, { after: this.#after });
      const lifetime = this.cuts < cutsWanted ? this.#random() * (isFull ? 150 : 60) : 60_000;
      const cut = setTimeout(() => client.socket.terminate(), lifetime);
      let seen = 0;
      const take = () => {
        for (const { data, errors } of subscription.results.items.slice(seen)) {
          if (errors) throw new Error(errors[0]?.message);
          this.told.push(data.changes.cursor);
          this.#after = data.changes.cursor;
          seen++;
        }
      };
      while (!subscription.results.isOver && !this.#isOver) {
        await subscription.results.until((list) => list.length > seen || this.#isOver, "a change", 500).catch(() => {});
        take();
      }
      take();
      clearTimeout(cut);
      client.socket.terminate();
      this.cuts++;
    }
  }

  end(): void {
    this.#isOver = true;
  }
}

/** All changes after that position, as the database has them. */
async function committedAfter(acme: OrganizationWorld, from: number): Promise<number> {
  const [row] = await test.database.query<{ last: number }>(
    "select last_number::int as last from change_heads where organization_id = $1",
    [acme.organizationId],
  );
  return (row?.last as number) - from;
}

async function expectEveryChangeOnce(urls: string[], readers: number): Promise<void> {
  const acme = await test.world.organization("Acme");
  const admin = await acme.member("Admin");
  await acme.label();
  const { tickets } = await admin.client.get("{ tickets(first: 1) { asOf } }");
  const from = await committedAfter(acme, 0);
  const seed = testSeed();
  const all = Array.from({ length: readers }, (_, index) => new CutReader(urls, admin, tickets.asOf, seed - 1 - index));
  const running = all.map((reader) => reader.run(cuts / readers));
  const committed = await writeALot(acme, changesEach, seed);
  expect(await committedAfter(acme, from)).toBe(committed);
  await until("all changes told to every reader", () => all.every(({ told }) => told.length >= committed), {
    timeoutMs: 60_000,
  });
  for (const reader of all) reader.end();
  await Promise.all(running);
  // Each once, in the order of the log: as who reads the log in one go has it.
  const expected: string[] = [];
  for (let after = tickets.asOf, hasMore = true; hasMore; ) {
    const { changes } = await admin.client.get(
      "query ($after: ChangeCursor!) { changes(after: $after, first: 500) { cursor hasMore nodes { cursor } } }",
      { after },
    );
    expected.push(...changes.nodes.map(({ cursor }: { cursor: string }) => cursor));
    after = changes.cursor;
    hasMore = changes.hasMore;
  }
  expect(expected).toHaveLength(committed);
  for (const { told } of all) expect(told).toEqual(expected);
  console.log(
    `${committed} changes by ${writers} writers; ${all.reduce((sum, reader) => sum + reader.cuts, 0)} connections cut, on ${urls.length} processes: each change once and in order for ${readers} readers`,
  );
}

describe("G12: a reader that is cut off at random", () => {
  it(`is told each of ${writers * changesEach} changes exactly once and in order`, async () => {
    await expectEveryChangeOnce([test.url], 4);
  }, 600_000);

  it("is told the same by three processes on one PostgreSQL", async () => {
    const environment = { DATABASE_URL: test.database.ownerUrl, TIKETTI_SECRET: testSecret, TIKETTI_WORKER: "off" };
    const processes: ServerProcess[] = [];
    for (let index = 0; index < 3; index++) processes.push(await startProcess(environment));
    await expectEveryChangeOnce(
      processes.map(({ url }) => url),
      4,
    );
    for (const one of processes) await one.stop("SIGTERM");
  }, 600_000);
});

const ticketsChanged =
  "subscription ($after: ChangeCursor) { ticketsChanged(after: $after) { cursor ticketId ticket { subject } } }";

async function asOf(person: Person): Promise<string> {
  return (await person.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf;
}

describe("F19, F21: processes that don't hear of each other", () => {
  it("another process tells a change within the poll when its NOTIFY is lost", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const other = await startTestServer({ database: test.database });
    const client = await LiveClient.connect(other.url, admin.client.headers);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf(admin) });
    const first = await acme.ticket();
    expect((await subscription.data()).ticketsChanged.ticketId).toBe(first.id);
    // As it is when the connection that listens is cut and not back yet.
    for (let round = 0; round < 3; round++) {
      await test.database.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tiketti listens'",
      );
      const { id } = await acme.ticket();
      expect((await subscription.data()).ticketsChanged.ticketId).toBe(id);
    }
    await client.close();
    await other.close();
  });

  it("with Redis: told at once; without it, stopped or emptied: told all the same, and at once when it is back", async () => {
    const redis = new RedisProcess(await freePort());
    await redis.start();
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const [here, there] = [
      await startTestServer({ database: test.database, redisUrl: redis.url }),
      await startTestServer({ database: test.database, redisUrl: redis.url }),
    ];
    const client = await LiveClient.connect(there.url, admin.client.headers);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf(admin) });
    const write = async (subject: string) => {
      const started = performance.now();
      const answer = await fetch(`${here.url}/graphql`, {
        method: "POST",
        headers: { ...admin.client.headers, "content-type": "application/json" },
        body: JSON.stringify({
          query: `mutation { ticketCreate(input: { subject: "${subject}", contact: { person: { email: "r@mail.test" } }, description: "x" }) { ticket { id } } }`,
        }),
      });
      const { data } = (await answer.json()) as { data: { ticketCreate: { ticket: { id: string } } } };
      expect((await subscription.data(subject)).ticketsChanged.ticketId).toBe(data.ticketCreate.ticket.id);
      return performance.now() - started;
    };
    const withIt = await write("with Redis");
    await redis.stop();
    const without = await write("without Redis");
    await redis.start();
    await redis.flush();
    const again = await write("with Redis again");
    console.log(
      `told after ${withIt.toFixed(0)} ms with Redis, ${without.toFixed(0)} ms without, ${again.toFixed(0)} ms with it again`,
    );
    await client.close();
    await here.close();
    await there.close();
    await redis.stop();
  }, 60_000);
});

describe("F22, F28, F29: connections that are slow, still or half open", () => {
  it("F29: a client that has silently gone is found by its heartbeats and let go within 30 s", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const proxy = new TcpProxy(Number(new URL(test.url).port));
    await proxy.start();
    const own = await startTestServer({ database: test.database, hasMetrics: true });
    const through = new TcpProxy(Number(new URL(own.url).port));
    await through.start();
    const client = await LiveClient.connect(`http://127.0.0.1:${through.port}`, admin.client.headers);
    client.subscribe(ticketsChanged);
    await client.ask("{ viewer { roleName } }");
    const sockets = async () =>
      Number(/^tiketti_sockets (\d+)$/m.exec(await (await fetch(`${own.url}/metrics`)).text())?.[1]);
    expect(await sockets()).toBe(1);
    through.silence();
    const started = performance.now();
    await until("the socket let go", async () => (await sockets()) === 0, { timeoutMs: 45_000, everyMs: 250 });
    console.log(`a half-open socket was let go after ${((performance.now() - started) / 1_000).toFixed(1)} s`);
    expect(await sockets()).toBe(0);
    client.socket.terminate();
    through.close();
    proxy.close();
    await own.close();
  }, 60_000);

  it("F20: a database that silently drops everything for 15 s is found, and what was written meanwhile is told", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const url = new URL(test.database.appUrl);
    const proxy = new TcpProxy(Number(url.port));
    await proxy.start();
    url.port = String(proxy.port);
    const behind = await startTestServer({ database: test.database, databaseUrl: url.href });
    const client = await LiveClient.connect(behind.url, admin.client.headers);
    const subscription = client.subscribe(ticketsChanged, { after: await asOf(admin) });
    const first = await acme.ticket();
    expect((await subscription.data()).ticketsChanged.ticketId).toBe(first.id);
    proxy.silence();
    const expected = [];
    const partitionEnds = performance.now() + 15_000;
    while (performance.now() < partitionEnds) {
      expected.push((await acme.ticket()).id);
      await delay(500); // The pace of the writes.
    }
    proxy.heal();
    const healed = performance.now();
    // A connection counts as lost when its statement got no answer for 12 s, and the last one may have begun at the end.
    const told = await subscription.results.until(
      (list) => list.length > expected.length,
      "what was written meanwhile",
      30_000,
    );
    expect(told.slice(1).map(({ data }) => data?.ticketsChanged.ticketId)).toEqual(expected);
    console.log(
      `${expected.length} changes of the partition were told ${((performance.now() - healed) / 1_000).toFixed(1)} s after it`,
    );
    expect(subscription.errors).toBeNull();
    await client.close();
    await behind.close();
    proxy.close();
  }, 90_000);

  it("F22: over 300 ms and resets a reader that comes back is told each change once", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const proxy = new TcpProxy(Number(new URL(test.url).port));
    proxy.delayMs = 150;
    await proxy.start();
    let after = await asOf(admin);
    const told: string[] = [];
    const expected: string[] = [];
    let resets = 0;
    const random = seededRandom(testSeed());
    const resetting = setInterval(() => {
      proxy.reset(random);
      resets++;
    }, 2_000);
    // Until it was cut off in the middle a few times.
    const writing = (async () => {
      while (resets < 4) {
        expected.push((await acme.ticket()).id);
        await delay(50); // The pace of the writes.
      }
    })();
    while (resets < 4 || told.length < expected.length) {
      const client = await LiveClient.connect(`http://127.0.0.1:${proxy.port}`, admin.client.headers).catch(() => null);
      if (!client) continue;
      const subscription = client.subscribe(ticketsChanged, { after });
      const isAll = (list: unknown[]) => resets >= 4 && told.length + list.length >= expected.length;
      await subscription.results.until(isAll, "all", 30_000).catch(() => {});
      for (const { data } of subscription.results.items) {
        told.push(data.ticketsChanged.ticketId);
        after = data.ticketsChanged.cursor;
      }
      client.socket.terminate();
    }
    clearInterval(resetting);
    await writing;
    expect(told).toEqual(expected);
    console.log(`${told.length} changes over ${resets} resets and 300 ms, each once`);
    proxy.close();
  }, 60_000);

  it("F28: a client that answers no ping is sent at most 512 kB, whatever the systems between would take", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const from = await asOf(admin);
    await acme.label();
    const text = "x".repeat(20_000);
    for (let index = 0; index < 60; index++)
      await acme.write(async ({ tx, record }) => {
        const { id } = await tx.label.findFirstOrThrow({ select: { id: true } });
        record({ kind: "label.updated", subjectId: id, before: { name: "" }, after: { name: text + index } });
        return {};
      });
    const [silent, alive] = [
      await LiveClient.connect(test.url, admin.client.headers),
      await LiveClient.connect(test.url, admin.client.headers),
    ];
    silent.answersPings = false;
    const [little, all] = [silent, alive].map((client) => client.subscribe(everything, { after: from }));
    await all?.results.until((list) => list.length >= 60, "all for who answers");
    expect((await silent.closed).code).toBe(4411);
    const bytes = (list: unknown[] = []) => JSON.stringify(list).length;
    expect(bytes(little?.results.items)).toBeGreaterThan(400_000);
    expect(bytes(little?.results.items)).toBeLessThan(600_000);
    expect(bytes(all?.results.items)).toBeGreaterThan(1_200_000);
    await alive.close();
  }, 60_000);

  it("F28: readers that stop reading are closed with 4411 within 30 s, resume by their cursor, and slow nobody", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const from = await asOf(admin);
    const own = await startTestServer({ database: test.database, hasMetrics: true });
    const stalled = await Promise.all(
      Array.from({ length: 5 }, () => LiveClient.connect(own.url, admin.client.headers)),
    );
    const reader = await LiveClient.connect(own.url, admin.client.headers);
    const all = reader.subscribe(everything, { after: from });
    for (const client of stalled) {
      for (let index = 0; index < 20; index++) client.subscribe(everything, { after: from });
      await client.ask("{ viewer { roleName } }");
      client.socket.pause();
    }
    await acme.label();
    // Enough for twenty subscriptions to fill what the kernel buffers on a socket.
    const text = "x".repeat(20_000);
    const started = performance.now();
    for (let index = 0; index < 40; index++)
      await acme.write(async ({ tx, record }) => {
        const { id } = await tx.label.findFirstOrThrow({ select: { id: true } });
        record({ kind: "label.updated", subjectId: id, before: { name: "" }, after: { name: text + index } });
        return {};
      });
    const query = "query ($after: ChangeCursor!) { changes(after: $after, first: 500) { nodes { cursor } } }";
    const { changes } = await admin.client.get(query, { after: from });
    await all.results.until((list) => list.length >= changes.nodes.length, "all for who reads", 20_000);
    const told = performance.now() - started;
    // They read again once they were given up, before they are cut off.
    const givenUp = async () =>
      Number(/^tiketti_slow_readers_closed_total (\d+)$/m.exec(await (await fetch(`${own.url}/metrics`)).text())?.[1]);
    await expect.poll(givenUp, { timeout: 30_000 }).toBe(stalled.length);
    for (const client of stalled) client.socket.resume();
    const codes = await Promise.all(stalled.map(({ closed }) => closed.then(({ code }) => code)));
    console.log(`who reads was told after ${told.toFixed(0)} ms; the stalled ones ended with ${codes.join(", ")}`);
    expect(codes.every((code) => code === 4411 || code === 1006)).toBe(true);
    expect(codes).toContain(4411);
    const again = await LiveClient.connect(own.url, admin.client.headers);
    const replay = again.subscribe(everything, { after: from });
    await replay.results.until((list) => list.length >= changes.nodes.length, "the replay");
    expect(replay.results.items.map(({ data }) => data.changes.cursor)).toEqual(
      changes.nodes.map(({ cursor }: { cursor: string }) => cursor),
    );
    await again.close();
    await reader.close();
    await own.close();
  }, 90_000);
});

describe("F30, F31: coming back", () => {
  it("F30: 200 reconnects at once are all acknowledged and told what they missed", async () => {
    const acme = await test.world.organization("Acme");
    const keys = await Promise.all(Array.from({ length: 4 }, () => acme.apiKey("Manager")));
    const admin = await acme.member("Admin");
    const after = await asOf(admin);
    const { id } = await acme.ticket();
    const started = performance.now();
    const clients = await Promise.all(
      Array.from({ length: 200 }, (_, index) => LiveClient.connect(test.url, keys[index % 4]?.client.headers)),
    );
    const told = await Promise.all(clients.map((client) => client.subscribe(ticketsChanged, { after }).data()));
    console.log(`200 reconnects were told after ${(performance.now() - started).toFixed(0)} ms`);
    for (const { ticketsChanged: one } of told) expect(one.ticketId).toBe(id);
    for (const client of clients) client.socket.terminate();
  }, 60_000);

  it("F31: a cursor that is older than what is kept is CURSOR_EXPIRED, live and as a query", async () => {
    const acme = await test.world.organization("Acme");
    const admin = await acme.member("Admin");
    const after = await asOf(admin);
    await acme.ticket();
    await test.database.query("update change_heads set floor_number = last_number where organization_id = $1", [
      acme.organizationId,
    ]);
    const client = await LiveClient.connect(test.url, admin.client.headers);
    const [error] = await client.subscribe(ticketsChanged, { after }).ended();
    expect(error?.extensions.code).toBe("CURSOR_EXPIRED");
    expect(error?.message).toContain("asOf");
    expect(
      await admin.client.code("query ($after: ChangeCursor!) { changes(after: $after) { hasMore } }", { after }),
    ).toBe("CURSOR_EXPIRED");
    await client.close();
  });
});

describe("F10, G11: kill -9 of PostgreSQL while sockets listen", () => {
  it("ends no process and no socket, and nothing is missed", async () => {
    const postgres = await startOwnPostgres();
    const server = await startProcess({
      DATABASE_URL: postgres.ownerUrl,
      TIKETTI_SECRET: testSecret,
      TIKETTI_DEMO: "on",
      LOG_LEVEL: "fatal",
    });
    const key = /tk_[\w-]{43}/.exec(server.stderr())?.[0] as string;
    const headers = { authorization: `Bearer ${key}` };
    const ask = async (query: string) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ query }),
      }).catch(() => null);
      return response && ((await response.json()) as { data?: Record<string, never>; errors?: unknown[] });
    };
    const create = async (subject: string) => {
      const answer = await ask(
        `mutation { ticketCreate(input: { subject: "${subject}", contact: { person: { email: "k@mail.test" } }, description: "x" }) { ticket { id } } }`,
      );
      return (
        (answer?.data as { ticketCreate?: { ticket: { id: string } } } | undefined)?.ticketCreate?.ticket.id ?? null
      );
    };
    // 100 of one token are allowed; the rest comes with a member's.
    const password = /password (\S+)/.exec(server.stderr())?.[1];
    const signedIn = (await ask(
      `mutation { signIn(input: { email: "jonas@nordlicht.test", password: "${password}" }) { accessToken } }`,
    )) as unknown as { data: { signIn: { accessToken: string } } };
    const second = { authorization: `Bearer ${signedIn.data.signIn.accessToken}` };
    const sockets: LiveClient[] = [];
    for (let index = 0; index < 200; index++)
      sockets.push(await LiveClient.connect(server.url, index % 2 ? second : headers));
    const subscriptions = sockets.map((socket) => socket.subscribe(ticketsChanged));
    await Promise.all(sockets.map((socket) => socket.ask("{ viewer { roleName } }")));
    const expected = [await create("before")];
    const downMs = isFull ? 10_000 : 3_000;
    await postgres.kill();
    await delay(downMs); // How long PostgreSQL is away.
    expect(await create("while it is away")).toBeNull();
    await postgres.restart();
    while (expected.length < 4)
      expected.push(await until("a write after it", () => create(`after ${expected.length}`), { timeoutMs: 30_000 }));
    for (const subscription of subscriptions) {
      expect(subscription.errors).toBeNull();
      await subscription.results.until((list) => list.length >= expected.length, "all", 20_000);
      expect(subscription.results.items.map(({ data: told }) => told.ticketsChanged.ticketId)).toEqual(expected);
      expect(subscription.results.items.every(({ errors }) => errors === undefined)).toBe(true);
    }
    console.log(`${sockets.length} sockets heard of everything over ${downMs / 1_000} s without PostgreSQL`);
    for (const socket of sockets) socket.socket.terminate();
    expect(await server.stop("SIGTERM")).toBe(0);
    await postgres.close();
  }, 120_000);
});
