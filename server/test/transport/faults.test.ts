/** What Prisma, Pothos, yoga, graphql and PostgreSQL throw, and the answer that a client gets: none raw. */

import { Writable } from "node:stream";
import { GraphQLError } from "graphql";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "../../src/db/index.ts";
import { toWireError } from "../../src/schema/error-format.ts";
import { DomainError } from "../../src/wire/errors.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
const logged: string[] = [];
const log = pino(
  { level: "debug" },
  new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  }),
);

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const raw =
  /prisma|invocation|SQLSTATE|relation|constraint|violates|syntax error|null value|permission denied|row-level|node_modules|ECONN|socket|terminat|pg_|adapter/i;

/** Real statements that PostgreSQL refuses, through Prisma's pool and through pg's. */
const refusals: [name: string, sql: string, code: string][] = [
  ["a syntax error", "selekt 1", "INTERNAL"],
  ["a missing table", "select * from nowhere", "INTERNAL"],
  ["a missing column", "select nothing from tickets", "INTERNAL"],
  ["a missing function", "select nothing()", "INTERNAL"],
  ["division by zero", "select 1/0", "INTERNAL"],
  ["a number out of range", "select 99999999999::int", "INTERNAL"],
  ["text that is no number", "select 'x'::int", "INTERNAL"],
  ["text that is no uuid", "select 'x'::uuid", "INTERNAL"],
  ["text that is no date", "select 'x'::timestamptz", "INTERNAL"],
  ["text that is no JSON", "select 'x'::jsonb", "INTERNAL"],
  ["a bad pattern", "select 'a' ~ '('", "INTERNAL"],
  ["a table that is closed to the role", "select * from users", "INTERNAL"],
  ["a function that is closed to the role", "select tiketti.role_json(null, null)", "INTERNAL"],
  ["a table of its own", "create table x (a int)", "INTERNAL"],
  [
    "a row past the policy",
    "insert into labels (organization_id, id, name, name_key, color, created_at, updated_at) values (gen_random_uuid(), gen_random_uuid(), 'x', 'x', '#000000', now(), now())",
    "INTERNAL",
  ],
  [
    "a missing value",
    "insert into labels (organization_id, id) values (gen_random_uuid(), gen_random_uuid())",
    "INTERNAL",
  ],
  ["a broken check", "update organizations set reopen_within_days = -1", "INTERNAL"],
  ["a statement that takes too long", "set local statement_timeout = 20; select pg_sleep(5)", "UNAVAILABLE"],
  ["a deadlock", "do $$ begin raise sqlstate '40P01'; end $$", "CONFLICT"],
  ["a serialization failure", "do $$ begin raise sqlstate '40001'; end $$", "CONFLICT"],
  ["a lock that isn't free", "do $$ begin raise sqlstate '55P03'; end $$", "CONFLICT"],
  ["a full disk", "do $$ begin raise sqlstate '53100'; end $$", "UNAVAILABLE"],
  ["no memory", "do $$ begin raise sqlstate '53200'; end $$", "UNAVAILABLE"],
  ["too many connections", "do $$ begin raise sqlstate '53300'; end $$", "UNAVAILABLE"],
  ["a shutdown by the operator", "do $$ begin raise sqlstate '57P01'; end $$", "UNAVAILABLE"],
  ["a crash elsewhere", "do $$ begin raise sqlstate '57P02'; end $$", "UNAVAILABLE"],
  ["a server that starts up", "do $$ begin raise sqlstate '57P03'; end $$", "UNAVAILABLE"],
  ["a read-only server", "do $$ begin raise sqlstate '25006'; end $$", "UNAVAILABLE"],
  ["a lost connection", "do $$ begin raise sqlstate '08006'; end $$", "UNAVAILABLE"],
  ["a transaction that failed before", "do $$ begin raise sqlstate '25P02'; end $$", "INTERNAL"],
];

