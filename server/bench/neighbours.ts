/**
 * `npm run bench:neighbours`: how long one organization's list of tickets takes alone, and while another sends
 * what it may (the heaviest legal document) and what it may not (refused documents), 60 connections of each.
 */
import { Client } from "../test/testkit/client.ts";
import { startOwnPostgres } from "../test/testkit/own-postgres.ts";
import { runCommand, startProcess } from "../test/testkit/process.ts";

const connections = 60;
const seconds = 8;
const list =
  "{ tickets(first: 25) { nodes { code subject assignee { name } contact { name } company { name } labels { name } lastMessage { preview } } } }";
const heavy = `{ ${Array.from({ length: 14 }, (_, index) => `a${index}: tickets(first: 60) { nodes { code contact { name tickets(first: 8) { nodes { code } } } } }`).join(" ")} }`;
const refused = `{ ${"ticketz { id } ".repeat(200)} }`;

const postgres = await startOwnPostgres();
const environment = {
  DATABASE_URL: postgres.ownerUrl,
  TIKETTI_SECRET: "a secret for benchmarks only, never served with",
};
const server = await startProcess(environment);
const neighbour = await makeOrganization("NOISY");
const own = await makeOrganization("QUIET");

const before = await measure(own);
row("alone", before);
for (const [name, query] of [
  ["beside the heaviest legal document", heavy],
  ["beside refused documents", refused],
] as const) {
  const crowd = flood(neighbour, query);
  await pause(1_000);
  const during = await measure(own);
  const answered = await crowd.stop();
  row(`${name} (${answered})`, during);
  await pause(1_000);
}
await server.stop("SIGTERM");
await postgres.close();

async function makeOrganization(prefix: string): Promise<Client> {
  await runCommand(
    ["owner", "create", "--email", `${prefix}@bench.test`, "--organization", prefix, "--prefix", prefix],
    environment,
  );
  const key = ["api-key", "create", "--organization", prefix, "--name", "bench", "--role", "Admin"];
  const client = new Client(server.url, {
    authorization: `Bearer ${(await runCommand(key, environment)).stdout.trim()}`,
  });
  for (let index = 0; index < 100; index++)
    await client.get(
      `mutation { ticketCreate(input: { subject: "Ticket ${index}", description: "Hello", contact: { person: { email: "p${index % 10}@bench.test" } } }) { cursor } }`,
    );
  return client;
}

/** One after the other, as a person's screens ask. */
async function measure(client: Client): Promise<number[]> {
  const times: number[] = [];
  for (const until = Date.now() + seconds * 1_000; Date.now() < until; ) {
    const begun = performance.now();
    await client.ask(list);
    times.push(performance.now() - begun);
    await pause(20);
  }
  return times.sort((a, b) => a - b);
}

function flood(client: Client, query: string): { stop(): Promise<string> } {
  let isOver = false;
  const codes = new Map<string, number>();
  const running = Array.from({ length: connections }, async () => {
    while (!isOver) {
      const answer = await client.ask(query).catch(() => null);
      const code = answer?.errors[0]?.extensions.code ?? "answered";
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(running);
      return [...codes].map(([code, count]) => `${count} ${code}`).join(", ");
    },
  };
}

function row(name: string, times: number[]): void {
  const at = (share: number) =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] as number).toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${times.length} requests`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
