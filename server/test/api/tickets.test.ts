import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let ben: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
  ben = await acme.member("Agent");
});
afterAll(() => test.close());

const create = `mutation ($input: TicketCreateInput!) { ticketCreate(input: $input) {
  cursor message { direction visibility bodyText author { name __typename } delivery { state } }
  ticket { id code status channel priority waitingSince firstRepliedAt assignee { id } contact { name email } company { name } labels { name } } } }`;
const reply = `mutation ($code: String!, $input: TicketReplyInput!) { ticketReply(ticket: { code: $code }, input: $input) {
  message { id bodyText bodyHtml to cc delivery { state } author { id } } ticket { code status waitingSince firstRepliedAt assignee { id } version } } }`;
const note = `mutation ($code: String!, $text: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: $text }) { message { visibility direction to } ticket { updatedAt lastActivityAt version } } }`;
const assign = `mutation ($code: String!, $assignee: MemberRef) { ticketAssign(ticket: { code: $code }, input: { assignee: $assignee }) { ticket { assignee { id } } } }`;
const setStatus = `mutation ($code: String!, $status: TicketStatus!, $until: DateTime) { ticketStatusSet(ticket: { code: $code }, input: { status: $status, pendingUntil: $until }) { ticket { status resolvedAt closedAt pendingUntil allowedStatuses version } } }`;
const update = `mutation ($code: String!, $input: TicketUpdateInput!) { ticketUpdate(ticket: { code: $code }, input: $input) { ticket { subject priority version contact { email } company { name } labels { name } externalId } } }`;

