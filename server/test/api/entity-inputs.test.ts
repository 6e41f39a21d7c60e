/** Whatever the table of an entity lets an input take is written: no field of the API is accepted and dropped. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allEntities, type Entity } from "../../src/entities/entity.ts";
import { columnOf, type Field } from "../../src/entities/field.ts";
import { parseAnyId } from "../../src/wire/ids.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

let counter = 0;

/** A value of the field's type that no other row has. */
function sample(name: string, { kind, options }: Field): unknown {
  if (name === "ticketPrefix") return `P${++counter}`;
  if (name === "phone") return `+49 30 ${100_000 + ++counter}`;
  const values: Record<string, unknown> = {
    ...{ String: `text ${++counter}`, HexColor: "#123456", CurrencyCode: "CHF", Int: 5, Boolean: true },
    ...{ DateTime: "2030-01-02T03:04:05.000Z", URL: "https://a.test/logo.png", TimeZone: "Europe/Paris" },
    ...{ EmailAddress: `x${++counter}@inputs.test`, TicketPriority: "URGENT" },
    ...{ OutboundMailboxMode: "DEFAULT", ClosedTicketReply: "REOPEN" },
  };
  const value = values[kind.graphql ?? "String"];
  // What has no output of its own kind are decimals here.
  if (kind.graphql === null) return `${++counter}.5000`;
  if (value === undefined)
    throw new Error(`Give a sample of ${kind.graphql}, for ${name} (${JSON.stringify(options)}).`);
  return value;
}

const taken = (entity: Entity, use: string) =>
  Object.entries(entity.fields).filter(([, { options }]) => options.inputs?.[use] !== undefined);

/** How a row of each entity is made and updated; an entity whose table has update fields and that isn't here fails. */
const ways: Record<string, { table: string; row(): Promise<string>; ref: string; except?: string[] }> = {
  Label: { table: "labels", ref: "label", row: async () => acme.globalId("Label", await acme.label()) },
  Company: { table: "companies", ref: "company", row: async () => acme.globalId("Company", await acme.company()) },
  Contact: { table: "contacts", ref: "contact", row: async () => acme.globalId("Contact", await acme.contact()) },
  Ticket: { table: "tickets", ref: "ticket", row: async () => (await acme.ticket()).id },
  Role: {
    table: "roles",
    ref: "role",
    row: async () => {
      const role = { name: `Role ${++counter}`, grants: [] };
      const mutation = "mutation ($input: RoleCreateInput!) { roleCreate(input: $input) { role { id } } }";
      return (await admin.client.get(mutation, { input: role })).roleCreate.role.id;
    },
  },
  // A member who is active can't be made so.
  Member: { table: "members", ref: "member", except: ["isActive"], row: async () => (await acme.member("Agent")).id },
  Organization: {
    table: "organizations",
    ref: "",
    row: async () => acme.globalId("Organization", acme.organizationId),
  },
};

const stored = async (table: string, id: string) =>
  (await test.database.query(`select * from ${table} where id = $1`, [uuidOf(id)]))[0] as Record<string, unknown>;
const uuidOf = (id: string) => parseAnyId(id).uuid;
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe("an update", () => {
  const updatable = allEntities().filter((entity) => taken(entity, "update").length > 0);
  it.each(updatable.map((entity) => [entity.name, entity] as const))(
    "of %s writes every field that its input takes, and says so in the change log",
    async (name, entity) => {
      const way = ways[name];
      if (!way) throw new Error(`Say how a row of ${name} is made.`);
      const id = await way.row();
      const lower = name.charAt(0).toLowerCase() + name.slice(1);
      const mutation = way.ref
        ? `mutation ($by: ${name}Ref!, $input: ${name}UpdateInput!) { ${lower}Update(${way.ref}: $by, input: $input) { isChanged cursor } }`
        : `mutation ($input: ${name}UpdateInput!) { ${lower}Update(input: $input) { isChanged cursor } }`;
      for (const [field, one] of taken(entity, "update")) {
        if (way.except?.includes(field)) continue;
        const before = await stored(way.table, id);
        const value = sample(field, one);
        const answer = await admin.client.get(mutation, { by: { id }, input: { [field]: value } });
        expect(answer[`${lower}Update`].isChanged, field).toBe(true);
        const after = await stored(way.table, id);
        const column = snake(columnOf(field, one));
        expect(after[column], field).not.toEqual(before[column]);
        const [change] = (await test.database.query(
          "select after -> $1 is distinct from before -> $1 as is_told from changes order by number desc limit 1",
          [columnOf(field, one)],
        )) as { is_told: boolean }[];
        expect(change?.is_told, field).toBe(true);
      }
    },
  );
});

describe("a new row", () => {
  it.each([
    ["Label", "labelCreate", () => ({})],
    ["Company", "companyCreate", () => ({})],
    ["Contact", "contactCreate", () => ({})],
    ["Ticket", "ticketCreate", () => ({ contact: { person: { email: "someone@inputs.test" } } })],
    ["Role", "roleCreate", () => ({ grants: [] })],
  ] as const)("of %s has every field that its input takes", async (name, mutation, beside) => {
    const entity = allEntities().find((one) => one.name === name) as Entity;
    const input = Object.fromEntries(taken(entity, "create").map(([field, one]) => [field, sample(field, one)]));
    const lower = name.charAt(0).toLowerCase() + name.slice(1);
    const answer = await admin.client.get(
      `mutation ($input: ${name}CreateInput!) { ${mutation}(input: $input) { ${lower} { id } } }`,
      { input: { ...input, ...beside() } },
    );
    const row = await stored((ways[name] as { table: string }).table, answer[mutation][lower].id);
    for (const [field, one] of taken(entity, "create")) expect(row[snake(columnOf(field, one))], field).not.toBeNull();
  });
});
