import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const create = `mutation ($input: OrganizationCreateInput!) { organizationCreate(input: $input) { organizationId memberId cursor } }`;
const settings =
  "{ organization { name ticketPrefix defaultCurrency timeZone reopenWithinDays autoCloseResolvedAfterDays billingIncrementMinutes closedTicketReply outboundMailboxMode defaultHourlyRate { amount } } viewer { roleName permissions { permission reach } } }";

it("organizationCreate makes the signed-in user its admin, with the four built-in roles and defaults", async () => {
  const user = await test.world.user();
  const client = await test.world.session(user.userId);
  const { organizationCreate } = await client.get(create, {
    input: { name: "New", ticketPrefix: "new1", timeZone: "Asia/Tokyo", defaultCurrency: "JPY" },
  });
  const seen = await client.get(settings, {}, { "x-organization-id": organizationCreate.organizationId });
  expect(seen.organization).toEqual({
    name: "New",
    ticketPrefix: "NEW1",
    defaultCurrency: "JPY",
    timeZone: "Asia/Tokyo",
    reopenWithinDays: 30,
    autoCloseResolvedAfterDays: 7,
    billingIncrementMinutes: 1,
    closedTicketReply: "FOLLOW_UP",
    outboundMailboxMode: "RECEIVING",
    defaultHourlyRate: null,
  });
  expect(seen.viewer.roleName).toBe("Admin");
  expect(seen.viewer.permissions).toHaveLength(19);
});

it("a ticket prefix belongs to one organization of the server", async () => {
  const client = await test.world.session((await test.world.user()).userId);
  const other = await test.world.session((await test.world.user()).userId);
  await client.get(create, { input: { name: "First", ticketPrefix: "TAKEN" } });
  expect(await other.code(create, { input: { name: "Second", ticketPrefix: "taken" } })).toBe("ALREADY_EXISTS");
});

it("a repeated request makes one organization", async () => {
  const client = await test.world.session((await test.world.user()).userId);
  const ask = () =>
    client.ask(create, { input: { name: "Once", ticketPrefix: "ONCE" } }, { "idempotency-key": "once" });
  const first = await ask();
  const again = await ask();
  expect(again.data).toEqual(first.data);
  expect(again.extensions).toEqual({ replayed: true });
});

it("an unverified user holds one membership only, also when two are asked for at once", async () => {
  const user = await test.world.user("unproven@example.test", false);
  const client = await test.world.session(user.userId);
  const codes = await Promise.all(
    ["AAA1", "AAA2"].map((ticketPrefix) => client.code(create, { input: { name: "x", ticketPrefix } })),
  );
  expect(codes.sort()).toEqual(["FORBIDDEN", null]);
});

it("refuses what is no prefix, currency or time zone, and an API key", async () => {
  const client = await test.world.session((await test.world.user()).userId);
  const { errors } = await client.ask(create, {
    input: { name: "", ticketPrefix: "1", defaultCurrency: "XXY", timeZone: "Mars/Base" },
  });
  expect(errors[0]?.extensions.issues?.map(({ path }) => path.join("."))).toEqual([
    "input.name",
    "input.ticketPrefix",
    "input.defaultCurrency",
    "input.timeZone",
  ]);
  const acme = await test.world.organization("Acme");
  expect(await (await acme.apiKey("Admin")).client.code(create, { input: { name: "x", ticketPrefix: "KEYS" } })).toBe(
    "FORBIDDEN",
  );
  expect(await test.anonymous.code(create, { input: { name: "x", ticketPrefix: "ANON" } })).toBe("UNAUTHENTICATED");
});
