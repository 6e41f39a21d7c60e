/**
 * T12, T14, T21: 1,000 mangled bodies over HTTP, sockets and streams, by strangers and by members. Whatever is sent, the
 * answer is small, nothing is a bug, and the process keeps nothing of it. How late liveness was is printed; on a quiet
 * machine it is below 250 ms.
 */
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { LiveClient } from "../testkit/live.ts";
import { startOwnPostgres } from "../testkit/own-postgres.ts";
import { startProcess } from "../testkit/process.ts";
import { testSeed } from "../testkit/seed.ts";

const count = 1_000;
const atOnce = 8;
const good = [
  {
    query: "query($f: ContactFilter, $n: Int) { contacts(filter: $f, first: $n) { totalCount nodes { name } } }",
    variables: { f: { name: { contains: "a" } }, n: 5 },
  },
  {
    query: "mutation($i: TicketCreateInput!) { ticketCreate(input: $i) { ticket { code contact { name } } cursor } }",
    variables: { i: { subject: "Mangled", contact: { person: { email: "m@example.com" } }, labels: [] } },
  },
  {
    query: "mutation($e: EmailAddress!, $p: String!) { signIn(email: $e, password: $p) { user { name } } }",
    variables: { e: "a@b.test", p: "x" },
  },
  {
    query: "subscription($f: TicketLiveFilter) { ticketsChanged(filter: $f) { cursor ticket { code } } }",
    variables: { f: { status: { in: ["OPEN"] } } },
  },
  { query: "query($i: [ID!]!) { nodes(ids: $i) { id __typename } }", variables: { i: ["ticket_1", "x"] } },
];

const wide = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, index]));
const values = fc.constantFrom<unknown>(
  null,
  0,
  -1,
  1e308,
  "",
  "x".repeat(20_000),
  "\u0000",
  "\ud800",
  [],
  {},
  [[[[]]]],
  true,
  wide(3_000),
  Array(3_000).fill({ a: [1] }),
  JSON.parse(`${"[".repeat(45)}${"]".repeat(45)}`),
  "__proto__",
  { __proto__: null, toString: 1 },
);

/** Puts a value in the place of one that is somewhere inside. */
function replaced(value: unknown, path: readonly number[], by: unknown): unknown {
  if (path.length === 0 || value === null || typeof value !== "object") return by;
  const entries = Object.entries(value);
  const at = entries.length === 0 ? -1 : (path[0] as number) % entries.length;
  const changed = entries.map(([key, item], index) => [key, index === at ? replaced(item, path.slice(1), by) : item]);
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}

const bodies = fc.oneof(
  // A value that isn't what it should be.
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...good), fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), values)
      .map(([body, path, value]) => JSON.stringify({ ...body, variables: replaced(body.variables, path, value) })),
  },
  // A document with something cut out, doubled or put in.
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...good),
        fc.nat(120),
        fc.nat(60),
        fc.constantFrom(
          "",
          "{",
          "}",
          "@a",
          "...",
          "$",
          '"',
          "\u0000",
          " f{g}".repeat(300),
          "ticketz ",
          "a: ".repeat(50),
        ),
      )
      .map(([{ query, variables }, from, length, put]) =>
        JSON.stringify({ query: query.slice(0, from) + put + query.slice(from + length), variables }),
      ),
  },
  // Large: unknown keys, values, names.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      JSON.stringify({ query: good[0]?.query, variables: { f: { name: wide(60_000) } } }),
      JSON.stringify({ query: good[4]?.query, variables: { i: Array(60_000).fill({}) } }),
      JSON.stringify({ query: `{ ${"n".repeat(500_000)} }` }),
      JSON.stringify({ query: "{ __typename }", variables: { x: "y".repeat(900_000) } }),
      JSON.stringify({ query: `# ${"c".repeat(700_000)}\n{ __typename }` }),
    ),
  },
  // No JSON of ours at all.
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 400 }) },
);

const ways = ["HTTP", "stream", "socket"] as const;

