/** G1: probes with everything of another organization at every place of the schema. */
import {
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSchema } from "../../src/schema.ts";
import { Client } from "../testkit/client.ts";
import {
  type Furnished,
  furnish,
  leakIn,
  mutationFixtures,
  queryFixtures,
  type Variables,
  withoutOrganization,
} from "../testkit/fixtures.ts";
import { testSeed } from "../testkit/seed.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

const schema = buildSchema();
const secret = "zebra";
const probed = ["ID", "String", "EmailAddress", "Cursor", "ChangeCursor"];
let test: TestServer;
let ours: Furnished;
let theirs: Furnished;

beforeAll(async () => {
  test = await startTestServer();
  ours = await furnish(test.world, "ours", "ours");
  theirs = await furnish(test.world, "theirs", secret);
});
afterAll(() => test.close());

const sampleSize = 1_000;

/** 1,000 of the probes with each set of walls, others with each seed; TIKETTI_PROBES=all runs all of them. */
function sample(probes: Probe[]): Probe[] {
  if (process.env.TIKETTI_PROBES === "all") return probes;
  const step = Math.max(1, Math.floor(probes.length / sampleSize));
  const offset = testSeed() % step;
  return probes.filter((_, index) => index % step === offset).slice(0, sampleSize);
}

interface Probe {
  name: string;
  query: string;
  variables: Variables;
  where: string;
}

type Path = string[];

/** The places in an input type that take text of the probed kinds, to a depth. */
function places(type: GraphQLInputType, path: Path, depth: number): Path[] {
  const named = getNamedType(type);
  if (isScalarType(named)) return probed.includes(named.name) ? [path] : [];
  if (!isInputObjectType(named) || depth === 0) return [];
  return Object.values(named.getFields()).flatMap((field) => places(field.type, [...path, field.name], depth - 1));
}

/** The variables with a value at a place: lists and @oneOf inputs on the way hold only this. */
function withValue(base: unknown, type: GraphQLInputType, path: Path, value: string): unknown {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare))
    return [withValue(Array.isArray(base) ? base[0] : undefined, bare.ofType as GraphQLInputType, path, value)];
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (!isInputObjectType(bare)) throw new Error("a path leads through input objects");
  const field = bare.getFields()[name];
  const own = bare.isOneOf ? {} : ((base as Record<string, unknown>) ?? {});
  return {
    ...own,
    [name]: withValue(
      (base as Record<string, unknown> | undefined)?.[name],
      (field as { type: GraphQLInputType }).type,
      rest,
      value,
    ),
  };
}

function foreignValues(): string[] {
  return [
    theirs.ticket.id,
    theirs.ticket.code,
    theirs.contact.id,
    theirs.contact.email,
    theirs.contact.externalId,
    theirs.company.id,
    theirs.company.domain,
    theirs.label.id,
    theirs.label.name,
    theirs.message,
    theirs.role.id,
    theirs.role.name,
    theirs.admin.id,
    theirs.agent.email,
    theirs.apiKey,
    theirs.invitation.id,
    theirs.organization.id,
    theirs.pageCursor,
    theirs.changeCursor,
  ];
}

async function makeProbes(): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (const kind of ["query", "mutation"] as const) {
    const fields = (kind === "query" ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {};
    for (const field of Object.values(fields).filter(({ name }) => !withoutOrganization.includes(name))) {
      const fixture = (kind === "query" ? queryFixtures : mutationFixtures)[field.name];
      const base = await (fixture as (typeof queryFixtures)[string])(ours);
      const query = operationFor(kind, field, 3);
      for (const arg of field.args) {
        for (const path of places(arg.type, [], 4)) {
          for (const value of foreignValues()) {
            const variables = { ...base, [arg.name]: withValue(base[arg.name], arg.type, path, value) };
            if (arg.name === "before") Object.assign(variables, { last: 2, first: undefined });
            probes.push({ name: field.name, query, variables, where: [arg.name, ...path].join(".") });
          }
        }
      }
    }
  }
  return probes;
}

async function fingerprint(organizationId: string): Promise<string> {
  const tables = await test.database.query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id' and table_name <> 'ticket_prefixes'",
  );
  const parts = [];
  for (const { name } of tables) {
    const [row] = await test.database.query(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t where organization_id = $1`,
      [organizationId],
    );
    parts.push(`${name} ${row?.sum}`);
  }
  return parts.sort().join("\n");
}

async function run(probes: Probe[], client: Client): Promise<{ leaks: string[]; codes: Map<string, number> }> {
  const leaks: string[] = [];
  const codes = new Map<string, number>();
  let next = 0;
  const worker = async () => {
    for (let probe = probes[next++]; probe; probe = probes[next++]) {
      const { data, errors } = await client.ask(probe.query, probe.variables);
      const leak = leakIn(JSON.stringify(data), theirs, secret);
      if (leak) leaks.push(`${probe.name} ${probe.where}: ${leak}`);
      for (const { extensions, message } of errors) {
        codes.set(extensions.code, (codes.get(extensions.code) ?? 0) + 1);
        if (extensions.code === "INTERNAL")
          leaks.push(`${probe.name} ${probe.where} = ${JSON.stringify(probe.variables)}: INTERNAL`);
        if (message.includes(secret)) leaks.push(`${probe.name} ${probe.where}: ${message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { leaks, codes };
}

describe("probes with everything of another organization at every place of the schema", () => {
  it.each([
    ["with all walls up", {}],
    ["with the services' wall down", { isServiceScoping: false }],
    [
      "with the services' and the bound client's wall down: row security alone",
      { isServiceScoping: false, isClientScoping: false },
    ],
  ])(
    "find nothing %s",
    async (name, deps) => {
      const server = await startTestServer({ database: test.database, deps: { ...deps, isStrict: false } });
      const client = new Client(server.url, ours.admin.client.headers);
      const before = await fingerprint(theirs.organization.organizationId);
      const probes = sample(await makeProbes());
      const { leaks, codes } = await run(probes, client);
      console.log(
        `${probes.length} probes ${name}: ${leaks.length} leaks; refusals ${JSON.stringify(Object.fromEntries(codes))}`,
      );
      expect(probes.length).toBeGreaterThanOrEqual(1_000);
      expect(leaks).toEqual([]);
      expect(await fingerprint(theirs.organization.organizationId)).toBe(before);
      await server.close();
    },
    180_000,
  );

  it("would be found by this test if there were a leak", async () => {
    // The same probes as their own admin: if this finds nothing, the test above proves nothing.
    const server = await startTestServer({ database: test.database });
    const { leaks } = await run(
      sample(await makeProbes()).filter(({ query }) => query.startsWith("query")),
      new Client(server.url, theirs.admin.client.headers),
    );
    expect(leaks.length).toBeGreaterThan(100);
    await server.close();
  });
});
