/** Writes at five times what the machine can do: each is done or refused with a code that says to come back, and nothing is lost. */
import { Agent, request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testSecret } from "../testkit/constants.ts";
import { startProcess } from "../testkit/process.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const isFull = process.env.TIKETTI_FULL_RUN === "1";
const seconds = isFull ? 60 : 15;

interface Answer {
  status: number;
  code: string | null;
  isRetryable: boolean;
  hasRetryAfter: boolean;
  /** It was written, and only what was asked to be read of it couldn't be answered: a 200 with what there is. */
  isWritten: boolean;
}

it(`${seconds} s at five times what it can: every refusal is typed and retryable, and what was acknowledged is there`, async () => {
  const shops: { world: OrganizationWorld; admin: Person; code: string }[] = [];
  for (let index = 0; index < 24; index++) {
    const world = await test.world.organization(`Shop ${index}`);
    shops.push({ world, admin: await world.member("Admin"), code: (await world.ticket({})).code });
  }
  const server = await startProcess({ DATABASE_URL: test.database.ownerUrl, TIKETTI_SECRET: testSecret });
  const agent = new Agent({ keepAlive: true, maxSockets: 4_000 });
  let made = 0;
  const acknowledged = {
    tickets: [] as string[],
    replies: [] as string[],
    contacts: [] as string[],
    updates: [] as string[],
  };
  type Kind = keyof typeof acknowledged;
  const write = (): Promise<[Kind, string, Answer]> => {
    const { admin, code } = shops[made % shops.length] as (typeof shops)[number];
    const kind = (["tickets", "replies", "contacts", "updates"] as const)[Math.floor(made / shops.length) % 4] as Kind;
    const mark = `mark-${++made}`;
    const query = {
      tickets: `mutation { ticketCreate(input: { subject: "${mark}", description: "d", contact: { person: { email: "${mark}@load.test" } } }) { ticket { code contact { name } } } }`,
      replies: `mutation { ticketReply(ticket: { code: "${code}" }, input: { bodyText: "${mark}", status: OPEN }) { message { id } ticket { status } } }`,
      contacts: `mutation { contactUpsert(input: { externalId: "${mark}", email: "${mark}@sync.test", name: "N" }) { results { outcome } } }`,
      updates: `mutation { ticketUpdate(ticket: { code: "${code}" }, input: { externalId: "${mark}", priority: HIGH }) { ticket { priority } } }`,
    }[kind];
    return send(server.url, agent, admin, query, mark).then((answer) => [kind, mark, answer]);
  };

  // What it can do: as many at once as it takes turns, for three seconds.
  let done = 0;
  const until = performance.now() + 3_000;
  await Promise.all(
    Array.from({ length: 24 }, async () => {
      while (performance.now() < until) if ((await write())[2].code === null) done++;
    }),
  );
  const perSecond = Math.max(20, done / 3);
  const answers: [Kind, string, Answer][] = [];
  const started = performance.now();
  const running = new Set<Promise<void>>();
  let sent = 0;
  while (performance.now() - started < seconds * 1_000) {
    const due = Math.floor(((performance.now() - started) / 1_000) * perSecond * 5);
    for (; sent < due; sent++) {
      const one: Promise<void> = write().then((answer) => {
        answers.push(answer);
        running.delete(one);
      });
      running.add(one);
    }
    await new Promise((resolve) => setTimeout(resolve, 5)); // The pace of the load.
  }
  await Promise.all(running);
  const codes = new Map<string, number>();
  for (const [, , { code, status }] of answers)
    codes.set(`${code ?? "done"} ${status}`, (codes.get(`${code ?? "done"} ${status}`) ?? 0) + 1);
  console.log(
    `${perSecond.toFixed(0)} a second alone; ${sent} sent in ${seconds} s: ${[...codes].map(([code, count]) => `${count} ${code}`).join(", ")}`,
  );
  const untyped = answers.filter(([, , { code, isRetryable, status, hasRetryAfter, isWritten }]) => {
    const isTold = isWritten ? status === 200 : hasRetryAfter && [429, 503].includes(status);
    return code !== null && !(isRetryable && isTold);
  });
  expect(untyped.slice(0, 3)).toEqual([]);
  for (const [kind, mark, { isWritten }] of answers) if (isWritten) acknowledged[kind].push(mark);
  // The load was one.
  expect(answers.filter(([, , { code }]) => code !== null).length).toBeGreaterThan(sent / 4);
  expect(acknowledged.tickets.length).toBeGreaterThan(0);
  const missing = async (marks: string[], statement: string) =>
    (
      await test.database.query(`select mark from unnest($1::text[]) mark where not exists (${statement})`, [marks])
    ).map(({ mark }) => mark);
  expect(await missing(acknowledged.tickets, "select from tickets where subject = mark")).toEqual([]);
  expect(await missing(acknowledged.replies, "select from messages where body_text = mark")).toEqual([]);
  expect(await missing(acknowledged.contacts, "select from contacts where external_id = mark")).toEqual([]);
  // Each was written once, and its change too; it may have been overwritten since.
  expect(await missing(acknowledged.updates, "select from changes where after->>'externalId' = mark")).toEqual([]);
  const doubled = await test.database.query(
    "select subject from tickets where subject like 'mark-%' group by 1 having count(*) > 1",
  );
  expect(doubled).toEqual([]);
  agent.destroy();
  await server.stop("SIGTERM");
  expect(server.stderr() + server.stdout()).not.toContain("a bug was masked");
}, 240_000);

/** Without fetch: thousands wait at once, and each byte that is spent on them is taken from the server. */
function send(url: string, agent: Agent, { client }: Person, query: string, key: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(
      `${url}/graphql`,
      {
        agent,
        method: "POST",
        headers: {
          ...client.headers,
          "content-type": "application/json",
          accept: "application/graphql-response+json",
          "idempotency-key": key,
        },
      },
      (res) => {
        let text = "";
        res.setEncoding("utf8");
        res.on("data", (part) => {
          text += part;
        });
        res.on("end", () => {
          const { data, errors } = JSON.parse(text) as {
            data?: Record<string, unknown> | null;
            errors?: { extensions: { code: string; isRetryable: boolean } }[];
          };
          const [error] = errors ?? [];
          resolve({
            status: res.statusCode as number,
            code: error?.extensions.code ?? null,
            isRetryable: error?.extensions.isRetryable === true,
            hasRetryAfter: res.headers["retry-after"] !== undefined,
            isWritten: Object.values(data ?? {}).some((one) => one !== null),
          });
        });
      },
    );
    req.on("error", reject);
    req.end(JSON.stringify({ query }));
  });
}