it(`${count} mangled bodies: answers of at most the request and 16 kB, no bug, and nothing is kept`, async () => {
  const postgres = await startOwnPostgres();
  const server = await startProcess({
    DATABASE_URL: postgres.ownerUrl,
    TIKETTI_SECRET: "a secret for this test alone, of 32",
    TIKETTI_DEMO: "on",
    LOG_LEVEL: "error",
  });
  try {
    const key = /tk_[\w-]{43}/.exec(server.stderr())?.[0] as string;
    const seed = testSeed();
    const credentials = [{}, { authorization: `Bearer ${key}` }] as Record<string, string>[];
    const answersTo = async (body: string, way: (typeof ways)[number], headers: Record<string, string>) => {
      if (way === "socket") return onSocket(server.url, body, headers);
      const accept = way === "stream" ? "text/event-stream" : "application/json";
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept, ...headers },
        body,
        signal: AbortSignal.timeout(20_000),
      });
      if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return response.text();
      // A subscription that was begun tells nothing more.
      let text = "";
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk);
        if (!text.includes("event: next") && !text.includes("event: complete")) return text;
        if (text.includes("event: complete")) break;
      }
      return text;
    };
    let [answered, largest] = [0, 0];
    const run = async (list: string[]) => {
      const queue = list.entries();
      const work = async () => {
        for (const [index, body] of queue) {
          const way = ways[index % ways.length] as (typeof ways)[number];
          const text = await answersTo(
            body,
            way,
            credentials[Math.floor(index / ways.length) % 2] as Record<string, string>,
          );
          const what = `${index}, ${way}: ${body.slice(0, 300)}: ${text.slice(0, 300)}`;
          expect(text.length, what).toBeLessThanOrEqual(body.length + 16_000);
          expect(text, what).not.toContain('"INTERNAL"');
          largest = Math.max(largest, text.length - body.length);
          answered++;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    };
    // Caches are filled, and the code is compiled.
    await run(fc.sample(bodies, { numRuns: 300, seed: seed + 1 }));
    const before = await residentMb(server.pid);
    let latest = 0;
    const heart = beat(server.url, (ms) => {
      latest = Math.max(latest, ms);
    });
    await run(fc.sample(bodies, { numRuns: count, seed }));
    await heart.stop();
    let after = await residentMb(server.pid);
    for (
      const until = Date.now() + 60_000;
      after > before + 100 && Date.now() < until;
      after = await residentMb(server.pid)
    )
      await fetch(`${server.url}/health/live`);
    console.log(
      `${answered} answers, at most ${largest} bytes larger than the request; liveness ${Math.round(latest)} ms late at most; memory ${before} -> ${after} MB`,
    );
    expect(after).toBeLessThanOrEqual(before + 100);
  } finally {
    await server.stop("SIGTERM");
    await postgres.close();
  }
}, 240_000);

/** All that a socket answers to one message, until it is over or nothing more comes. */
async function onSocket(url: string, body: string, headers: Record<string, string>): Promise<string> {
  const socket = await LiveClient.connect(url, headers);
  const before = socket.messages.items.length;
  let text = "";
  socket.socket.on("message", (data) => {
    text += String(data);
  });
  let payload: unknown = body;
  try {
    payload = JSON.parse(body);
  } catch {}
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload }));
  socket.send(JSON.stringify({ type: "ping" }));
  await Promise.race([socket.closed, socket.messages.until((list) => list.length > before, "an answer")]);
  const { query } = (payload ?? {}) as { query?: unknown };
  await Promise.race([
    socket.closed,
    socket.messages.until((list) => list.some(({ id }) => id === "1"), "the operation's answer", 20_000),
    // A subscription that was begun tells nothing: how long it is silent is the subject.
    ...(String(query).includes("subscription") ? [delay(20)] : []),
  ]);
  await socket.close();
  const { code } = await socket.closed;
  return text || String(code);
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_000);
}

/** Asks again and again whether the process is awake, and tells how long each answer took. */
function beat(url: string, tell: (ms: number) => void): { stop(): Promise<void> } {
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      const asked = performance.now();
      await fetch(`${url}/health/live`).then((response) => response.text());
      tell(performance.now() - asked);
      await delay(20); // The pace of the heart.
    }
  })();
  return {
    async stop() {
      isOver = true;
      await running;
    },
  };
}
