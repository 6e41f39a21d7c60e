/** G9 and G10, the short runs: kill -9 of the server in the middle of writes. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, Client } from "../testkit/client.ts";
import { testSecret } from "../testkit/constants.ts";
import { type ServerProcess, startProcess } from "../testkit/process.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const create =
  'mutation ($subject: String!) { ticketCreate(input: { subject: $subject, contact: { person: { email: "same@mail.test" } }, description: "x" }) { ticket { id code } message { id } } }';

/** A server process that is killed and started again; requests find whichever runs. */
class Phoenix {
  #process: Promise<ServerProcess>;
  kills = 0;
  readonly #environment: Record<string, string>;

  constructor(environment: Record<string, string>) {
    this.#environment = environment;
    this.#process = startProcess(environment);
  }

  async url(): Promise<string> {
    return (await this.#process).url;
  }

  async kill(): Promise<void> {
    const running = await this.#process;
    this.kills++;
    this.#process = running.stop("SIGKILL").then(() => startProcess(this.#environment));
    await this.#process;
  }

  async end(): Promise<void> {
    await (await this.#process).stop("SIGKILL");
  }
}

/** The answer; null when the server was killed under the request. */
async function tryAsk(
  phoenix: Phoenix,
  headers: Record<string, string>,
  variables: Record<string, unknown>,
): Promise<Answer | null> {
  try {
    return await new Client(await phoenix.url(), headers).ask(create, variables);
  } catch {
    return null;
  }
}

function rise(): Phoenix {
  return new Phoenix({ DATABASE_URL: test.database.ownerUrl, TIKETTI_SECRET: testSecret });
}

async function expectNoHoles(acme: OrganizationWorld): Promise<void> {
  const [changes] = await test.database.query(
    "select count(*)::int as count, max(number)::int as last, (select last_number::int from change_heads where organization_id = $1) as head from changes where organization_id = $1",
    [acme.organizationId],
  );
  expect([changes?.count, changes?.last]).toEqual([changes?.head, changes?.head]);
  const [tickets] = await test.database.query(
    "select count(*)::int as count, max(number) as last from tickets where organization_id = $1",
    [acme.organizationId],
  );
  expect(tickets?.count).toBe(tickets?.last);
}

describe("F1, F2: kill -9 of the server", () => {
  it("100 idempotency keys x 8 parallel copies with 5 kills have exactly 100 effects", async () => {
    const acme = await test.world.organization("Acme");
    const { client } = await acme.apiKey("Admin");
    const phoenix = rise();
    let answers = 0;
    let killing: Promise<void> | null = null;
    const codes = new Map<string, Set<string>>();
    const send = async (key: string) => {
      for (;;) {
        const answer = await tryAsk(
          phoenix,
          { ...client.headers, "idempotency-key": key },
          { subject: `effect ${key}` },
        );
        if (answer?.data?.ticketCreate) {
          codes.set(key, (codes.get(key) ?? new Set()).add(answer.data.ticketCreate.ticket.code));
          // Each kill comes in the middle of the other requests, at a place that the load decides.
          if (++answers % 120 === 0 && phoenix.kills < 5) killing = phoenix.kill();
          return;
        }
        const code = answer?.errors[0]?.extensions.code;
        if (answer && !answer.errors[0]?.extensions.isRetryable)
          throw new Error(`${code}: ${answer.errors[0]?.message}`);
      }
    };
    const keys = Array.from({ length: 100 }, () => randomUUID());
    const queue = keys.flatMap((key) => Array.from({ length: 8 }, () => key));
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        for (let key = queue.shift(); key; key = queue.shift()) await send(key);
      }),
    );
    await killing;
    await phoenix.end();
    expect(phoenix.kills).toBe(5);
    const rows = await test.database.query(
      "select subject, count(*)::int as count from tickets where organization_id = $1 group by subject",
      [acme.organizationId],
    );
    expect(rows).toHaveLength(100);
    expect(rows.every(({ count }) => count === 1)).toBe(true);
    for (const key of keys) expect(codes.get(key)?.size, key).toBe(1);
    await expectNoHoles(acme);
  }, 180_000);

  it("10 kills under write load lose no acknowledged write and leave no hole in the change log", async () => {
    const acme = await test.world.organization("Acme");
    const { client } = await acme.apiKey("Admin");
    const phoenix = rise();
    const acknowledged: string[] = [];
    let killing: Promise<void> | null = null;
    await Promise.all(
      Array.from({ length: 12 }, async (_, worker) => {
        for (let round = 0; phoenix.kills < 10; round++) {
          const subject = `write ${worker}-${round}`;
          const answer = await tryAsk(phoenix, client.headers, { subject });
          if (!answer?.data?.ticketCreate) continue;
          acknowledged.push(subject);
          if (acknowledged.length % 60 === 0 && phoenix.kills < 10) killing = phoenix.kill();
        }
      }),
    );
    await killing;
    await phoenix.end();
    const rows = await test.database.query(
      "select subject, (select count(*)::int from messages m where m.organization_id = t.organization_id and m.ticket_id = t.id) as messages from tickets t where organization_id = $1",
      [acme.organizationId],
    );
    const kept = new Set(rows.map(({ subject }) => subject));
    expect(acknowledged.filter((subject) => !kept.has(subject))).toEqual([]);
    expect(rows.every(({ messages }) => messages === 1)).toBe(true);
    await expectNoHoles(acme);
    console.log(`${acknowledged.length} acknowledged writes, ${rows.length} kept, ${phoenix.kills} kills`);
  }, 180_000);
});