async function thrown(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function expectMasked(error: unknown, code: string): void {
  const wire = toWireError(error, "req_test", { log, errorCounts: new Map() });
  expect(wire.extensions.code).toBe(code);
  expect(wire.extensions.requestId).toBe("req_test");
  expect(wire.message).not.toMatch(raw);
  expect(JSON.stringify(wire.toJSON())).not.toMatch(raw);
  if (code === "INTERNAL") expect(logged.at(-1)).toContain("req_test");
}

describe("what PostgreSQL refuses", () => {
  it.each(refusals)("through pg: %s", async (_name, sql, code) => {
    const client = new pg.Client({ connectionString: test.database.appUrl });
    await client.connect();
    await client.query(`select set_config('tiketti.organization_id', '${acme.organizationId}', false)`);
    const error = await thrown(() => client.query(`begin; ${sql}`));
    await client.end();
    expectMasked(error, code);
  });

  it.each(refusals.filter(([, sql]) => !sql.includes(";") || sql.startsWith("do $$")))(
    "through Prisma: %s",
    async (_name, sql, code) => {
      const db = test.server.services.database.for(acme.organizationId);
      expectMasked(await thrown(() => db.$executeRawUnsafe(sql)), code);
    },
  );
});

describe("what Prisma, Pothos and graphql throw", () => {
  it.each([
    [
      "a unique constraint",
      async () =>
        acme.write(async ({ tx }) => {
          await tx.changeHead.create({ data: { organizationId: acme.organizationId } });
          return {};
        }),
      "INTERNAL",
    ],
    [
      "a foreign key",
      async () =>
        acme.write(async ({ tx, now }) => {
          await tx.ticketLabel.create({
            data: {
              organizationId: acme.organizationId,
              ticketId: "0198e0f4-0000-7000-8000-000000000000",
              labelId: "0198e0f4-0000-7000-8000-000000000000",
            },
          });
          void now;
          return {};
        }),
      "CONFLICT",
    ],
    [
      "a row that isn't there",
      async () =>
        acme.write(async ({ tx }) => {
          await tx.label.update({
            where: {
              organizationId_id: { organizationId: acme.organizationId, id: "0198e0f4-0000-7000-8000-000000000000" },
            },
            data: { name: "x" },
          });
          return {};
        }),
      "INTERNAL",
    ],
    [
      "wrong arguments",
      async () =>
        test.server.services.database.for(acme.organizationId).ticket.findMany({ where: { nope: 1 } as never }),
      "INTERNAL",
    ],
    [
      "another organization's row",
      async () =>
        acme.write(async ({ tx, now }) => {
          await tx.label.create({
            data: {
              organizationId: "0198e0f4-0000-7000-8000-000000000000",
              id: "0198e0f4-0000-7000-8000-000000000000",
              name: "x",
              nameKey: "x",
              color: "#000000",
              createdAt: now,
              updatedAt: now,
            },
          });
          return {};
        }),
      "INTERNAL",
    ],
    [
      "a missing row that was required",
      async () =>
        test.server.services.database.for(acme.organizationId).ticket.findUniqueOrThrow({
          where: {
            organizationId_id: { organizationId: acme.organizationId, id: "0198e0f4-0000-7000-8000-000000000000" },
          },
        }),
      "NOT_FOUND",
    ],
    [
      "a TypeError of ours",
      async () => {
        (null as unknown as { x: () => void }).x();
      },
      "INTERNAL",
    ],
    [
      "a thrown text",
      async () => {
        throw "postgres said no";
      },
      "INTERNAL",
    ],
    [
      "a thrown nothing",
      async () => {
        throw undefined;
      },
      "INTERNAL",
    ],
    [
      "an error with a secret in it",
      async () => {
        throw new Error("password=hunter2 at /srv/app/node_modules/pg/x.ts:1");
      },
      "INTERNAL",
    ],
    [
      "a GraphQLError around a bug",
      async () => {
        throw new GraphQLError("wrapped", { originalError: new Error("prisma broke") });
      },
      "INTERNAL",
    ],
    [
      "a DomainError around a database error",
      async () => {
        throw new DomainError("CONFLICT", "Try again.", { cause: new Error("relation broke") });
      },
      "CONFLICT",
    ],
    [
      "a client that couldn't start",
      async () => {
        throw new Prisma.PrismaClientInitializationError("prisma can't reach", "7");
      },
      "INTERNAL",
    ],
    [
      "no connection in time",
      async () => {
        throw new Prisma.PrismaClientKnownRequestError("prisma pool", { code: "P2024", clientVersion: "7" });
      },
      "UNAVAILABLE",
    ],
    [
      "a transaction that couldn't start",
      async () => {
        throw new Prisma.PrismaClientKnownRequestError("prisma tx", { code: "P2028", clientVersion: "7" });
      },
      "UNAVAILABLE",
    ],
    ["a refused connection", async () => new pg.Client({ host: "127.0.0.1", port: 1 }).connect(), "UNAVAILABLE"],
  ] as [string, () => Promise<unknown>, string][])("%s", async (_name, run, code) => {
    expectMasked(await thrown(run), code);
  });
});

describe("a database that is away", () => {
  it("answers UNAVAILABLE, retryable, also to sign-in, and serves again when it is back", async () => {
    const name = new URL(test.database.superuserUrl).pathname.slice(1);
    const admin = new pg.Client({ connectionString: test.database.superuserUrl.replace(name, "postgres") });
    await admin.connect();
    await admin.query(`alter database ${name} with allow_connections false`);
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    for (const query of [
      "{ viewer { roleName } }",
      "{ tickets { totalCount } }",
      'mutation { signIn(input: { email: "a@b.test", password: "x" }) { accessToken } }',
    ]) {
      const { errors } = await ada.client.ask(query);
      expect(errors[0]?.extensions, query).toMatchObject({ code: "UNAVAILABLE", isRetryable: true });
      expect(errors[0]?.message).not.toMatch(raw);
    }
    expect((await fetch(`${test.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${test.url}/health/live`)).status).toBe(200);
    await admin.query(`alter database ${name} with allow_connections true`);
    await admin.end();
    expect(await ada.client.code("{ viewer { roleName } }")).toBeNull();
    expect((await fetch(`${test.url}/health/ready`)).status).toBe(200);
  });
});
