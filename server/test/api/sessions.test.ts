import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
});
afterAll(() => test.close());

const signIn = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) {
  accessToken refreshToken expiresInSeconds memberships { organizationName roleName isActive } } }`;
const refresh = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { accessToken refreshToken } }`;
const me = `{ viewer { roleName actor { __typename id name } organization { name } } }`;
const as = (token: string) => new Client(test.url, { authorization: `Bearer ${token}` });

describe("signIn", () => {
  it("gives tokens that open the only organization without a header", async () => {
    const person = await acme.member("Agent");
    const { signIn: session } = await test.anonymous.get(signIn, {
      email: person.email.toUpperCase(),
      password: person.password,
    });
    expect(session).toMatchObject({
      expiresInSeconds: 900,
      memberships: [{ organizationName: "Acme", roleName: "Agent", isActive: true }],
    });
    expect((await as(session.accessToken).get(me)).viewer).toMatchObject({
      roleName: "Agent",
      actor: { id: person.id },
      organization: { name: "Acme" },
    });
  });

  it("answers an unknown address and a wrong password alike", async () => {
    const person = await acme.member("Agent");
    const wrong = await test.anonymous.ask(signIn, { email: person.email, password: "wrong" });
    const unknown = await test.anonymous.ask(signIn, { email: "nobody@example.test", password: "wrong" });
    const shape = ({ status, data, errors }: typeof wrong) => ({
      status,
      data,
      message: errors[0]?.message,
      code: errors[0]?.extensions.code,
    });
    expect(shape(unknown)).toEqual(shape(wrong));
    expect(shape(wrong).code).toBe("UNAUTHENTICATED");
  });

  it("makes who guesses at one account wait after five tries, also at an account that isn't there", async () => {
    for (const email of [(await acme.member("Agent")).email, "ghost@example.test"]) {
      const codes = await Promise.all(
        Array.from({ length: 15 }, () => test.anonymous.ask(signIn, { email, password: "guess" })),
      );
      expect(codes.filter(({ errors }) => errors[0]?.extensions.code === "RATE_LIMITED")).toHaveLength(10);
      expect(codes.at(-1)?.errors[0]?.extensions.retryAfterMs).toBeGreaterThan(0);
    }
  });

  it("does not let aliases of one request multiply the tries", async () => {
    const { email } = await acme.member("Agent");
    const fields = Array.from(
      { length: 15 },
      (_, index) => `a${index}: signIn(input: { email: "${email}", password: "x" }) { accessToken }`,
    );
    const codes = [];
    for (let round = 0; round < 11; round++) codes.push(await test.anonymous.code(`mutation { ${fields.join(" ")} }`));
    expect(codes.at(-1)).toBe("RATE_LIMITED");
  });

  it("keeps no token and no password in the database", async () => {
    const person = await acme.member("Agent");
    const { signIn: session } = await test.anonymous.get(signIn, { email: person.email, password: person.password });
    const tables = ["users", "sessions", "tokens"];
    const dump = (
      await Promise.all(tables.map((table) => test.database.query(`select t::text as row from ${table} t`)))
    )
      .flat()
      .map(({ row }) => row)
      .join("\n");
    for (const secret of [session.accessToken, session.refreshToken, person.password])
      expect(dump).not.toContain(secret);
  });
});

