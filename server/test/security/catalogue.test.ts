import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBreaches } from "../../src/db/catalogue.ts";
import { createServer } from "../../src/server.ts";
import { testSecret } from "../testkit/constants.ts";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";

let database: TestDatabase;
let app: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  app = new pg.Pool({ connectionString: database.appUrl, max: 1 });
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

describe("the database", () => {
  it("keeps organizations apart in every table, key, policy, role and function", async () => {
    expect(await findBreaches(app)).toEqual([]);
    const [{ count }] = (await database.query(
      "select count(*)::int as count from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity",
    )) as [{ count: number }];
    expect(count).toBeGreaterThanOrEqual(17);
  });

  it("has the columns of Prisma's data model and no others; the tables outside of it are few and named", async () => {
    const rows = (await database.query(
      "select table_name, column_name from information_schema.columns where table_schema = 'public'",
    )) as { table_name: string; column_name: string }[];
    const inDatabase = Map.groupBy(rows, ({ table_name }) => table_name);
    const inModel = modelColumns(
      readFileSync(path.resolve(import.meta.dirname, "../../../prisma/schema.prisma"), "utf8"),
    );
    // What exists before a tenant is known is read by functions alone.
    const outside = ["_prisma_migrations", "sessions", "ticket_prefixes", "tokens", "users"];
    expect([...inDatabase.keys()].filter((table) => !inModel.has(table)).toSorted()).toEqual(outside);
    for (const [table, columns] of inModel)
      expect((inDatabase.get(table) ?? []).map(({ column_name }) => column_name).toSorted(), table).toEqual(columns);
  });

  it.each([
    [
      "a table without row security",
      "create table stray (organization_id uuid not null, id uuid, primary key (organization_id, id))",
      "drop table stray",
      "table stray has no enforced row security",
    ],
    [
      "row security that isn't forced",
      "alter table tickets no force row level security",
      "alter table tickets force row level security",
      "table tickets has no enforced row security",
    ],
    [
      "a policy that shows everything",
      "create policy open on tickets using (true)",
      "drop policy open on tickets",
      "table tickets has a policy that lets tiketti_app past its tenant",
    ],
    [
      "an index that doesn't lead with the tenant",
      "create index stray on tickets (subject)",
      "drop index stray",
      "index stray of tickets does not lead with its tenant",
    ],
    [
      "a grant on what exists before a tenant",
      "grant select on users to tiketti_app",
      "revoke select on users from tiketti_app",
      "the role tiketti_app has a grant on users, which exists before a tenant is known",
    ],
    [
      "a foreign key without the tenant",
      "create table stray (organization_id uuid not null, id uuid unique, ticket uuid); alter table labels add column stray uuid references stray (id)",
      "alter table labels drop column stray; drop table stray",
      "does not carry its tenant",
    ],
    [
      "a function that everybody may call",
      "grant execute on function tiketti.find_login(text) to public",
      "revoke execute on function tiketti.find_login(text) from public",
      "the function tiketti.find_login(text) may be called by everybody",
    ],
  ])("is refused by the start because of %s", async (_name, breach, mend, complaint) => {
    await database.query(breach);
    const start = createServer({ databaseUrl: database.appUrl, secret: testSecret, host: "127.0.0.1", port: 0 });
    await expect(start).rejects.toThrow(complaint);
    await database.query(mend);
    expect(await findBreaches(app)).toEqual([]);
  });

  it("is refused by the start when the role can get around row security", async () => {
    const start = createServer({ databaseUrl: database.superuserUrl, secret: testSecret, host: "127.0.0.1", port: 0 });
    await expect(start).rejects.toThrow("the role postgres can get around row security");
  });

  it("shows the app's role no row of any table while no organization is set", async () => {
    const { rows } = await app.query(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity",
    );
    for (const { name } of rows)
      expect((await app.query(`select count(*)::int as count from ${name}`)).rows[0].count, name).toBe(0);
  });

  it("lets the app's role neither change the schema nor become another role", async () => {
    for (const statement of [
      "create table public.x (a int)",
      "alter table tickets disable row level security",
      "set role tiketti_gate",
      "set role tiketti_owner",
      "select * from users",
      "select * from tokens",
      "create function tiketti.x() returns int language sql as 'select 1'",
    ])
      await expect(app.query(statement), statement).rejects.toThrow(/permission denied|must be owner/);
  });
});

/** The columns of each table, as the data model names them. */
function modelColumns(schema: string): Map<string, string[]> {
  const models = [...schema.matchAll(/^model \w+ \{\n(.*?)^\}/gms)].map(([, body]) => body as string);
  const names = new Set([...schema.matchAll(/^model (\w+)/gm)].map(([, name]) => name));
  return new Map(
    models.map((body) => {
      const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)(\S*)(.*)$/gm)].filter(
        ([, , type]) => !names.has(type as string),
      );
      const columns = fields.map(
        ([, name, , , rest]) => /@map\("(\w+)"\)/.exec(rest as string)?.[1] ?? (name as string),
      );
      return [/@@map\("(\w+)"\)/.exec(body)?.[1] as string, columns.toSorted()] as const;
    }),
  );
}
