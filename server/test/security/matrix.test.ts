/** G3: built-in and custom roles: what they may, what they may grant, and the last admin. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  builtInRoles,
  permissionEnumValue,
  permissionNames,
  permissions,
  type Reach,
} from "../../src/access/permissions.ts";
import { builtInRoleTexts } from "../../src/access/roles.ts";
import { PermissionProbes } from "../testkit/permission-probes.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { GrantList, OrganizationWorld, Person, RoleName } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
let probes: PermissionProbes;
let counter = 0;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
  probes = new PermissionProbes({ acme, admin, colleague: await acme.member("Agent") });
});
afterAll(() => test.close());

describe.each(builtInRoles)("the built-in role %s", (role) => {
  it.each(permissionNames)("does what the product's table says of %s", async (permission) => {
    const me = await acme.member(builtInRoleTexts[role].name as RoleName);
    const cell = (permissions[permission].grants as Record<string, Reach | true | undefined>)[role];
    if (permissions[permission].takesReach) await probes.expectCell(me, permission, (cell as Reach) ?? null, "ALL");
    else expect(await probes.isLetIn(me, permission)).toBe(cell === true);
  });
});

describe("T9: nobody can grant what they don't hold", () => {
  const all = permissionNames.map((name) => ({
    permission: permissionEnumValue(name),
    reach: permissions[name].takesReach ? "ALL" : null,
  }));

  it("in 50 attempts by roles, members, invitations, keys and reassignment: 0 succeed", async () => {
    const held: GrantList = {
      "team.manage": true,
      "integration.manage": true,
      "ticket.view": "ALL",
      "ticket.reply": "AVAILABLE",
      "label.manage": true,
    };
    const roleId = await acme.role(held, "Limited");
    const me = await acme.member({ ...held });
    const mine = (await me.client.get("{ viewer { roleName actor { id } } }")).viewer;
    const beyond = all.filter(
      ({ permission }) => !["TEAM_MANAGE", "INTEGRATION_MANAGE", "TICKET_VIEW", "LABEL_MANAGE"].includes(permission),
    );
    const attempts: [string, Record<string, unknown>][] = [];
    for (const grant of beyond) {
      const grants = [{ permission: "TICKET_VIEW", reach: "ALL" }, grant];
      attempts.push([
        "mutation ($v: RoleCreateInput!) { roleCreate(input: $v) { cursor } }",
        { v: { name: `Up ${grant.permission}`, grants } },
      ]);
      attempts.push([
        'mutation ($v: RoleUpdateInput!) { roleUpdate(role: { name: "Limited" }, input: $v) { cursor } }',
        { v: { grants } },
      ]);
      attempts.push([
        `mutation ($v: RoleUpdateInput!) { roleUpdate(role: { name: ${JSON.stringify(mine.roleName)} }, input: $v) { cursor } }`,
        { v: { grants } },
      ]);
    }
    for (const role of ["Admin", "Manager", "Agent"]) {
      attempts.push([
        "mutation ($v: MemberUpdateInput!) { memberUpdate(member: { isMe: true }, input: $v) { cursor } }",
        { v: { role: { name: role } } },
      ]);
      attempts.push([
        "mutation ($v: MemberInviteInput!) { memberInvite(input: $v) { cursor } }",
        { v: { email: `up-${role}@mail.test`, role: { name: role } } },
      ]);
      attempts.push([
        "mutation ($v: MemberAddInput!) { memberAdd(input: $v) { cursor } }",
        { v: { name: "Up", email: `add-${role}@mail.test`, password: "a long enough one", role: { name: role } } },
      ]);
      attempts.push([
        "mutation ($v: ApiKeyCreateInput!) { apiKeyCreate(input: $v) { cursor } }",
        { v: { name: "Up", role: { name: role } } },
      ]);
      attempts.push([
        'mutation ($v: RoleDeleteInput!) { roleDelete(role: { name: "Limited" }, input: $v) { cursor: deletedRoleId } }',
        { v: { reassignTo: { name: role } } },
      ]);
    }
    expect(attempts.length).toBeGreaterThanOrEqual(50);
    const before = await grantsInDatabase();
    for (const [query, variables] of attempts)
      expect(await me.client.code(query, variables), JSON.stringify(variables)).toBe("FORBIDDEN");
    expect(await grantsInDatabase()).toEqual(before);
    expect(before.some(({ role_id }) => role_id === roleId)).toBe(true);
    console.log(`${attempts.length} attempts to grant more than one holds: 0 succeeded`);
  });

  const grantsInDatabase = () =>
    test.database.query(
      "select role_id, permission, reach from role_grants union all select role_id, 'member', id::text from members union all select role_id, 'invitation', id::text from invitations union all select role_id, 'key', id::text from api_keys order by 1, 2, 3",
    );

  it("may keep what a role had before, and give what is held", async () => {
    const me = await acme.member({ "team.manage": true, "label.manage": true });
    await acme.role({ "report.view": true, "label.manage": true }, "Reporter");
    const update =
      'mutation ($v: RoleUpdateInput!) { roleUpdate(role: { name: "Reporter" }, input: $v) { role { grants { permission } } } }';
    const { roleUpdate } = await me.client.get(update, {
      v: { grants: [{ permission: "REPORT_VIEW" }, { permission: "TEAM_MANAGE" }] },
    });
    expect(roleUpdate.role.grants.map(({ permission }: { permission: string }) => permission).sort()).toEqual([
      "REPORT_VIEW",
      "TEAM_MANAGE",
    ]);
  });

  it("can't bring back a deactivated admin as a lesser team manager", async () => {
    const other = await acme.member("Admin");
    await admin.client.get(
      "mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { isActive: false }) { cursor } }",
      { id: other.id },
    );
    const me = await acme.member({ "team.manage": true });
    expect(
      await me.client.code(
        "mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { isActive: true }) { cursor } }",
        { id: other.id },
      ),
    ).toBe("FORBIDDEN");
  });
});

describe("the last admin", () => {
  it("stays, whatever is tried", async () => {
    const own = await test.world.organization("Last");
    const last = await own.member("Admin");
    await own.member("Agent");
    for (const mutation of [
      'memberUpdate(member: { isMe: true }, input: { role: { name: "Agent" } })',
      "memberUpdate(member: { isMe: true }, input: { isActive: false })",
      "memberRemove(member: { isMe: true })",
    ])
      expect(await last.client.code(`mutation { ${mutation} { cursor } }`), mutation).toBe("LAST_ADMIN");
    expect((await last.client.get("{ viewer { roleName } }")).viewer.roleName).toBe("Admin");
  });

  it("is left when two admins demote each other at once, in 20 rounds", async () => {
    for (let round = 0; round < 20; round++) {
      const own = await test.world.organization("Duel");
      const [a, b] = [await own.member("Admin"), await own.member("Admin")];
      const demote = ['role: { name: "Viewer" }', "isActive: false"][round % 2];
      const fire = (by: Person, whom: Person) =>
        by.client.code(
          round % 3 === 2
            ? "mutation ($id: ID!) { memberRemove(member: { id: $id }) { cursor } }"
            : `mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { ${demote} }) { cursor } }`,
          { id: whom.id },
        );
      const codes = await Promise.all([fire(a, b), fire(b, a)]);
      const [left] = await test.database.query(
        "select count(*)::int as count from members m join roles r on r.organization_id = m.organization_id and r.id = m.role_id where m.organization_id = $1 and m.is_active and r.built_in = 'ADMIN'",
        [own.organizationId],
      );
      expect(left?.count, codes.join()).toBe(1);
      expect(codes.filter((code) => code === null)).toHaveLength(1);
    }
  });
});

describe("built-in roles", () => {
  it("can be neither changed nor deleted", async () => {
    for (const role of ["Admin", "Viewer"]) {
      expect(
        await admin.client.code(`mutation { roleUpdate(role: { name: "${role}" }, input: { name: "x" }) { cursor } }`),
      ).toBe("BUILT_IN_ROLE");
      expect(await admin.client.code(`mutation { roleDelete(role: { name: "${role}" }) { deletedRoleId } }`)).toBe(
        "BUILT_IN_ROLE",
      );
    }
  });
});

describe("a custom role", () => {
  const create = "mutation ($v: RoleCreateInput!) { roleCreate(input: $v) { role { id name isBuiltIn memberCount } } }";

  it("refuses grants that don't fit, and says which and why", async () => {
    const faults: [object[], RegExp][] = [
      [[{ permission: "TICKET_VIEW" }], /ticket\.view needs a reach: ASSIGNED, AVAILABLE, ALL/],
      [[{ permission: "LABEL_MANAGE", reach: "ALL" }], /label\.manage takes no reach/],
      [[{ permission: "TICKET_REPLY", reach: "ALL" }], /ticket\.reply also needs ticket\.view/],
      [
        [
          { permission: "TICKET_VIEW", reach: "ASSIGNED" },
          { permission: "TICKET_REPLY", reach: "ALL" },
        ],
        /the reach ALL of ticket\.reply is wider than that of ticket\.view, which is ASSIGNED/,
      ],
      [[{ permission: "LABEL_MANAGE" }, { permission: "LABEL_MANAGE" }], /label\.manage is named twice/],
    ];
    for (const [grants, message] of faults) {
      const { errors } = await admin.client.ask(create, { v: { name: "Faulty", grants } });
      expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual(["VALIDATION", expect.stringMatching(message)]);
      expect(errors[0]?.extensions.issues?.[0]?.path.slice(0, 2)).toEqual(["input", "grants"]);
    }
  });

  it("holds for its members from their next request on, and gives way to another when it is deleted", async () => {
    const { roleCreate } = await admin.client.get(create, {
      v: { name: "Taggers", grants: [{ permission: "LABEL_MANAGE" }] },
    });
    expect(roleCreate.role).toMatchObject({ name: "Taggers", isBuiltIn: false, memberCount: 0 });
    const me = await acme.member("Viewer");
    const label = () =>
      me.client.code(`mutation { labelCreate(input: { name: "t${++counter}", color: "#3b82f6" }) { cursor } }`);
    expect(await label()).toBe("FORBIDDEN");
    await admin.client.get(
      'mutation ($id: ID!) { memberUpdate(member: { id: $id }, input: { role: { name: "taggers" } }) { cursor } }',
      { id: me.id },
    );
    expect(await label()).toBeNull();
    await admin.client.get('mutation { roleUpdate(role: { name: "Taggers" }, input: { grants: [] }) { cursor } }');
    expect(await label()).toBe("FORBIDDEN");
    const { errors } = await admin.client.ask('mutation { roleDelete(role: { name: "Taggers" }) { deletedRoleId } }');
    expect(errors[0]?.message).toMatch(/still in use \(1 member\); give the role that they get in reassignTo/);
    await admin.client.get(
      'mutation { roleDelete(role: { name: "Taggers" }, input: { reassignTo: { name: "Manager" } }) { deletedRoleId } }',
    );
    expect((await me.client.get("{ viewer { roleName } }")).viewer.roleName).toBe("Manager");
    expect(await admin.client.code('mutation { roleDelete(role: { name: "Taggers" }) { deletedRoleId } }')).toBe(
      "NOT_FOUND",
    );
    expect(await admin.client.code(create, { v: { name: "MANAGER", grants: [] } })).toBe("ALREADY_EXISTS");
  });
});
