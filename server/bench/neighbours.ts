/**
 * `npm run bench:neighbours`: how long one organization's list of tickets takes alone, and beside another that sends the
 * heaviest legal document and refused documents (60 connections of each), has 800 subscriptions to what changes, and
 * exports and relabels 50,000 rows.
 */
import { Client } from "../test/testkit/client.ts";
import { LiveClient } from "../test/testkit/live.ts";
import { startOwnPostgres } from "../test/testkit/own-postgres.ts";
import { runCommand, startProcess } from "../test/testkit/process.ts";

const connections = 60;
const seconds = 8;
const rows = 50_000;
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

await fill(postgres.client, "NOISY");
const before = await measure(own);
row("alone", before);
for (const [name, crowd] of [
  ["beside the heaviest legal document", () => flood(neighbour, heavy)],
  ["beside 800 subscriptions and changes", () => subscribe(neighbour)],
  ["beside exports and jobs of 50,000 rows", () => exportAndLabel(neighbour)],
  ["beside refused documents", () => flood(neighbour, refused)],
] as const) {
  const running = await crowd();
  await pause(1_000);
  const during = await measure(own);
  row(`${name} (${await running.stop()})`, during);
  await pause(1_000);
}
await server.stop("SIGTERM");
await postgres.close();

/** 50,000 tickets and time entries, and a label on all of those tickets. */
async function fill(client: typeof postgres.client, prefix: string): Promise<void> {
  const one = "(select id from organizations where ticket_prefix = $1)";
  await client.query(
    `insert into tickets (organization_id, id, prefix, number, subject, status, priority, channel, contact_id, created_at, updated_at, last_activity_at)
     select ${one}, gen_random_uuid(), $1, 1000 + n, 'Subject ' || n, 'PENDING', 1, 'API',
       (select id from contacts where organization_id = ${one} limit 1), now(), now(), now() from generate_series(1, $2) n`,
    [prefix, rows],
  );
  await client.query(
    `insert into time_entries (organization_id, id, member_id, ticket_id, ticket_code, ticket_subject, contact_id,
       description, worked_on, duration_minutes, billed_minutes, rate, rate_source, currency, amount, created_at, updated_at)
     select t.organization_id, gen_random_uuid(), (select id from members where organization_id = t.organization_id limit 1),
       t.id, t.code, t.subject, t.contact_id, 'Looked at it, and why', current_date, 30, 30, 90, 'MEMBER', 'EUR', 45, now(), now()
     from tickets t where t.organization_id = ${one} and t.number > 1000`,
    [prefix],
  );
  await client.query("vacuum analyze");
}

/** A label on all of the 50,000, whose removal is a job. */
async function label(organization: Client): Promise<string> {
  const made = await organization.get(
    `mutation { labelCreate(input: { name: "Everywhere ${Date.now()}", color: "#3b82f6" }) { label { id name } } }`,
  );
  await postgres.client.query(
    `insert into ticket_labels (organization_id, ticket_id, label_id)
     select t.organization_id, t.id, l.id from labels l join tickets t using (organization_id) where l.name = $1`,
    [made.labelCreate.label.name],
  );
  return made.labelCreate.label.id;
}

/** Three exports over and over, by a key each, and the jobs of a deleted label. */
async function exportAndLabel(organization: Client): Promise<Crowd> {
  let isOver = false;
  let exported = 0;
  const id = await label(organization);
  await organization.get(`mutation { labelDelete(label: { id: "${id}" }) { cursor } }`);
  const readers = await Promise.all([1, 2, 3].map(() => makeKey("NOISY")));
  const running = readers.map(async (key) => {
    while (!isOver) {
      const answer = await fetch(`${server.url}/exports/time-entries.csv`, {
        headers: { authorization: `Bearer ${key}` },
      });
      if (!answer.ok) throw new Error(await answer.text());
      for await (const chunk of answer.body ?? []) exported += chunk.length;
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(running);
      const { rows: left } = await postgres.client.query("select count(*)::int as count from ticket_labels");
      return `${Math.round(exported / 1e6)} MB, ${rows - left[0].count} of ${rows} labels removed`;
    },
  };
}

/** 800 subscriptions of one key with the role Viewer, no two alike, while another key changes tickets. */
async function subscribe(organization: Client): Promise<Crowd> {
  const key = await makeKey("NOISY", "Viewer");
  const sockets = await Promise.all(
    Array.from({ length: 16 }, () => LiveClient.connect(server.url, { authorization: `Bearer ${key}` })),
  );
  const subscriptions = sockets.flatMap((socket, at) =>
    Array.from({ length: 50 }, (_, index) =>
      socket.subscribe(
        `subscription { s${at}x${index}: ticketsChanged { setChange ticket { code subject contact { name company { name } tickets(first: 5) { nodes { code } } } } } }`,
      ),
    ),
  );
  await pause(2_000);
  const { tickets } = await organization.get("{ tickets(first: 20) { nodes { id } } }");
  let isOver = false;
  let changes = 0;
  const writing = (async () => {
    while (!isOver) {
      const { id } = tickets.nodes[changes % tickets.nodes.length];
      await organization.ask(
        `mutation { ticketUpdate(ticket: { id: "${id}" }, input: { subject: "Changed ${changes}" }) { cursor } }`,
      );
      changes++;
      await pause(100);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await writing;
      const refused = subscriptions.flatMap(({ errors }) => errors ?? []);
      if (refused.length > 0) throw new Error(refused[0]?.message);
      const told = subscriptions.reduce((total, { results }) => total + results.items.length, 0);
      await Promise.all(sockets.map((socket) => socket.close()));
      return `${changes} changes, ${told} events`;
    },
  };
}

async function makeOrganization(prefix: string): Promise<Client> {
  await runCommand(
    ["owner", "create", "--email", `${prefix}@bench.test`, "--organization", prefix, "--prefix", prefix],
    environment,
  );
  const client = new Client(server.url, { authorization: `Bearer ${await makeKey(prefix)}` });
  for (let index = 0; index < 100; index++)
    await client.get(
      `mutation { ticketCreate(input: { subject: "Ticket ${index}", description: "Hello", contact: { person: { email: "p${index % 10}@bench.test" } } }) { cursor } }`,
    );
  return client;
}

async function makeKey(prefix: string, role = "Admin"): Promise<string> {
  const command = ["api-key", "create", "--organization", prefix, "--name", "bench", "--role", role];
  return (await runCommand(command, environment)).stdout.trim();
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

interface Crowd {
  /** What it had, in words. */
  stop(): Promise<string>;
}

function flood(client: Client, query: string): Crowd {
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
