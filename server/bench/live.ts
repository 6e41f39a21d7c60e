/**
 * `npm run bench:live -- [--sockets 2000] [--rounds 10] [--stalled 50] [--events 100000]`: one change to so many
 * sockets, with the same query and with different ones, beside a bare broadcast of the same bytes; and what
 * readers that stop reading cost the others.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import WebSocket from "ws";
import { newToken, tokenHash, visiblePrefix } from "../src/auth/tokens.ts";
import { newUuid } from "../src/lib/uuid.ts";
import { startOwnPostgres } from "../test/testkit/own-postgres.ts";
import { type ServerProcess, startProcess } from "../test/testkit/process.ts";

const { values } = parseArgs({
  options: {
    sockets: { type: "string", default: "2000" },
    rounds: { type: "string", default: "10" },
    stalled: { type: "string", default: "50" },
    events: { type: "string", default: "100000" },
  },
});
const [sockets, rounds, stalled, events] = [values.sockets, values.rounds, values.stalled, values.events].map(
  Number,
) as [number, number, number, number];

const postgres = await startOwnPostgres();
const { client } = postgres;
const server = await startProcess({
  DATABASE_URL: postgres.ownerUrl,
  TIKETTI_SECRET: "a secret for benchmarks only, never served with",
  TIKETTI_DEMO: "on",
  TIKETTI_METRICS: "on",
});
let bare: { child: ChildProcess; url: string } | null = null;
try {
  const [{ id: organizationId }] = (await client.query("select id from organizations where ticket_prefix = 'NORD'"))
    .rows as [{ id: string }];
  const keys: string[] = [];
  for (let index = 0; index < Math.ceil((sockets + stalled) / 90) + 1; index++)
    keys.push(await makeKey(organizationId));
  const before = await memory(server);
  const query = (index: number | null) =>
    `subscription ${index === null ? "" : `Q${index} `}{ ticketsChanged { cursor kinds occurredAt setChange actor { name } fieldChanges { field before after } ticket { code subject status priority updatedAt assignee { name } contact { name } } } }`;
  const same = await follow(server.url, keys, () => query(null));
  const bytes = await report("the same query", same, () => touch(keys));
  console.log(
    `server's memory: ${before.now} MB before, ${(await memory(server)).now} MB with ${sockets} sockets, of which ${await heap()} MB are in use`,
  );
  bare = await startBare(bytes);
  const plain = await connectBare(bare.url);
  await report("a bare broadcast of the same bytes", plain, () => void fetch(`${bare?.url}/tell`));
  for (const socket of plain.list) socket.terminate();
  for (const socket of same.list) socket.terminate();
  await delay(2_000);
  const different = await follow(server.url, keys, (index) => query(index));
  await report("as many different queries", different, () => touch(keys), Math.min(rounds, 3));
  for (const socket of different.list) socket.terminate();
  await delay(2_000);
  if (stalled > 0) await measureStalled(keys, query(null));
} finally {
  await server.stop("SIGTERM");
  bare?.child.kill();
  await postgres.close();
}
process.exit(0);

interface Crowd {
  list: WebSocket[];
  /** Resolves with the milliseconds after which each was told, from now on. */
  nextTold(): Promise<number[]>;
  lastBytes(): string;
}

function crowd(list: WebSocket[], isTold: (text: string) => boolean): Crowd {
  let since = 0;
  let told: number[] = [];
  let done: ((told: number[]) => void) | null = null;
  let last = "";
  for (const socket of list)
    socket.on("message", (data) => {
      const text = String(data);
      if (text === '{"type":"ping"}') return socket.send('{"type":"pong"}');
      if (!isTold(text)) return;
      last = text;
      told.push(performance.now() - since);
      if (told.length === list.length) done?.(told);
    });
  return {
    list,
    nextTold() {
      since = performance.now();
      told = [];
      return new Promise((resolve) => {
        done = resolve;
      });
    },
    lastBytes: () => last,
  };
}

