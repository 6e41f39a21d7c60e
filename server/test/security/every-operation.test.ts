import type { GraphQLField } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Permission, permissionEnumValue, permissionNames, permissions } from "../../src/access/permissions.ts";
import { buildSchema } from "../../src/schema.ts";
import type { Client } from "../testkit/client.ts";
import { type Furnished, furnish, mutationFixtures, queryFixtures, withoutOrganization } from "../testkit/fixtures.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { RoleName } from "../testkit/world.ts";

const schema = buildSchema();
const operations = (["query", "mutation"] as const).flatMap((kind) => {
  const type = kind === "query" ? schema.getQueryType() : schema.getMutationType();
  return Object.values(type?.getFields() ?? {}).map((field) => ({ kind, field }));
});
const fixtures = { query: queryFixtures, mutation: mutationFixtures };
const roleNames: RoleName[] = ["Admin", "Manager", "Agent", "Viewer"];
/** About the viewer's own timer, which runs or doesn't. */
const ofOwnTimer = ["timerStop", "timerDiscard"];

let test: TestServer;
let acme: Furnished;
let globex: Furnished;
const clients: Partial<Record<RoleName, Client>> = {};

beforeAll(async () => {
  test = await startTestServer();
  acme = await furnish(test.world, "acme", "acme");
  globex = await furnish(test.world, "globex", "globex");
  for (const role of roleNames) clients[role] = (await acme.organization.member(role)).client;
});
afterAll(() => test.close());

/** One of them is needed; empty: none is. */
function permissionsOf(field: GraphQLField<unknown, unknown>): Permission[] {
  const { directives } = field.extensions as { directives?: { access?: { permission: string[] } } };
  const values = directives?.access?.permission ?? [];
  return permissionNames.filter((permission) => values.includes(permissionEnumValue(permission)));
}

it("every operation has a fixture, and every fixture an operation", () => {
  for (const kind of ["query", "mutation"] as const) {
    const names = operations.filter((operation) => operation.kind === kind).map(({ field }) => field.name);
    expect(Object.keys(fixtures[kind]).sort()).toEqual(names.sort());
  }
});

describe.each(operations.map(({ kind, field }) => [field.name, kind, field] as const))("%s", (name, kind, field) => {
  const query = operationFor(kind, field, 2);
  const variables = async (its: Furnished) => await (fixtures[kind][name] as (typeof queryFixtures)[string])(its);

  it("is refused to nobody in particular, unless it is how one signs in", async () => {
    const code = await test.anonymous.code(query, await variables(acme));
    if (name === "signIn" || name === "invitation") expect(code).toBeNull();
    else if (name === "invitationAccept") expect(code).toBe("NOT_FOUND");
    else expect(code).toBe("UNAUTHENTICATED");
  });

  // Signing in and founding an organization work without one: they have tests of their own.
  if (withoutOrganization.includes(name)) return;

  it("is allowed to exactly the roles that hold its permission", async () => {
    const needed = permissionsOf(field);
    for (const role of roleNames) {
      const holds = (one: Permission) =>
        (permissions[one].grants as Record<string, unknown>)[role.toUpperCase()] !== undefined;
      const isHeld = needed.length === 0 || needed.some(holds);
      const { errors } = await (clients[role] as Client).ask(query, await variables(acme));
      const codes = errors
        .map(({ extensions }) => extensions.code)
        .filter((code) => !(ofOwnTimer.includes(name) && code === "NOT_FOUND"));
      if (!isHeld) expect(codes, `${name} as ${role}`).toEqual(["FORBIDDEN"]);
      // The fixture's ticket is a colleague's: an agent's reach ends there, which is FORBIDDEN too.
      else if (role !== "Agent") expect(codes, `${name} as ${role}: ${errors[0]?.message}`).toEqual([]);
      else
        expect(
          codes.filter((code) => code !== "FORBIDDEN"),
          `${name} as ${role}: ${errors[0]?.message}`,
        ).toEqual([]);
    }
  });

  it("shows an admin of another organization nothing", async () => {
    const { data } = await globex.admin.client.ask(query, await variables(acme));
    expect(JSON.stringify(data)).not.toMatch(/acme/);
  });
});
