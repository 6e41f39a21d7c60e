/**
 * `npm run bench -- [--scale 1] [--seconds 4] [--rounds 5] [--profile]`: requests a second of the main
 * operations at 8 connections, in interleaved rounds, medians; for reads the ratio to the limit, one
 * hand-written statement with the same answer served by node:http in the same run.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import autocannon from "autocannon";
import pg from "pg";
import { newToken, tokenHash, visiblePrefix } from "../src/auth/tokens.ts";
import { startEmbedded } from "../src/db/embedded.ts";
import { roleUrl, usualRoles } from "../src/db/roles.ts";
import { setUpDatabase } from "../src/db/set-up.ts";
import { newUuid } from "../src/lib/uuid.ts";
import { type Case, casesFor } from "./cases.ts";
import { generate } from "./generate.ts";
import { type Profile, printProfile } from "./profile.ts";

const { values } = parseArgs({
  options: {
    scale: { type: "string", default: "1" },
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "5" },
    profile: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(
    "npm run bench -- [--scale 1] [--seconds 4] [--rounds 5] [--profile]\n\nscale 1: 20 organizations, 100,000 tickets, 400,000 messages. --profile also tells where Node's time goes.",
  );
  process.exit(0);
}
const connections = 8;
const secret = "a secret for benchmarks only, never served with";
const [seconds, rounds, scale] = [values.seconds, values.rounds, values.scale].map(Number) as [number, number, number];

const folder = await mkdtemp(path.join(tmpdir(), "tiketti-bench-"));
const postgres = await startEmbedded({ folder });
const client = new pg.Client({ connectionString: postgres.superuserUrl("postgres") });
await client.connect();
let child: ChildProcess | null = null;
try {
  await prepareDatabase();
  const started = performance.now();
  const generated = await generate(client, scale);
  console.log(
    `${generated.tickets.toLocaleString("en")} tickets, ${generated.messages.toLocaleString("en")} messages in 20 organizations, written in ${((performance.now() - started) / 1_000).toFixed(0)} s; ${cpus().length} cores, Node ${process.version}, ${connections} connections, ${rounds} rounds of ${seconds} s`,
  );
  const key = await makeKey(generated.organizationId);
  const cases = casesFor(generated.threadCode);
  const urls = await startServers(generated);
  await refuseDifferentAnswers(cases, urls, key);
  await measureAll(cases, urls, key);
  if (values.profile) await profile(cases[0] as Case, urls.url, key);
} finally {
  if (child) await stop(child);
  await client.end();
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
}

async function prepareDatabase(): Promise<void> {
  await client.query("create role tiketti_owner login password 'owner'");
  await client.query("alter database postgres owner to tiketti_owner");
  await client.query("alter schema public owner to tiketti_owner");
  const superuserUrl = postgres.superuserUrl("postgres");
  const ownerUrl = new URL(superuserUrl);
  ownerUrl.username = "tiketti_owner";
  ownerUrl.password = "owner";
  await setUpDatabase({ admin: client, roles: usualRoles, secret, ownerRole: "tiketti_owner" }, ownerUrl.href);
}

/** A key of the Agent role: every access rule is asked. */
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

function startServers(generated: {
  organizationId: string;
  threadCode: string;
}): Promise<{ url: string; limitUrl: string }> {
  const superuserUrl = postgres.superuserUrl("postgres");
  const options = { ...generated, superuserUrl, databaseUrl: roleUrl(usualRoles.app, superuserUrl, secret), secret };
  const started = fork(path.join(import.meta.dirname, "servers.ts"), [JSON.stringify(options)]);
  child = started;
  return new Promise((resolve, reject) => {
    started.once("message", (message) => resolve(message as { url: string; limitUrl: string }));
    started.once("exit", (code) => reject(new Error(`the servers ended with ${code}`)));
  });
}

async function stop(started: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => started.once("exit", resolve));
  if (started.exitCode === null && started.kill("SIGTERM")) await ended;
}

function headers(key: string): Record<string, string> {
  return {
    "content-type": "application/json",
    accept: "application/graphql-response+json",
    authorization: `Bearer ${key}`,
  };
}

async function ask(url: string, { query, variables }: Case, key: string): Promise<unknown> {
  const body = JSON.stringify({ query, variables: variables(0) });
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: headers(key), body });
  return response.json();
}

/** A ratio says something only between the same answers. */
async function refuseDifferentAnswers(
  cases: Case[],
  urls: { url: string; limitUrl: string },
  key: string,
): Promise<void> {
  for (const [index, one] of cases.entries()) {
    const answer = (await ask(urls.url, one, key)) as { data?: unknown; errors?: unknown };
    if (answer.errors) throw new Error(`${one.name}: ${JSON.stringify(answer.errors)}`);
    if (!one.statement) continue;
    const limit = await (await fetch(`${urls.limitUrl}/${index}`)).json();
    if (!isDeepStrictEqual(answer, limit))
      throw new Error(`${one.name}: the answers differ\n${JSON.stringify(answer)}\n${JSON.stringify(limit)}`);
  }
}

interface Figures {
  rate: number;
  p50: number;
  p99: number;
}

async function measure(url: string, one: Case | null, key: string, ms: number): Promise<Figures> {
  let turn = 0;
  const result = await autocannon({
    url: one ? `${url}/graphql` : url,
    connections,
    duration: ms / 1_000,
    ...(one
      ? {
          method: "POST" as const,
          headers: headers(key),
          requests: [
            {
              method: "POST" as const,
              path: "/graphql",
              setupRequest: (request: { body?: string }) => ({
                ...request,
                body: JSON.stringify({ query: one.query, variables: one.variables(turn++) }),
              }),
            },
          ],
        }
      : {}),
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx} answers weren't 2xx, ${result.errors} requests failed`);
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

async function measureAll(cases: Case[], urls: { url: string; limitUrl: string }, key: string): Promise<void> {
  const ours = cases.map((): Figures[] => []);
  const limits = cases.map((): Figures[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, one] of cases.entries()) {
      // The first round warms up what compiles and caches.
      const ms = round < 0 ? 1_500 : seconds * 1_000;
      const own = await measure(urls.url, one, key, ms);
      const limit = one.statement ? await measure(`${urls.limitUrl}/${index}`, null, key, ms) : null;
      if (round < 0) continue;
      ours[index]?.push(own);
      if (limit) limits[index]?.push(limit);
    }
  }
  console.log(
    "\n| operation | requests/s | p50 ms | p99 ms | limit requests/s | ratio |\n| --- | --- | --- | --- | --- | --- |",
  );
  for (const [index, one] of cases.entries()) {
    const own = ours[index] as Figures[];
    const limit = limits[index] as Figures[];
    const ratio = limit.length > 0 ? median(own.map(({ rate }, round) => rate / (limit[round] as Figures).rate)) : null;
    console.log(
      `| ${one.name} | ${median(own.map(({ rate }) => rate)).toFixed(0)} | ${median(own.map(({ p50 }) => p50))} | ${median(own.map(({ p99 }) => p99))} | ${ratio === null ? "" : median(limit.map(({ rate }) => rate)).toFixed(0)} | ${ratio === null ? "" : ratio.toFixed(2)} |`,
    );
  }
}

function median(list: number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;
}

async function profile(one: Case, url: string, key: string): Promise<void> {
  const server = child as ChildProcess;
  const answer = once(server, "message");
  server.send("profile");
  const { rate } = await measure(url, one, key, 10_000);
  server.send("report");
  const [{ profile: profiled }] = (await answer) as [{ profile: Profile }];
  printProfile(profiled, Math.round(rate * 10));
}