describe("refreshSession", () => {
  it("exchanges a refresh token once; used again it ends the whole session", async () => {
    const person = await acme.member("Agent");
    const { signIn: first } = await test.anonymous.get(signIn, { email: person.email, password: person.password });
    const { refreshSession: second } = await test.anonymous.get(refresh, { token: first.refreshToken });
    expect(await as(second.accessToken).code(me)).toBeNull();
    expect(await test.anonymous.code(refresh, { token: first.refreshToken })).toBe("UNAUTHENTICATED");
    expect(await as(second.accessToken).code(me)).toBe("UNAUTHENTICATED");
    expect(await as(first.accessToken).code(me)).toBe("UNAUTHENTICATED");
    expect(await test.anonymous.code(refresh, { token: second.refreshToken })).toBe("UNAUTHENTICATED");
  });

  it("lets one of ten parallel exchanges of a token win and then ends the session", async () => {
    const person = await acme.member("Agent");
    const { signIn: session } = await test.anonymous.get(signIn, { email: person.email, password: person.password });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => test.anonymous.ask(refresh, { token: session.refreshToken })),
    );
    const won = answers.filter(({ data }) => data !== null);
    expect(won).toHaveLength(1);
    expect(await as(won[0]?.data.refreshSession.accessToken).code(me)).toBe("UNAUTHENTICATED");
  });

  it("takes neither an access token nor an expired one", async () => {
    const person = await acme.member("Agent");
    const { signIn: session } = await test.anonymous.get(signIn, { email: person.email, password: person.password });
    expect(await test.anonymous.code(refresh, { token: session.accessToken })).toBe("UNAUTHENTICATED");
    await test.database.query(
      "update tokens set expires_at = now() - interval '1 second' where session_id in (select id from sessions where user_id = $1)",
      [person.userId],
    );
    expect(await test.anonymous.code(refresh, { token: session.refreshToken })).toBe("UNAUTHENTICATED");
    expect(await as(session.accessToken).code(me)).toBe("UNAUTHENTICATED");
  });
});

describe("signOut", () => {
  it("ends the session's tokens from the next request on", async () => {
    const person = await acme.member("Agent");
    const { signIn: session } = await test.anonymous.get(signIn, { email: person.email, password: person.password });
    expect((await as(session.accessToken).get("mutation { signOut { isSignedOut } }")).signOut.isSignedOut).toBe(true);
    expect(await as(session.accessToken).code(me)).toBe("UNAUTHENTICATED");
    expect(await test.anonymous.code(refresh, { token: session.refreshToken })).toBe("UNAUTHENTICATED");
    expect(await test.anonymous.code("mutation { signOut { isSignedOut } }")).toBe("UNAUTHENTICATED");
  });
});

describe("the organization of a request", () => {
  it("must be chosen by who belongs to several, and the refusal lists them", async () => {
    const globex = await test.world.organization("Globex");
    const user = await test.world.user();
    await acme.member("Agent", user);
    await globex.member("Viewer", user);
    const client = await test.world.session(user.userId);
    const { errors } = await client.ask(me);
    expect(errors[0]?.extensions.code).toBe("ORGANIZATION_REQUIRED");
    expect(errors[0]?.extensions.details?.memberships).toMatchObject([
      { organizationId: acme.id, organizationName: "Acme", roleName: "Agent" },
      { organizationId: globex.id, organizationName: "Globex", roleName: "Viewer" },
    ]);
    expect((await client.get(me, {}, { "x-organization-id": globex.id })).viewer).toMatchObject({
      roleName: "Viewer",
      organization: { name: "Globex" },
    });
    const other = await test.world.organization("Initech");
    expect(await client.code(me, {}, { "x-organization-id": other.id })).toBe("ORGANIZATION_REQUIRED");
    expect(await client.code(me, {}, { "x-organization-id": "nonsense" })).toBe("VALIDATION");
  });

  it("is the key's own for an API key, whatever the header says", async () => {
    const key = await acme.apiKey("Agent");
    const other = await test.world.organization("Other");
    expect((await key.client.get(me, {}, { "x-organization-id": acme.id })).viewer.organization.name).toBe("Acme");
    expect(await key.client.code(me, {}, { "x-organization-id": other.id })).toBe("ORGANIZATION_REQUIRED");
  });
});

