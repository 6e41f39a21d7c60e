/** What several share goes on when the one who began it leaves: feeds, hints, reads, counts, sessions. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { currentWork, runAsWork, Work } from "../../src/db/pool.ts";
import { startShared } from "../../src/lib/shared-work.ts";
import { DomainError } from "../../src/wire/errors.ts";
import { LiveClient } from "../testkit/live.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

/** Nothing listens there: processes hear of each other's writes only by looking. */
const noRedis = "redis://127.0.0.1:9";

let here: TestServer;
let there: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  here = await startTestServer({ redisUrl: noRedis });
  there = await startTestServer({ database: here.database, redisUrl: noRedis });
  acme = await here.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const created = "subscription ($after: ChangeCursor) { ticketsChanged(after: $after) { ticket { subject } } }";
const subjectsOf = (text: string) => [...text.matchAll(/"subject":"([^"]*)"/g)].map(([, subject]) => subject);

/** A stream of server-sent events, read to where `holds`. */
async function openStream(query = created) {
  const leaving = new AbortController();
  const answer = await fetch(`${here.url}/graphql`, {
    method: "POST",
    signal: leaving.signal,
    headers: { ...admin.client.headers, "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query }),
  });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  return {
    leave: () => leaving.abort(),
    async until(holds: (text: string) => boolean): Promise<string> {
      while (!holds(text)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended with ${text}`);
        text += Buffer.from(value).toString();
      }
      return text;
    },
  };
}

const createTicket = (url: string, subject: string) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { ...admin.client.headers, "content-type": "application/json" },
    body: JSON.stringify({
      query: `mutation { ticketCreate(input: { subject: "${subject}", contact: { person: { email: "a@left.test" } } }) { cursor } }`,
    }),
  }).then((answer) => answer.json());

describe("the one who began it leaves", () => {
  it("a feed: who stays hears of what another process writes", async () => {
    const first = await openStream();
    const second = await openStream();
    await createTicket(here.url, "both hear");
    await Promise.all([first, second].map((one) => one.until((text) => text.includes("both hear"))));
    first.leave();
    await createTicket(there.url, "who stays hears");
    expect(subjectsOf(await second.until((text) => text.includes("who stays hears")))).toEqual([
      "both hear",
      "who stays hears",
    ]);
    second.leave();
  });

  it("a socket's subscription that began the feed: another socket goes on", async () => {
    // From a position, so that what is written before a subscription has begun is told too.
    const { asOf } = (await admin.client.get("{ tickets(first: 1) { asOf } }")).tickets;
    const first = await LiveClient.connect(here.url, admin.client.headers);
    const begun = first.subscribe(created, { after: asOf });
    const second = await LiveClient.connect(here.url, admin.client.headers);
    const staying = second.subscribe(created, { after: asOf });
    await createTicket(here.url, "one");
    expect(JSON.stringify([await begun.next(), await staying.next()]).match(/"one"/g)).toHaveLength(2);
    first.complete(begun);
    first.socket.terminate();
    await createTicket(there.url, "two");
    expect(JSON.stringify(await staying.next())).toContain('"two"');
    await second.close();
  });

  it("a shared execution: whoever waits for the same answer gets it, though the first to ask is gone", async () => {
    const readers = await Promise.all(Array.from({ length: 6 }, () => openStream()));
    const [first, ...others] = readers as [(typeof readers)[0], ...typeof readers];
    const written = createTicket(here.url, "shared");
    first.leave();
    await written;
    for (const other of others) expect(await other.until((text) => text.includes("shared"))).toContain("shared");
    for (const other of others) other.leave();
  });

  it("the counts of the queues", async () => {
    const counts = "subscription { ticketCountsChanged { queues { key ticketCount } } }";
    const first = await openStream(counts);
    const second = await openStream(counts);
    await Promise.all([first, second].map((one) => one.until((text) => text.includes("ticketCount"))));
    first.leave();
    const before = (await second.until(() => true)).length;
    await createTicket(there.url, "counted");
    await second.until((text) => text.length > before && text.slice(before).includes("ticketCount"));
    second.leave();
  });

  it("a request that is cancelled leaves others' reads of the same tick alone", async () => {
    const { code } = await acme.ticket({});
    const query = `{ ticket(by: { code: "${code}" }) { a: contact { name tickets { nodes { contact { name } } } } b: contact { email } assignee { name } } }`;
    for (let round = 0; round < 10; round++) {
      const leaving = new AbortController();
      const left = fetch(`${here.url}/graphql`, {
        method: "POST",
        signal: leaving.signal,
        headers: { ...admin.client.headers, "content-type": "application/json" },
        body: JSON.stringify({ query }),
      }).catch(() => null);
      const staying = Array.from({ length: 5 }, () => admin.client.code(query));
      leaving.abort();
      expect(new Set(await Promise.all(staying))).toEqual(new Set([null]));
      await left;
    }
  });
});

describe("startShared", () => {
  it("runs outside of the work, and so of the deadline, of whoever calls it, timers and promises included", async () => {
    const work = new Work();
    const inside = runAsWork(work, () => ({
      own: currentWork(),
      shared: startShared(() => currentWork()),
      later: startShared(() => new Promise((resolve) => setTimeout(() => resolve(currentWork()), 1))),
    }));
    expect([inside.own, inside.shared, await inside.later]).toEqual([work, undefined, undefined]);
    await work.cancel({} as never, new DomainError("UNAVAILABLE", "gone"));
  });
});

/**
 * Every place that starts a timer, a loop or a read that others wait for, with whose it is. One that several share
 * must be started by startShared, or where no caller is (at a start).
 */
const timers: Record<string, string> = {
  "changes/feed.ts": "shared: startShared",
  "changes/wake-up.ts": "shared: startShared; the listener is begun at the start",
  "live/follow.ts": "one follower's own",
  "live/ticket-counts.ts": "shared: startShared; the loop is one follower's own",
  "transport/live-execution.ts": "shared: startShared; the deadline is of that execution",
  "transport/live-session.ts": "the check is begun at the start",
  "transport/socket-writer.ts": "one socket's own, begun without a request",
  "transport/sockets.ts": "at the stop",
  "transport/socket-protocol.ts": "one operation's own deadline",
  "transport/http.ts": "one request's own deadline",
  "transport/graphiql.ts": "one reader's own",
  "exports/time-export.ts": "one request's own",
  "jobs/worker.ts": "shared: startShared; the loops are begun at the start",
  "jobs/heartbeats.ts": "begun at the start",
  "db/embedded.ts": "at the start and the stop",
  "db/reach.ts": "at the start",
  "db/pool.ts": "one connection's own",
  "lib/turns.ts": "one caller's own wait; the rest after heavy work is shared: startShared",
  "transport/refusal-brake.ts": "one request's own wait, before it is anybody's",
  "cli/signals.ts": "at the stop",
  "server.ts": "at the stop",
};

describe("timers and loops", () => {
  it("are all known, and shared ones are started outside of any caller", () => {
    const source = path.resolve(import.meta.dirname, "../../src");
    const found = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("_generated") && !name.endsWith(".test.ts"))
      .filter((name) =>
        /\b(setTimeout|setInterval|setImmediate|delay)\(/.test(readFileSync(path.join(source, name), "utf8")),
      );
    expect(found.sort()).toEqual(Object.keys(timers).sort());
    for (const [name, whose] of Object.entries(timers))
      if (whose.startsWith("shared"))
        expect(readFileSync(path.join(source, name), "utf8"), name).toContain("startShared(");
  });
});
