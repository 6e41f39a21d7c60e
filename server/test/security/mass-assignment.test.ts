/** T8: fields that an input must not set, by role. */
import { getNamedType, isInputObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionEnumValue, permissionNames } from "../../src/access/permissions.ts";
import { buildSchema } from "../../src/schema.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

const schema = buildSchema();

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

describe("T8: mass assignment", () => {
  it("finds no field of identity, time or ownership in any input, and refuses unknown ones", async () => {
    const forbidden =
      /^(organizationId|userId|createdAt|updatedAt|version|emailVerifiedAt|isVerified|isBuiltIn|builtIn|passwordHash|number|prefix|code|channel|authorId|author|acceptedAt|revokedAt|mergedInto|mergedIntoId|needsReview|removedAt|deletedAt|tokenHash)$/;
    const inputs = Object.values(schema.getTypeMap()).filter(
      (type) => isInputObjectType(type) && /Input$/.test(type.name),
    );
    const offenders = inputs.flatMap((type) =>
      isInputObjectType(type)
        ? Object.keys(type.getFields())
            .filter((name) => forbidden.test(name))
            .map((name) => `${type.name}.${name}`)
        : [],
    );
    expect(offenders).toEqual([]);
    for (const [mutation, type] of [
      ['contactUpdate(contact: { email: "a@mail.test" }, input: $v)', "ContactUpdateInput"],
      ["memberUpdate(member: { isMe: true }, input: $v)", "MemberUpdateInput"],
      ["organizationUpdate(input: $v)", "OrganizationUpdateInput"],
    ] as const)
      for (const field of ["organizationId", "createdAt", "role_id", "__proto__x"])
        expect(
          await ada.client.code(`mutation ($v: ${type}!) { ${mutation} { cursor } }`, { v: { [field]: "x" } }),
        ).toBe("BAD_REQUEST");
  });

  it("asks a right for each field that has one, as every built-in role: each input field x role", async () => {
    let cells = 0;
    const people = {
      ADMIN: await acme.member("Admin"),
      MANAGER: await acme.member("Manager"),
      AGENT: await acme.member("Agent"),
      VIEWER: await acme.member("Viewer"),
    };
    const values: Record<string, unknown> = {
      hourlyRate: "10",
      currency: "EUR",
      defaultCurrency: "EUR",
      ticketPrefix: "ZZTOP",
      defaultHourlyRate: "10",
      name: "N",
      role: { name: "Viewer" },
      isActive: true,
      status: "PENDING",
      priority: "LOW",
      addLabels: [],
      removeLabels: [],
      assignee: null,
      isDeleted: true,
      moveTickets: true,
      addDomains: [],
      removeDomains: [],
      outbound: { bodyText: "x" },
    };
    const roots: Record<string, (v: object) => Promise<[string, object]>> = {
      MemberUpdateInput: async (v) => [
        "mutation ($v: MemberUpdateInput!, $id: ID!) { memberUpdate(member: { id: $id }, input: $v) { cursor } }",
        { v, id: (await acme.member("Viewer")).id },
      ],
      MemberAddInput: async (v) => [
        "mutation ($v: MemberAddInput!) { memberAdd(input: $v) { cursor } }",
        {
          v: {
            name: "x",
            email: `cell${++cells}@x.test`,
            password: "a long enough one",
            role: { name: "Viewer" },
            ...v,
          },
        },
      ],
      CompanyUpdateInput: async (v) => [
        "mutation ($v: CompanyUpdateInput!, $id: ID!) { companyUpdate(company: { id: $id }, input: $v) { cursor } }",
        { v, id: acme.globalId("Company", await acme.company()) },
      ],
      CompanyCreateInput: async (v) => [
        "mutation ($v: CompanyCreateInput!) { companyCreate(input: $v) { cursor } }",
        { v: { name: "x", ...v } },
      ],
      CompanyUpsertInput: async (v) => [
        "mutation ($v: CompanyUpsertInput!) { companyUpsert(input: $v) { cursor } }",
        { v: { name: "x", externalId: `cell${++cells}`, ...v } },
      ],
      TicketsBulkUpdateInput: async (v) => [
        "mutation ($v: TicketsBulkUpdateInput!, $id: ID!) { ticketsBulkUpdate(tickets: [{ id: $id }], input: $v) { cursor } }",
        { v, id: (await acme.ticket()).id },
      ],
      OrganizationUpdateInput: async (v) => [
        "mutation ($v: OrganizationUpdateInput!) { organizationUpdate(input: $v) { cursor } }",
        { v },
      ],
      TicketCreateInput: async (v) => [
        "mutation ($v: TicketCreateInput!) { ticketCreate(input: $v) { cursor } }",
        { v: { subject: "x", contact: { person: { email: "cell@x.test" } }, ...v } },
      ],
    };
    let checked = 0;
    for (const [name, request] of Object.entries(roots)) {
      const type = getNamedType(schema.getType(name) as never);
      if (!isInputObjectType(type)) throw new Error(name);
      for (const field of Object.values(type.getFields())) {
        const needed = (field.extensions as { directives?: { access?: { permission: string[] } } }).directives?.access
          ?.permission[0];
        if (!needed || !(field.name in values)) continue;
        const permission = permissionNames.find((one) => permissionEnumValue(one) === needed);
        for (const [role, person] of Object.entries(people)) {
          const held = (await person.client.get(`{ viewer { can(permission: ${needed}) } }`)).viewer.can;
          const [query, variables] = await request({ [field.name]: values[field.name] });
          const code = await person.client.code(query, variables as never);
          if (!held) expect(code, `${name}.${field.name} (${permission}) as ${role}`).toBe("FORBIDDEN");
          else if (role === "ADMIN")
            expect([null, "VALIDATION", "ALREADY_EXISTS"], `${name}.${field.name} as ${role}`).toContain(code);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThanOrEqual(80);
  });
});