describe("ticketCreate", () => {
  it("opens a ticket whose description is the contact's own first message, and mails nothing", async () => {
    const { ticketCreate } = await ada.client.get(create, {
      input: {
        subject: "Broken",
        contact: { person: { name: "Kim", email: "Kim@New.test" } },
        description: "It broke.",
      },
    });
    expect(ticketCreate.ticket).toMatchObject({
      status: "OPEN",
      channel: "MANUAL",
      priority: "NORMAL",
      contact: { name: "Kim", email: "Kim@new.test" },
      assignee: null,
    });
    expect(ticketCreate.ticket.waitingSince).not.toBeNull();
    expect(ticketCreate.message).toEqual({
      direction: "INBOUND",
      visibility: "PUBLIC",
      bodyText: "It broke.",
      author: { name: "Kim", __typename: "Contact" },
      delivery: { state: "NONE" },
    });
    expect(ticketCreate.cursor).toMatch(/^change_/);
  });

  it("finds a contact by any case of its address and keeps the contact's name", async () => {
    await acme.contact("lou@found.test", "Lou");
    const { ticketCreate } = await ada.client.get(create, {
      input: { subject: "Again", contact: { person: { name: "Somebody", email: "LOU@found.test" } } },
    });
    expect(ticketCreate.ticket.contact.name).toBe("Lou");
    expect(ticketCreate.message).toBeNull();
  });

  it("links a new contact and its ticket to the company with the longest matching domain", async () => {
    await acme.company("Wide", ["wide.test"]);
    await acme.company("Deep", ["deep.wide.test"]);
    const from = async (email: string) =>
      (await ada.client.get(create, { input: { subject: "x", contact: { person: { email } } } })).ticketCreate.ticket
        .company;
    expect(await from("a@mail.deep.wide.test")).toEqual({ name: "Deep" });
    expect(await from("a@shallow.wide.test")).toEqual({ name: "Wide" });
    expect(await from("a@notwide.test")).toBeNull();
  });

  it("gives tickets of a company with a prefix of its own that prefix, counted by itself", async () => {
    await acme.company("Prefixed", ["prefixed.test"], "PFX");
    const codes = [];
    for (const name of ["a", "b"]) {
      codes.push(
        (
          await ada.client.get(create, {
            input: { subject: "x", contact: { person: { email: `${name}@prefixed.test` } } },
          })
        ).ticketCreate.ticket.code,
      );
    }
    expect(codes).toEqual(["PFX-1", "PFX-2"]);
  });

  it("writes to the customer first with outbound: PENDING, by the caller, queued for mail", async () => {
    const { ticketCreate } = await ada.client.get(create, {
      input: {
        subject: "News",
        contact: { person: { email: "news@mail.test" } },
        outbound: { bodyText: "Dear customer" },
      },
    });
    expect(ticketCreate.ticket).toMatchObject({ status: "PENDING", waitingSince: null });
    expect(ticketCreate.message).toMatchObject({
      direction: "OUTBOUND",
      delivery: { state: "QUEUED" },
      author: { __typename: "Member" },
    });
  });

  it("is an API ticket when a key creates it", async () => {
    const key = await acme.apiKey("Agent");
    const { ticketCreate } = await key.client.get(create, {
      input: { subject: "x", contact: { person: { email: "k@mail.test" } } },
    });
    expect(ticketCreate.ticket.channel).toBe("API");
  });

  it("says what is wrong with the input, with the path of each fault", async () => {
    const { errors } = await ada.client.ask(create, {
      input: { subject: "  ", contact: { email: "nobody@nowhere.test" }, labels: [{ name: "" }] },
    });
    expect(errors[0]?.extensions.code).toBe("VALIDATION");
    expect(errors[0]?.extensions.issues?.map(({ path }) => path.join("."))).toEqual([
      "input.subject",
      "input.labels.0.name",
    ]);
    expect(await ada.client.code(create, { input: { subject: "x", contact: { email: "nobody@nowhere.test" } } })).toBe(
      "NOT_FOUND",
    );
    expect(
      await ada.client.code(create, {
        input: { subject: "x", contact: { person: { email: "a@b.test" } }, labels: [{ name: "No such" }] },
      }),
    ).toBe("NOT_FOUND");
    expect(
      await ada.client.code(create, {
        input: {
          subject: "x",
          contact: { person: { email: "a@b.test" } },
          description: "a",
          outbound: { bodyText: "b" },
        },
      }),
    ).toBe("VALIDATION");
  });

  it("refuses an externalId that another ticket has", async () => {
    const input = { subject: "x", contact: { person: { email: "e@mail.test" } }, externalId: "same" };
    await ada.client.get(create, { input });
    expect(await ada.client.code(create, { input })).toBe("ALREADY_EXISTS");
  });

  it("needs ticket.assign to be created assigned, and an active member", async () => {
    const opener = await acme.member({ "ticket.view": "ALL", "ticket.create": true });
    const input = { subject: "x", contact: { person: { email: "f@mail.test" } }, assignee: { isMe: true } };
    expect(await opener.client.code(create, { input })).toBe("FORBIDDEN");
    const gone = await acme.member("Agent");
    await test.database.query("update members set is_active = false where id = $1", [gone.uuid]);
    expect(await ada.client.code(create, { input: { ...input, assignee: { id: gone.id } } })).toBe("VALIDATION");
  });

  it("is forbidden for the Viewer role", async () => {
    const viewer = await acme.member("Viewer");
    expect(
      await viewer.client.code(create, { input: { subject: "x", contact: { person: { email: "g@mail.test" } } } }),
    ).toBe("FORBIDDEN");
  });
});

