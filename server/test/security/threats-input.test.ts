/** Threats of the reliability goals, by their numbers: what is sent in. */
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

describe("T10: SQL in texts", () => {
  it("is text: 300 vectors in filters, names, references and orders change and show nothing", async () => {
    const bits = [
      "'",
      "';--",
      "' or '1'='1",
      "\\'; drop table tickets;--",
      "') union select * from users--",
      "%' or 1=1--",
      "$1",
      "$$;select pg_sleep(5);$$",
      "{}",
      "null",
      '"; delete from members;--',
      "1; select pg_sleep(5)",
      "\\",
      "_%_",
      "'||pg_sleep(5)||'",
    ];
    const before = await counts();
    let vectors = 0;
    for (const bit of bits) {
      for (const [query, variables] of [
        ["query ($v: String!) { tickets(filter: { code: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { externalId: { contains: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { contact: { name: { startsWith: $v } } }) { totalCount } }", {}],
        ["query ($v: String!) { tickets(filter: { labels: { some: { name: { in: [$v] } } } }) { totalCount } }", {}],
        [
          "query ($v: String!) { tickets(filter: { company: { domains: { none: { domain: { eq: $v } } } } }) { totalCount } }",
          {},
        ],
        ["query ($v: String!) { contacts(filter: { externalId: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { companies(filter: { name: { contains: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { members(filter: { name: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { invitations(filter: { email: { eq: $v } }) { totalCount } }", {}],
        ["query ($v: String!) { ticket(by: { code: $v }) { id } }", {}],
        ["query ($v: EmailAddress!) { contact(by: { email: $v }) { id } }", {}],
        ["query ($v: String!) { company(by: { domain: $v }) { id } }", {}],
        ["query ($v: String!) { label(by: { name: $v }) { id } }", {}],
        ["query ($v: String!) { role(by: { name: $v }) { id } }", {}],
        ["query ($v: String!) { invitation(token: $v) { email } }", {}],
        ["query ($v: Cursor!) { tickets(after: $v) { totalCount } }", {}],
        ["query ($v: DateFilterValue!) { tickets(filter: { createdAt: { gte: $v } }) { totalCount } }", {}],
        ['mutation ($v: String!) { labelUpdate(label: { name: $v }, input: { name: "x" }) { cursor } }', {}],
        ["mutation ($v: String!) { ticketDelete(ticket: { externalId: $v }) { cursor } }", {}],
        ["mutation ($v: String!) { companyArchive(company: { domain: $v }) { cursor } }", {}],
      ] as const) {
        const started = performance.now();
        const { errors } = await ada.client.ask(query, { v: bit, ...variables });
        expect(performance.now() - started).toBeLessThan(4_000);
        for (const { extensions, message } of errors) {
          expect(["VALIDATION", "NOT_FOUND"], `${query} ${bit}: ${message}`).toContain(extensions.code);
          expect(message).not.toMatch(/syntax error|unterminated|SQLSTATE/);
        }
        vectors++;
      }
    }
    expect(vectors).toBe(300);
    expect(await counts()).toEqual(before);
  });
  const counts = () =>
    test.database.query(
      "select (select count(*) from tickets) t, (select count(*) from members) m, (select count(*) from labels) l, (select count(*) from users) u, (select count(*) from companies where archived_at is null) c",
    );
});