describe("from the next request on", () => {
  it("a deactivated or removed member has no access", async () => {
    const person = await acme.member("Agent");
    expect(await person.client.code(me)).toBeNull();
    await test.database.query("update members set is_active = false where id = $1", [person.uuid]);
    expect(await person.client.code(me)).toBe("ORGANIZATION_REQUIRED");
    await test.database.query("update members set removed_at = now() where id = $1", [person.uuid]);
    expect(await person.client.code(me)).toBe("ORGANIZATION_REQUIRED");
  });

  it("a changed role and a changed grant hold", async () => {
    const person = await acme.member({ "ticket.view": "ALL" });
    const list = "{ tickets { totalCount } }";
    expect(await person.client.code(list)).toBeNull();
    await test.database.query("delete from role_grants where role_id = (select role_id from members where id = $1)", [
      person.uuid,
    ]);
    expect(await person.client.code(list)).toBe("FORBIDDEN");
    await test.database.query(
      "update members set role_id = (select id from roles where built_in = 'VIEWER' and organization_id = $2) where id = $1",
      [person.uuid, acme.organizationId],
    );
    expect(await person.client.code(list)).toBeNull();
  });
});

describe("a user's own sessions", () => {
  const list = "{ sessions { id isCurrent userAgent lastUsedAt expiresAt } }";
  const open = async (person: { email: string; password: string }) =>
    as((await test.anonymous.get(signIn, { email: person.email, password: person.password })).signIn.accessToken);

  it("are listed, ended one by one, and ended all but this one", async () => {
    const person = await acme.member("Agent");
    const [phone, laptop, tablet] = [await open(person), await open(person), await open(person)];
    const { sessions } = await phone.get(list);
    expect(sessions).toHaveLength(4);
    expect(sessions.filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toHaveLength(1);
    const revoke = "mutation ($id: ID!) { sessionRevoke(id: $id) { endedCount sessions { id } } }";
    const own = (await laptop.get(list)).sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent).id;
    expect((await phone.get(revoke, { id: own })).sessionRevoke.sessions).toHaveLength(3);
    expect(await laptop.code(me)).toBe("UNAUTHENTICATED");
    expect(
      (await phone.get("mutation { sessionsRevokeAll { endedCount sessions { isCurrent } } }")).sessionsRevokeAll,
    ).toEqual({ endedCount: 2, sessions: [{ isCurrent: true }] });
    expect(await tablet.code(me)).toBe("UNAUTHENTICATED");
    const stranger = await open(await acme.member("Admin"));
    const mine = (await phone.get(list)).sessions[0].id;
    expect(await stranger.code(revoke, { id: mine })).toBe("NOT_FOUND");
    expect(await phone.code(revoke, { id: person.id })).toBe("VALIDATION");
    expect(await phone.code(me)).toBeNull();
  });

  it("T31: end with the old password, all but the one that changed it", async () => {
    const person = await acme.member("Agent");
    const [here, there] = [await open(person), await open(person)];
    const change =
      "mutation ($old: String!, $new: String!) { passwordChange(input: { currentPassword: $old, newPassword: $new }) { endedCount } }";
    expect(await here.code(change, { old: "wrong", new: "a much better one" })).toBe("FORBIDDEN");
    for (const weak of ["short", "aaaaaaaaaaaa"])
      expect(await here.code(change, { old: person.password, new: weak })).toBe("VALIDATION");
    expect((await here.get(change, { old: person.password, new: "a much better one" })).passwordChange.endedCount).toBe(
      2,
    );
    expect([await here.code(me), await there.code(me)]).toEqual([null, "UNAUTHENTICATED"]);
    expect(await test.anonymous.code(signIn, { email: person.email, password: person.password })).toBe(
      "UNAUTHENTICATED",
    );
    expect(await test.anonymous.code(signIn, { email: person.email, password: "a much better one" })).toBeNull();
  });

  it("stop at five wrong tries of the current password, as signing in does", async () => {
    const here = await open(await acme.member("Agent"));
    const change =
      'mutation { passwordChange(input: { currentPassword: "guess", newPassword: "a much better one" }) { endedCount } }';
    const codes = [];
    for (let round = 0; round < 11; round++) codes.push(await here.code(change));
    expect(codes).toEqual([...Array(5).fill("FORBIDDEN"), ...Array(6).fill("RATE_LIMITED")]);
  });

  it("are none of an API key's", async () => {
    const { client } = await acme.apiKey("Admin");
    expect(await client.code(list)).toBe("UNAUTHENTICATED");
  });
});
