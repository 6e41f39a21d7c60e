import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../src/lib/days.ts";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let offset = 0;

beforeAll(async () => {
  test = await startTestServer({ deps: { clock: { now: () => addDays(new Date(), offset) } } });
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const update =
  "mutation ($id: ID!, $v: MemberUpdateInput!) { memberUpdate(member: { id: $id }, input: $v) { member { name isActive role { name } hourlyRate { amount currency } } } }";
const add = "mutation ($v: MemberAddInput!) { memberAdd(input: $v) { member { id name email role { name } } } }";

describe("memberAdd", () => {
  it("makes a login that signs in at once, for an address without one", async () => {
    const input = { name: "Nia", email: "nia@new.test", password: "a long enough one", role: { name: "Agent" } };
    expect((await ada.client.get(add, { v: input })).memberAdd.member).toMatchObject({
      name: "Nia",
      role: { name: "Agent" },
    });
    const signIn = "mutation ($v: SignInInput!) { signIn(input: $v) { memberships { organizationName roleName } } }";
    const { signIn: session } = await test.anonymous.get(signIn, {
      v: { email: "NIA@new.test", password: input.password },
    });
    expect(session.memberships).toEqual([{ organizationName: "Acme", roleName: "Agent" }]);
  });

  it("refuses an address that has a login, and changes nothing of it", async () => {
    const globex = await test.world.organization("Globex");
    const other = await globex.member("Agent");
    const { errors } = await ada.client.ask(add, {
      v: { name: "Thief", email: other.email, password: "a long enough one", role: { name: "Viewer" } },
    });
    expect(errors[0]?.extensions.code).toBe("ALREADY_EXISTS");
    expect(errors[0]?.message).toContain("memberInvite");
    const signIn = "mutation ($v: SignInInput!) { signIn(input: $v) { expiresInSeconds } }";
    expect(await test.anonymous.code(signIn, { v: { email: other.email, password: other.password } })).toBeNull();
    expect(await test.anonymous.code(signIn, { v: { email: other.email, password: "a long enough one" } })).toBe(
      "UNAUTHENTICATED",
    );
  });

  it("names each fault of the input", async () => {
    const { errors } = await ada.client.ask(add, {
      v: { name: " ", email: "x", password: "short", role: { name: "Agent" } },
    });
    expect(errors[0]?.extensions.issues?.map(({ path }) => path.join("."))).toEqual([
      "input.name",
      "input.email",
      "input.password",
    ]);
  });
});

describe("memberUpdate", () => {
  it("asks for each property the right of its own", async () => {
    const agent = await acme.member("Agent");
    const manager = await acme.member("Manager");
    expect(
      (await manager.client.get(update, { id: agent.id, v: { hourlyRate: "85.5" } })).memberUpdate.member.hourlyRate,
    ).toEqual({ amount: "85.50", currency: "EUR" });
    expect(await manager.client.code(update, { id: agent.id, v: { name: "x" } })).toBe("FORBIDDEN");
    const teamOnly = await acme.member({ "team.manage": true });
    expect(await teamOnly.client.code(update, { id: agent.id, v: { hourlyRate: "1" } })).toBe("FORBIDDEN");
    expect(await teamOnly.client.code(update, { id: agent.id, v: { name: "Renamed" } })).toBeNull();
    expect(await agent.client.code(update, { id: agent.id, v: { hourlyRate: "1" } })).toBe("FORBIDDEN");
  });

  it("gives a deactivated member's OPEN and PENDING tickets on, keeps the others, and lets nothing through from then on", async () => {
    const leaver = await acme.member("Agent");
    const heir = await acme.member("Agent");
    const tickets = await Promise.all(
      (["OPEN", "PENDING", "RESOLVED", "CLOSED"] as const).map((status) => acme.ticket({ assignee: leaver, status })),
    );
    await ada.client.get(update, { id: leaver.id, v: { isActive: false, reassignTicketsTo: { id: heir.id } } });
    const assignees = await Promise.all(
      tickets.map(
        async ({ code }) =>
          (await ada.client.get("query ($code: String!) { ticket(by: { code: $code }) { assignee { id } } }", { code }))
            .ticket.assignee.id,
      ),
    );
    expect(assignees).toEqual([heir.id, heir.id, leaver.id, leaver.id]);
    expect(await leaver.client.code("{ tickets { totalCount } }")).toBe("ORGANIZATION_REQUIRED");
    expect(
      await ada.client.code(update, { id: heir.id, v: { isActive: false, reassignTicketsTo: { id: leaver.id } } }),
    ).toBe("VALIDATION");
    expect(
      await ada.client.code(update, { id: heir.id, v: { isActive: false, reassignTicketsTo: { id: heir.id } } }),
    ).toBe("VALIDATION");
    expect(await ada.client.code(update, { id: heir.id, v: { reassignTicketsTo: { id: ada.id } } })).toBe("VALIDATION");
    await ada.client.get(update, { id: leaver.id, v: { isActive: true } });
    expect(await leaver.client.code("{ tickets { totalCount } }")).toBeNull();
  });

  it("is a conflict when somebody changed the member meanwhile", async () => {
    const agent = await acme.member("Agent");
    await ada.client.get(update, { id: agent.id, v: { name: "One" } });
    const { errors } = await ada.client.ask(update, { id: agent.id, v: { name: "Two", expectedVersion: 1 } });
    expect(errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { currentVersion: 2, fieldsChanged: ["name"] },
    });
  });
});

describe("memberRemove and coming back", () => {
  it("keeps the name in the history, and a new invitation brings the same member back", async () => {
    const leaver = await acme.member("Agent");
    const { code } = await acme.ticket({ assignee: leaver });
    await leaver.client.get(
      'mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "Bye" }) { cursor } }',
      { code },
    );
    await ada.client.get("mutation ($id: ID!) { memberRemove(member: { id: $id }) { member { isActive } } }", {
      id: leaver.id,
    });
    expect(await leaver.client.code("{ viewer { roleName } }")).toBe("ORGANIZATION_REQUIRED");
    const { ticket } = await ada.client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { assignee { id } lastMessage { author { id name } } } }",
      { code },
    );
    expect(ticket).toMatchObject({ assignee: null, lastMessage: { author: { id: leaver.id } } });
    const { memberInvite } = await ada.client.get(
      'mutation ($e: EmailAddress!) { memberInvite(input: { email: $e, role: { name: "Viewer" } }) { token } }',
      { e: leaver.email },
    );
    const user = await test.world.session(leaver.userId);
    const { invitationAccept } = await user.get(
      "mutation ($t: String!) { invitationAccept(input: { token: $t }) { memberId session { accessToken } } }",
      { t: memberInvite.token },
    );
    expect(invitationAccept).toEqual({ memberId: leaver.id, session: null });
    expect((await leaver.client.get("{ viewer { roleName } }")).viewer.roleName).toBe("Viewer");
  });
});

