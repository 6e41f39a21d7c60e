/** kill -9 of a worker. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testSecret } from "../testkit/constants.ts";
import { type ServerProcess, startWorkerProcess } from "../testkit/process.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
const now = new Date();
const clock = { now: () => now };

beforeAll(async () => {
  test = await startTestServer({ deps: { clock } });
  acme = await test.world.organization("Acme");
});
afterAll(() => test.close());

describe("kill -9 of a worker", () => {
  it("lets its job run again within 60 s, by another worker", async () => {
    const environment = { DATABASE_URL: test.database.ownerUrl, TIKETTI_SECRET: testSecret };
    const label = await acme.label("Held");
    const ticket = await acme.ticket({ labelIds: [label] });
    await acme.write(async ({ tx, now: at, defer }) => {
      await tx.label.updateMany({ where: { id: label }, data: { deletedAt: at } });
      await defer({ kind: "LABEL_ROWS_REMOVE", labelId: label });
      return {};
    });
    // Somebody holds the ticket: the worker is in the middle of its job when it is killed.
    const holder = new pg.Client({ connectionString: test.database.superuserUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query("select 1 from tickets where id = $1 for update", [ticket.uuid]);
    const first = await startWorkerProcess(environment);
    const locked = "select locked_by from graphile_worker._private_jobs where locked_by is not null";
    await vi.waitFor(
      async () => expect(await test.database.query(`${locked} and key like 'organization %'`)).toHaveLength(1),
      {
        timeout: 20_000,
        interval: 50,
      },
    );
    await first.stop("SIGKILL");
    const killedAt = Date.now();
    await holder.query("rollback");
    await holder.end();
    const second: ServerProcess = await startWorkerProcess(environment);
    await vi.waitFor(
      async () =>
        expect(await test.database.query("select 1 from ticket_labels where label_id = $1", [label])).toEqual([]),
      {
        timeout: 60_000,
        interval: 100,
      },
    );
    await vi.waitFor(async () => expect(await test.database.query(locked)).toEqual([]), {
      timeout: 75_000,
      interval: 200,
    });
    console.log(`the killed worker's jobs were done ${((Date.now() - killedAt) / 1_000).toFixed(1)} s after the kill`);
    expect(await second.stop("SIGTERM")).toBe(0);
  }, 120_000);
});