describe("ticketReply", () => {
  it("answers the customer: PENDING, nobody waits any more, and an unassigned ticket is the writer's", async () => {
    const ticket = await acme.ticket();
    const { ticketReply } = await ada.client.get(reply, {
      code: ticket.code.toLowerCase(),
      input: { bodyText: "Done." },
    });
    expect(ticketReply.ticket).toMatchObject({ status: "PENDING", waitingSince: null, assignee: { id: ada.id } });
    expect(ticketReply.ticket.firstRepliedAt).not.toBeNull();
    expect(ticketReply.message).toMatchObject({ delivery: { state: "QUEUED" }, author: { id: ada.id } });
  });

  it("leaves the ticket unassigned with assign: false, and mails nothing with sendEmail: false", async () => {
    const ticket = await acme.ticket();
    const { ticketReply } = await ada.client.get(reply, {
      code: ticket.code,
      input: { bodyText: "x", assign: false, sendEmail: false },
    });
    expect(ticketReply.ticket.assignee).toBeNull();
    expect(ticketReply.message.delivery.state).toBe("NONE");
  });

  it("keeps only harmless HTML and makes the text from it", async () => {
    const ticket = await acme.ticket();
    const bodyHtml = '<p onclick="x()">Hello <b>you</b><script>alert(1)</script><a href="javascript:x">here</a></p>';
    const { ticketReply } = await ada.client.get(reply, { code: ticket.code, input: { bodyHtml } });
    expect(ticketReply.message.bodyHtml).not.toMatch(/script|onclick/);
    expect(ticketReply.message.bodyHtml).toContain("<b>you</b>");
    expect(ticketReply.message.bodyText).toBe("Hello youhere");
  });

  it("must give a status on a CLOSED ticket", async () => {
    const ticket = await acme.ticket({ status: "CLOSED" });
    const refused = await ada.client.ask(reply, { code: ticket.code, input: { bodyText: "x" } });
    expect(refused.errors[0]).toMatchObject({
      extensions: { code: "INVALID_STATUS_TRANSITION", details: { from: "CLOSED", allowed: ["OPEN", "CLOSED"] } },
    });
    expect(
      (await ada.client.get(reply, { code: ticket.code, input: { bodyText: "x", status: "OPEN" } })).ticketReply.ticket
        .status,
    ).toBe("OPEN");
  });

  it("refuses none and both of bodyText and bodyHtml, and an empty body", async () => {
    const { code } = await acme.ticket();
    for (const input of [
      {},
      { bodyText: "a", bodyHtml: "b" },
      { bodyText: " \n " },
      { bodyHtml: "<script>x</script>" },
    ])
      expect(await ada.client.code(reply, { code, input })).toBe("VALIDATION");
  });

  it("refuses to answer to an older state of the thread, and shows what is newer", async () => {
    const ticket = await acme.ticket();
    const { ticketReply } = await ada.client.get(reply, { code: ticket.code, input: { bodyText: "first" } });
    await ada.client.get(reply, { code: ticket.code, input: { bodyText: "second" } });
    const { errors } = await ada.client.ask(reply, {
      code: ticket.code,
      input: { bodyText: "third", ifLastMessageId: ticketReply.message.id },
    });
    expect(errors[0]?.extensions.code).toBe("CONFLICT");
    expect(errors[0]?.extensions.details?.newerMessages).toMatchObject([
      { bodyText: "second", messageId: expect.stringMatching(/^message_/) },
    ]);
  });
});

describe("an agent and a colleague's ticket", () => {
  it("may note on it, but reply only after taking it", async () => {
    const ticket = await acme.ticket({ assignee: ben });
    expect((await ada.client.get(note, { code: ticket.code, text: "I know this one." })).ticketNoteAdd.message).toEqual(
      { visibility: "INTERNAL", direction: null, to: [] },
    );
    const refused = await ada.client.ask(reply, { code: ticket.code, input: { bodyText: "x" } });
    expect(refused.errors[0]?.extensions.code).toBe("FORBIDDEN");
    expect(refused.errors[0]?.message).toContain("Take it first");
    expect(await ada.client.code(setStatus, { code: ticket.code, status: "RESOLVED" })).toBe("FORBIDDEN");
    await ada.client.get(assign, { code: ticket.code, assignee: { isMe: true } });
    expect(
      (await ada.client.get(reply, { code: ticket.code, input: { bodyText: "x" } })).ticketReply.ticket.assignee.id,
    ).toBe(ada.id);
  });

  it("sees beforehand what it may do", async () => {
    const ticket = await acme.ticket({ assignee: ben });
    const { ticket: seen } = await ada.client.get(
      `query ($code: String!) { ticket(by: { code: $code }) { allowedStatuses viewerCan { reply note update assign delete merge logTime } } }`,
      { code: ticket.code },
    );
    expect(seen).toEqual({
      allowedStatuses: [],
      viewerCan: { reply: false, note: true, update: false, assign: true, delete: false, merge: false, logTime: true },
    });
  });
});

describe("ticketNoteAdd", () => {
  it("changes nothing of the ticket", async () => {
    const ticket = await acme.ticket();
    const before = await ada.client.get(
      `query ($code: String!) { ticket(by: { code: $code }) { updatedAt lastActivityAt version } }`,
      { code: ticket.code },
    );
    const { ticketNoteAdd } = await ada.client.get(note, { code: ticket.code, text: "hm" });
    expect(ticketNoteAdd.ticket).toEqual(before.ticket);
  });
});