describe("viewerUpdate", () => {
  it("changes one's own name here, and is nothing for a key", async () => {
    const me = await acme.member("Viewer");
    const rename = 'mutation { viewerUpdate(input: { name: "Vi" }) { member { name } viewer { actor { name } } } }';
    expect((await me.client.get(rename)).viewerUpdate.member.name).toBe("Vi");
    const key = await acme.apiKey("Admin");
    expect(await key.client.code(rename)).toBe("FORBIDDEN");
  });
});

describe("an invitation", () => {
  const invite =
    "mutation ($v: MemberInviteInput!) { memberInvite(input: $v) { token url invitation { id state email role { name } } } }";
  const accept =
    "mutation ($v: InvitationAcceptInput!) { invitationAccept(input: $v) { organizationId memberId session { accessToken } } }";
  const preview = "query ($t: String!) { invitation(token: $t) { email organizationName roleName state hasLogin } }";
  const send = async (email: string, role = "Agent") =>
    (await ada.client.get(invite, { v: { email, role: { name: role } } })).memberInvite;

  it("lets a newcomer see what it is, choose a password, and work at once", async () => {
    const { token, invitation, url } = await send("zoe@new.test");
    expect(invitation).toMatchObject({ state: "WAITING", email: "zoe@new.test", role: { name: "Agent" } });
    expect(url).toBeNull();
    expect((await test.anonymous.get(preview, { t: token })).invitation).toEqual({
      email: "zoe@new.test",
      organizationName: "Acme",
      roleName: "Agent",
      state: "WAITING",
      hasLogin: false,
    });
    const missing = await test.anonymous.ask(accept, { v: { token } });
    expect(missing.errors[0]?.extensions.issues?.map(({ path }) => path.join("."))).toEqual([
      "input.name",
      "input.password",
    ]);
    const { invitationAccept } = await test.anonymous.get(accept, {
      v: { token, name: "Zoe", password: "a long enough one" },
    });
    const zoe = new Client(test.url, { authorization: `Bearer ${invitationAccept.session.accessToken}` });
    expect((await zoe.get("{ viewer { roleName actor { id name } } }")).viewer).toEqual({
      roleName: "Agent",
      actor: { id: invitationAccept.memberId, name: "Zoe" },
    });
  });

  it("is accepted once, also when two accept at the same time", async () => {
    const { token } = await send("twice@new.test");
    const codes = await Promise.all(
      ["A", "B", "C"].map((name) => test.anonymous.code(accept, { v: { token, name, password: "a long enough one" } })),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    for (const code of codes.filter((one) => one !== null))
      expect(["INVITATION_USED", "UNAUTHENTICATED", "ALREADY_EXISTS"]).toContain(code);
    expect(await test.database.query("select 1 from members where email_key = 'twice@new.test'")).toHaveLength(1);
    expect((await test.anonymous.get(preview, { t: token })).invitation.state).toBe("ACCEPTED");
  });

  it("is for its address only: a login there signs in first, another one is refused", async () => {
    const globex = await test.world.organization("Globex");
    const gina = await globex.member("Agent");
    const { token } = await send(gina.email);
    expect(await test.anonymous.code(accept, { v: { token, name: "x", password: "a long enough one" } })).toBe(
      "UNAUTHENTICATED",
    );
    const stranger = await globex.member("Agent");
    const { errors } = await stranger.client.ask(accept, { v: { token } });
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
    expect(errors[0]?.message).toContain(gina.email);
    expect(await (await acme.apiKey("Admin")).client.code(accept, { v: { token } })).toBe("FORBIDDEN");
    const user = await test.world.session(gina.userId);
    expect((await user.get(accept, { v: { token } })).invitationAccept.organizationId).toBe(acme.id);
    expect(await user.code(accept, { v: { token } })).toBe("INVITATION_USED");
  });

  it("ends after seven days, after being revoked, and by a new token", async () => {
    const { token, invitation } = await send("late@new.test");
    const take = (given: string) =>
      test.anonymous.code(accept, { v: { token: given, name: "Late", password: "a long enough one" } });
    offset = 8;
    expect(await take(token)).toBe("INVITATION_EXPIRED");
    expect(await ada.client.code(invite, { v: { email: "LATE@new.test", role: { name: "Agent" } } })).toBe(
      "ALREADY_EXISTS",
    );
    const again = await ada.client.get("mutation ($id: ID!) { invitationResend(id: $id) { token } }", {
      id: invitation.id,
    });
    expect(await take(token)).toBe("NOT_FOUND");
    await ada.client.get("mutation ($id: ID!) { invitationRevoke(id: $id) { invitation { state } } }", {
      id: invitation.id,
    });
    expect(await take(again.invitationResend.token)).toBe("INVITATION_EXPIRED");
    expect(
      await ada.client.code("mutation ($id: ID!) { invitationResend(id: $id) { token } }", { id: invitation.id }),
    ).toBe("VALIDATION");
    offset = 0;
    expect(await take((await send("late@new.test")).token)).toBeNull();
  });

  it("isn't made for a member, and shows its token in one answer only", async () => {
    const agent = await acme.member("Agent");
    expect(await ada.client.code(invite, { v: { email: agent.email, role: { name: "Agent" } } })).toBe(
      "ALREADY_EXISTS",
    );
    const headers = { "idempotency-key": "invite-once" };
    const v = { email: "once@new.test", role: { name: "Agent" } };
    const first = await ada.client.ask(invite, { v }, headers);
    const replay = await ada.client.ask(invite, { v }, headers);
    expect(first.data.memberInvite.token).toMatch(/^tki_/);
    expect(replay.data.memberInvite).toEqual({ ...first.data.memberInvite, token: null });
    expect(replay.extensions).toEqual({ replayed: true });
  });
});
