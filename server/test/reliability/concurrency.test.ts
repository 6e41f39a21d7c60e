import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const create =
  'mutation ($email: EmailAddress!) { ticketCreate(input: { subject: "x", contact: { person: { email: $email } } }) { ticket { id code contact { id } } cursor } }';

describe("at once", () => {
  it("100 ticketCreate give 100 codes without a hole", async () => {
    const own = await test.world.organization("Codes");
    const { client } = await own.apiKey("Admin");
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => client.get(create, { email: `c${index}@mail.test` })),
    );
    const numbers = answers
      .map(({ ticketCreate }) => Number(ticketCreate.ticket.code.split("-")[1]))
      .sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    const [log] = await test.database.query(
      "select count(*)::int as count, max(number)::int as last from changes where organization_id = $1",
      [own.organizationId],
    );
    expect(log?.count).toBe(log?.last);
  });

  it("50 tickets of one new address give one contact", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ada.client.get(create, { email: index % 2 ? "One@New.test" : "one@new.test" }),
      ),
    );
    expect(new Set(answers.map(({ ticketCreate }) => ticketCreate.ticket.contact.id)).size).toBe(1);
  });

  it("50 edits of one ticket all arrive, and its version counts them", async () => {
    const ticket = await acme.ticket();
    const edit =
      "mutation ($code: String!, $subject: String!) { ticketUpdate(ticket: { code: $code }, input: { subject: $subject }) { cursor } }";
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => ada.client.get(edit, { code: ticket.code, subject: `edit ${index}` })),
    );
    const [row] = await test.database.query("select version from tickets where id = $1", [ticket.uuid]);
    expect(row?.version).toBe(51);
  });

  it("T62: of two replies that both saw the same last message, one wins", async () => {
    for (let round = 0; round < 10; round++) {
      const ticket = await acme.ticket();
      const last = (
        await ada.client.get("query ($code: String!) { ticket(by: { code: $code }) { lastMessage { id } } }", {
          code: ticket.code,
        })
      ).ticket.lastMessage.id;
      const reply =
        'mutation ($code: String!, $last: ID!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", ifLastMessageId: $last }) { cursor } }';
      const codes = await Promise.all([1, 2].map(() => ada.client.code(reply, { code: ticket.code, last })));
      expect(codes.sort()).toEqual(["CONFLICT", null]);
    }
  });
});

describe("an Idempotency-Key", () => {
  const note =
    "mutation ($code: String!, $text: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: $text }) { cursor message { id bodyText } } }";

  it("used again answers the same with extensions.replayed, resolving the selection afresh", async () => {
    const ticket = await acme.ticket();
    const headers = { "idempotency-key": "again" };
    const first = await ada.client.ask(note, { code: ticket.code, text: "once" }, headers);
    const again = await ada.client.ask(note, { code: ticket.code, text: "once" }, headers);
    expect(again.data).toEqual(first.data);
    expect([first.extensions, again.extensions]).toEqual([undefined, { replayed: true }]);
  });

  it("used with other variables is IDEMPOTENCY_MISMATCH; by another actor it is another key", async () => {
    const ticket = await acme.ticket();
    const headers = { "idempotency-key": "mine" };
    await ada.client.get(note, { code: ticket.code, text: "mine" }, headers);
    expect(await ada.client.code(note, { code: ticket.code, text: "other" }, headers)).toBe("IDEMPOTENCY_MISMATCH");
    const ben = await acme.member("Admin");
    expect((await ben.client.ask(note, { code: ticket.code, text: "theirs" }, headers)).extensions).toBeUndefined();
  });

  it("may come in the request's extensions, and holds for each field of a request on its own", async () => {
    const ticket = await acme.ticket();
    const body = JSON.stringify({
      query: `mutation { a: ticketNoteAdd(ticket: { code: "${ticket.code}" }, input: { bodyText: "a" }) { message { id } } b: ticketNoteAdd(ticket: { code: "${ticket.code}" }, input: { bodyText: "a" }) { message { id } } }`,
      extensions: { idempotencyKey: "two" },
    });
    const send = async () =>
      (
        await fetch(`${test.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...ada.client.headers },
          body,
        })
      ).json();
    const first = await send();
    expect(first.data.a.message.id).not.toBe(first.data.b.message.id);
    expect(await send()).toEqual({ ...first, extensions: { replayed: true } });
  });

  it("stores no error: the same key works once the reason is gone", async () => {
    const ticket = await acme.ticket({ status: "CLOSED" });
    const reply =
      'mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x" }) { cursor } }';
    const headers = { "idempotency-key": "later" };
    expect(await ada.client.code(reply, { code: ticket.code }, headers)).toBe("INVALID_STATUS_TRANSITION");
    await ada.client.get(
      "mutation ($code: String!) { ticketStatusSet(ticket: { code: $code }, input: { status: OPEN }) { cursor } }",
      { code: ticket.code },
    );
    expect(await ada.client.code(reply, { code: ticket.code }, headers)).toBeNull();
  });

  it("is a new one after 24 hours", async () => {
    const ticket = await acme.ticket();
    const headers = { "idempotency-key": "yesterday" };
    await ada.client.get(note, { code: ticket.code, text: "first" }, headers);
    await test.database.query("update idempotency_keys set created_at = created_at - interval '25 hours'");
    const later = await ada.client.ask(note, { code: ticket.code, text: "second" }, headers);
    expect([later.data.ticketNoteAdd.message.bodyText, later.extensions]).toEqual(["second", undefined]);
  });

  it("is refused when it is no visible ASCII of at most 255 characters", async () => {
    const ticket = await acme.ticket();
    expect(await ada.client.code(note, { code: ticket.code, text: "x" }, { "idempotency-key": "x".repeat(256) })).toBe(
      "VALIDATION",
    );
  });
});

describe("F13: a deadlock", () => {
  it("is retried from the start and both writes arrive", async () => {
    const [one, two] = [await acme.ticket(), await acme.ticket()];
    let arrived = 0;
    let open = () => {};
    // Both hold their first row before either asks for its second; the second try finds it open.
    const bothHold = new Promise<void>((resolve) => {
      open = resolve;
    });
    const edit = (first: string, second: string) =>
      acme.write(async ({ tx, record }) => {
        for (const id of [first, second]) {
          await tx.ticket.update({
            where: { organizationId_id: { organizationId: acme.organizationId, id } },
            data: { version: { increment: 1 } },
          });
          if (++arrived === 2) open();
          await bothHold;
        }
        record({ kind: "ticket.updated", subjectId: first, before: null, after: null });
        return {};
      });
    await Promise.all([edit(one.uuid, two.uuid), edit(two.uuid, one.uuid)]);
    const rows = await test.database.query("select version from tickets where id = any($1)", [[one.uuid, two.uuid]]);
    expect(rows.map(({ version }) => version)).toEqual([3, 3]);
  });
});
