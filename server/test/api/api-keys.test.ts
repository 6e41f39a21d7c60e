import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
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

const create = `mutation ($role: RoleRef!, $expiresAt: DateTime) { apiKeyCreate(input: { name: "Sync", role: $role, expiresAt: $expiresAt }) {
  secret apiKey { id name prefix role { name } createdBy { id } needsReview lastUsedAt revokedAt } } }`;
const me = "{ viewer { roleName actor { __typename name } memberships { roleName } } }";
const as = (token: string) => new Client(test.url, { authorization: `Bearer ${token}` });

it("an API key is shown once, works at once, and only its hash is kept", async () => {
  const { apiKeyCreate } = await admin.client.get(create, { role: { name: "agent" } });
  expect(apiKeyCreate.apiKey).toMatchObject({
    name: "Sync",
    role: { name: "Agent" },
    createdBy: { id: admin.id },
    needsReview: false,
    lastUsedAt: null,
  });
  expect(apiKeyCreate.secret.startsWith(apiKeyCreate.apiKey.prefix)).toBe(true);
  expect((await as(apiKeyCreate.secret).get(me)).viewer).toEqual({
    roleName: "Agent",
    actor: { __typename: "ApiKey", name: "Sync" },
    memberships: [],
  });
  const rows = await test.database.query(
    "select t::text as row from tokens t union all select k::text from api_keys k union all select i::text from idempotency_keys i union all select c::text from changes c",
  );
  expect(rows.map(({ row }) => row).join("\n")).not.toContain(apiKeyCreate.secret);
  const { apiKeys } = await admin.client.get("{ apiKeys { name lastUsedAt } }");
  expect(apiKeys[0].lastUsedAt).not.toBeNull();
});

it("a repeated creation gets the same key without its secret", async () => {
  const headers = { "idempotency-key": "create-a-key" };
  const first = await admin.client.get(create, { role: { name: "Agent" } }, headers);
  const again = await admin.client.ask(create, { role: { name: "Agent" } }, headers);
  expect(again.extensions).toEqual({ replayed: true });
  expect(again.data.apiKeyCreate).toEqual({ ...first.apiKeyCreate, secret: null });
});

it("a revoked key opens nothing from the next request on; revoking twice is no mistake", async () => {
  const key = await acme.apiKey("Agent");
  expect(await key.client.code(me)).toBeNull();
  const revoke = "mutation ($id: ID!) { apiKeyRevoke(id: $id) { apiKey { revokedAt } } }";
  const first = await admin.client.get(revoke, { id: key.id });
  expect(await key.client.code(me)).toBe("UNAUTHENTICATED");
  expect(await admin.client.get(revoke, { id: key.id })).toEqual(first);
  expect(await admin.client.code(revoke, { id: admin.id })).toBe("VALIDATION");
});

it("an expired key opens nothing, and a key can't be made that is expired already", async () => {
  const { apiKeyCreate } = await admin.client.get(create, {
    role: { name: "Agent" },
    expiresAt: "2099-01-01T00:00:00Z",
  });
  await test.database.query("update tokens set expires_at = now() where kind = 'API_KEY' and expires_at is not null");
  expect(await as(apiKeyCreate.secret).code(me)).toBe("UNAUTHENTICATED");
  expect(await admin.client.code(create, { role: { name: "Agent" }, expiresAt: "2001-01-01T00:00:00Z" })).toBe(
    "VALIDATION",
  );
});

it("nobody can give a key more than they hold", async () => {
  const integrator = await acme.member({ "ticket.view": "ALL", "integration.manage": true });
  const { errors } = await integrator.client.ask(create, { role: { name: "Agent" } });
  expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  expect(errors[0]?.message).toContain("ticket.create");
  const narrow = await acme.role({ "ticket.view": "ALL" }, "Reader");
  expect(
    (await integrator.client.get(create, { role: { id: acme.globalId("Role", narrow) } })).apiKeyCreate.secret,
  ).toMatch(/^tk_/);
});

it("a key needs review once its creator is deactivated", async () => {
  const other = await acme.member("Admin");
  const { apiKeyCreate } = await other.client.get(create, { role: { name: "Viewer" } });
  await test.database.query("update members set is_active = false where id = $1", [other.uuid]);
  const { node } = await admin.client.get("query ($id: ID!) { node(id: $id) { ... on ApiKey { needsReview } } }", {
    id: apiKeyCreate.apiKey.id,
  });
  expect(node.needsReview).toBe(true);
  expect(await as(apiKeyCreate.secret).code(me)).toBeNull();
});
