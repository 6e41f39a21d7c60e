/**
 * `npm run bench:time -- [--entries 100000,1000000]`: the time report and the CSV export over so many
 * entries of one organization: milliseconds, statements' shape aside, and the server's peak memory.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startOwnPostgres } from "../test/testkit/own-postgres.ts";
import { type ServerProcess, startProcess } from "../test/testkit/process.ts";

const { values } = parseArgs({ options: { entries: { type: "string", default: "100000,1000000" } } });
const postgres = await startOwnPostgres();
const { client } = postgres;
const environment = {
  DATABASE_URL: postgres.ownerUrl,
  TIKETTI_SECRET: "a secret for benchmarks only, never served with",
  TIKETTI_DEMO: "on",
};
try {
  let key = "";
  for (const entries of values.entries.split(",").map(Number)) {
    // A process of its own for each: its peak is that of this size.
    const server = await startProcess(environment);
    key = /tk_[\w-]{43}/.exec(server.stderr())?.[0] ?? key;
    await fill(entries);
    await measure(server, key, entries);
    await server.stop("SIGTERM");
  }
} finally {
  await postgres.close();
}

async function fill(entries: number): Promise<void> {
  await client.query(
    `insert into time_entries (organization_id, id, member_id, ticket_id, ticket_code, ticket_subject, company_id, contact_id,
       description, worked_on, duration_minutes, billed_minutes, rate, rate_source, currency, amount, created_at, updated_at)
     select t.organization_id, gen_random_uuid(), m.id, t.id, t.code, t.subject, t.company_id, t.contact_id,
       'Looked at what happens when line ' || n || ' is printed, and why', date '2026-01-01' + (n % 300), 30, 30, 90, 'MEMBER',
       case when n % 10 = 0 then 'USD' else 'EUR' end, 45, now(), now()
     from generate_series(1, $1 - (select count(*) from time_entries)::int) n
     join lateral (select * from (select row_number() over (order by id) as place, * from tickets where organization_id = (
       select id from organizations where ticket_prefix = 'NORD')) list where place = 1 + n % 12) t on true
     join lateral (select * from (select row_number() over (order by id) as place, id from members where organization_id =
       t.organization_id) list where place = 1 + n % 5) m on true`,
    [entries],
  );
  await client.query("vacuum analyze time_entries");
}

async function measure(server: ServerProcess, key: string, entries: number): Promise<void> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const ask = async (query: string) => {
    const started = performance.now();
    const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
    const { data, errors } = (await response.json()) as { data: object; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return { data, ms: performance.now() - started };
  };
  const totals = "totals { entryCount minutes amounts { amount currency } }";
  const report = (groupBy: string) =>
    `{ timeReport(groupBy: [${groupBy}]) { ${totals} groups(first: 50) { nodes { keys { key name } ${totals} } } } }`;
  await ask(report("MONTH"));
  for (const groupBy of ["MONTH", "COMPANY, MONTH", "MEMBER, COMPANY, WEEK", "TICKET, MEMBER, DAY", "LABEL"]) {
    const times = [];
    for (let round = 0; round < 5; round++) times.push((await ask(report(groupBy))).ms);
    console.log(`${entries.toLocaleString("en")} entries, report by ${groupBy}: ${median(times).toFixed(0)} ms`);
  }
  const before = await memory(server.pid);
  const started = performance.now();
  const response = await fetch(`${server.url}/exports/time-entries.csv`, { headers });
  let [bytes, lines] = [0, -1];
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
  }
  const seconds = (performance.now() - started) / 1_000;
  const after = await memory(server.pid);
  console.log(
    `${entries.toLocaleString("en")} entries, export: ${lines.toLocaleString("en")} lines, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s (${Math.round(lines / seconds).toLocaleString("en")} lines/s); server's memory ${before.now} MB before, ${after.now} MB after, peak ${after.peak} MB`,
  );
}

function median(list: number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] as number;
}

/** In MB; from /proc, so on Linux only. */
async function memory(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: read("VmRSS"), peak: read("VmHWM") };
}