describe("ticketAssign", () => {
  it("gives a ticket to nobody with null, and refuses a missing assignee", async () => {
    const ticket = await acme.ticket({ assignee: ben });
    expect(
      (await ada.client.get(assign, { code: ticket.code, assignee: null })).ticketAssign.ticket.assignee,
    ).toBeNull();
    expect(
      await ada.client.code(
        `mutation ($code: String!) { ticketAssign(ticket: { code: $code }, input: {}) { cursor } }`,
        { code: ticket.code },
      ),
    ).toBe("VALIDATION");
  });
});

describe("ticketStatusSet", () => {
  it("goes forward, also skipping, and back only to OPEN", async () => {
    const { code } = await acme.ticket({ assignee: ada });
    const to = (status: string) => ada.client.ask(setStatus, { code, status });
    expect((await to("RESOLVED")).data.ticketStatusSet.ticket).toMatchObject({
      status: "RESOLVED",
      allowedStatuses: ["OPEN", "CLOSED"],
    });
    expect((await to("PENDING")).errors[0]?.extensions).toMatchObject({
      code: "INVALID_STATUS_TRANSITION",
      details: { from: "RESOLVED", to: "PENDING", allowed: ["OPEN", "CLOSED"] },
    });
    expect((await to("CLOSED")).data.ticketStatusSet.ticket.closedAt).not.toBeNull();
    expect((await to("OPEN")).data.ticketStatusSet.ticket).toMatchObject({ resolvedAt: null, closedAt: null });
  });

  it("writes no change when the status is the same", async () => {
    const { code } = await acme.ticket({ assignee: ada });
    const cursor = `mutation ($code: String!) { ticketStatusSet(ticket: { code: $code }, input: { status: OPEN }) { cursor } }`;
    const first = await ada.client.get(cursor, { code });
    expect(await ada.client.get(cursor, { code })).toEqual(first);
  });

  it("takes pendingUntil with PENDING only, and in the future", async () => {
    const { code } = await acme.ticket({ assignee: ada });
    expect(await ada.client.code(setStatus, { code, status: "RESOLVED", until: "2099-01-01T00:00:00Z" })).toBe(
      "VALIDATION",
    );
    expect(await ada.client.code(setStatus, { code, status: "PENDING", until: "2020-01-01T00:00:00Z" })).toBe(
      "VALIDATION",
    );
    const { ticketStatusSet } = await ada.client.get(setStatus, {
      code,
      status: "PENDING",
      until: "2099-01-01T00:00:00Z",
    });
    expect(ticketStatusSet.ticket.pendingUntil).toBe("2099-01-01T00:00:00.000Z");
  });
});

describe("ticketUpdate", () => {
  it("changes what is given, leaves what is absent and clears what is null", async () => {
    const company = await acme.company("Cleared");
    await Promise.all([acme.label("red"), acme.label("blue")]);
    const { code } = await acme.ticket({ assignee: ada, companyId: company });
    const first = await ada.client.get(update, {
      code,
      input: { subject: "New", priority: "HIGH", addLabels: [{ name: "RED" }, { name: "blue" }] },
    });
    expect(first.ticketUpdate.ticket).toMatchObject({
      subject: "New",
      priority: "HIGH",
      company: { name: "Cleared" },
      labels: [{ name: "blue" }, { name: "red" }],
    });
    const second = await ada.client.get(update, { code, input: { company: null, removeLabels: [{ name: "red" }] } });
    expect(second.ticketUpdate.ticket).toMatchObject({ subject: "New", company: null, labels: [{ name: "blue" }] });
  });

  it("refuses an outdated expectedVersion and tells what changed since", async () => {
    const { code } = await acme.ticket({ assignee: ada });
    await ada.client.get(update, { code, input: { subject: "Theirs", expectedVersion: 1 } });
    const { errors } = await ada.client.ask(update, { code, input: { subject: "Mine", expectedVersion: 1 } });
    expect(errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { currentVersion: 2, fieldsChanged: ["subject"] },
    });
  });

  it("records one change with all its kinds", async () => {
    const ticket = await acme.ticket({ assignee: ada });
    await acme.label("kinds");
    await ada.client.get(reply, { code: ticket.code, input: { bodyText: "x", status: "RESOLVED" } });
    const rows = await test.database.query(
      "select kinds from changes where subject_id = $1 order by number desc limit 1",
      [ticket.uuid],
    );
    expect(rows[0]?.kinds).toEqual(["ticket.updated", "ticket.status_changed"]);
  });
});