async function follow(url: string, keys: string[], query: (index: number) => string, count = sockets): Promise<Crowd> {
  const list: WebSocket[] = [];
  for (let index = 0; index < count; index += 50) {
    const some = Array.from({ length: Math.min(50, count - index) }, async (_, offset) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
      await once(socket, "open");
      const key = keys[Math.floor((index + offset) / 90) % keys.length];
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${key}` } }));
      await once(socket, "message");
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: query(index + offset) } }));
      return socket;
    });
    list.push(...(await Promise.all(some)));
  }
  await delay(1_000);
  return crowd(list, (text) => text.startsWith('{"id":"1","type":"next"'));
}

async function connectBare(url: string): Promise<Crowd> {
  const list = await Promise.all(
    Array.from({ length: sockets }, async () => {
      const socket = new WebSocket(url.replace("http", "ws"));
      await once(socket, "open");
      return socket;
    }),
  );
  return crowd(list, () => true);
}

async function report(what: string, told: Crowd, change: () => void, times = rounds): Promise<string> {
  const all: number[] = [];
  for (let round = 0; round <= times; round++) {
    const arriving = told.nextTold();
    change();
    const arrived = await arriving;
    // The first warms up.
    if (round > 0) all.push(...arrived);
    await delay(300);
  }
  console.log(
    `${told.list.length} sockets, ${what}: one change to all, from the write's start: p50 ${percentile(all, 50)} ms, p99 ${percentile(all, 99)} ms (${times} rounds)`,
  );
  return told.lastBytes();
}

/** One change of one ticket. */
function touch(keys: string[]): void {
  const subject = `Subject ${performance.now()}`;
  void fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${keys.at(-1)}` },
    body: JSON.stringify({
      query: `mutation { ticketUpdate(ticket: { code: "NORD-1" }, input: { subject: "${subject}" }) { cursor } }`,
    }),
  });
}

/**
 * Events for everybody at a pace that one process reads, first without and then with readers that stopped:
 * what those who read are told after, and when the others are given up.
 */
async function measureStalled(keys: string[], query: string): Promise<void> {
  const readers = await follow(server.url, keys, () => query, 20);
  const without = writeEvents(Math.min(events, 10_000));
  const alone = await pace(readers, keys, 40);
  await without;
  const still = await follow(
    server.url,
    keys.slice(1),
    () => "subscription { changes { cursor fieldChanges { field before after } } }",
    stalled,
  );
  for (const socket of still.list) socket.pause();
  const before = await memory(server);
  const started = performance.now();
  const flood = writeEvents(events);
  const closing = closedAfter(started);
  const beside = await pace(readers, keys, 150);
  const closed = await closing;
  await flood;
  const after = await memory(server);
  console.log(
    `${stalled} sockets that stopped reading, ${events.toLocaleString("en")} events in ${((performance.now() - started) / 1_000).toFixed(0)} s: others' p99 ${percentile(alone, 99)} ms without them, ${percentile(beside, 99)} ms beside them; all were closed after ${closed} s; memory ${before.now} MB before, ${after.now} MB after, peak ${after.peak} MB; alive: ${(await fetch(`${server.url}/health/ready`)).status === 200}`,
  );
  for (const socket of [...readers.list, ...still.list]) socket.terminate();
}

async function pace(readers: Crowd, keys: string[], times: number): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < times; index++) {
    const arriving = readers.nextTold();
    touch(keys);
    all.push(...(await arriving));
    await delay(100);
  }
  return all;
}

/** Straight into the log, 200 in each transaction, about 1,700 a second. */
async function writeEvents(count: number): Promise<void> {
  const [{ id }] = (await client.query("select id from organizations where ticket_prefix = 'NORD'")).rows as [
    { id: string },
  ];
  for (let done = 0; done < count; done += 200) {
    await client.query("begin");
    await client.query(
      `with head as (update change_heads set last_number = last_number + 200 where organization_id = $1 returning last_number)
       insert into changes (organization_id, number, occurred_at, kinds, actor_kind, subject_type, subject_id, before, after)
       select $1, head.last_number - 200 + n, now(), '{label.updated}', 'SYSTEM', 'label', $1, '{"text": ""}',
         jsonb_build_object('text', repeat('x', 200) || n) from head, generate_series(1, 200) n`,
      [id],
    );
    await client.query("commit");
    await delay(110);
  }
}

async function closedAfter(started: number): Promise<string> {
  for (;;) {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const count = Number(/^tiketti_slow_readers_closed_total (\d+)$/m.exec(text)?.[1]);
    const seconds = (performance.now() - started) / 1_000;
    if (count >= stalled || seconds > 120) return count >= stalled ? seconds.toFixed(0) : `never (${count})`;
    await delay(250);
  }
}

async function makeKey(organizationId: string): Promise<string> {
  const key = newToken("apiKey");
  const id = newUuid();
  await client.query(
    "insert into api_keys (organization_id, id, name, prefix, role_id, last_used_at, created_at, updated_at) select $1, $2, 'bench', $3, id, now(), now(), now() from roles where organization_id = $1 and built_in = 'MANAGER'",
    [organizationId, id, visiblePrefix(key)],
  );
  await client.query("insert into tokens (hash, kind, organization_id, api_key_id) values ($1, 'API_KEY', $2, $3)", [
    tokenHash(key),
    organizationId,
    id,
  ]);
  return key;
}

async function startBare(bytes: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(path.join(import.meta.dirname, "bare-broadcast.ts"), [bytes]);
  const [url] = (await once(child, "message")) as [string];
  return { child, url };
}

function percentile(list: number[], percent: number): string {
  const sorted = list.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number).toFixed(0);
}

/** What JavaScript has in use, in MB, as the process tells it. */
async function heap(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Math.round(Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(text)?.[1]) / 1e6);
}

/** In MB; from /proc, so on Linux only. */
async function memory({ pid }: ServerProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: read("VmRSS"), peak: read("VmHWM") };
}
