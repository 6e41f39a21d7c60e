/** What an attacker found in a review of the ground; each stays found. */
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

const note =
  "mutation ($code: String!, $input: TicketNoteAddInput!) { ticketNoteAdd(ticket: { code: $code }, input: $input) { cursor } }";
const contactCreate =
  "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id name email } } }";
const contactUpdate =
  "mutation ($contact: ContactRef!, $input: ContactUpdateInput!) { contactUpdate(contact: $contact, input: $input) { cursor contact { version updatedAt otherEmails } } }";

describe("a document can't hold up the process", () => {
  it.each([
    ["below a field", (last: string) => `{ viewer { ...F0 } } ${last}`],
    ["at the root of an organization", (last: string) => `{ viewer { organization { id } ...F0 } } ${last}`],
  ])("with fragments that double 120 times %s", async (_name, wrap) => {
    const chain = Array.from({ length: 120 }, (_, i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`).join(
      " ",
    );
    const { errors, data } = await test.anonymous.ask(wrap(`${chain} fragment F120 on Viewer { roleName }`));
    expect([errors[0]?.extensions.code, data]).toEqual(["UNAUTHENTICATED", null]);
  });

  it("with rows that double 60 times", async () => {
    const chain = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Contact { ...F${i + 1} ...F${i + 1} }`).join(
      " ",
    );
    const query = `{ contacts { nodes { ...F0 } } } ${chain} fragment F60 on Contact { company { name } }`;
    expect(await ada.client.code(query)).toBe("QUERY_TOO_COMPLEX");
  });

  it("with page sizes in the defaults of variables, or with thousands of ids", async () => {
    const deep =
      "query ($n: Int = 100) { tickets(first: $n) { nodes { contact { tickets(first: $n) { nodes { messages(first: $n) { nodes { id } } } } } } } }";
    expect(await ada.client.code(deep)).toBe("QUERY_TOO_COMPLEX");
    const { errors } = await ada.client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      ids: Array(101).fill(ada.id),
    });
    expect(errors[0]?.extensions.issues?.[0]).toMatchObject({ path: ["ids"], code: "TOO_MANY" });
  });

  it("with variables 10,000 deep, lists of 1,000 values, or filters 20 deep", async () => {
    let deep: object = {};
    for (let level = 0; level < 10_000; level++) deep = { not: deep };
    const list = "query ($f: TicketFilter) { tickets(filter: $f) { totalCount } }";
    expect(await ada.client.code(list, { f: deep })).toBe("BAD_REQUEST");
    let filter: object = { status: { eq: "OPEN" } };
    for (let level = 0; level < 20; level++) filter = { not: filter };
    expect(await ada.client.code(list, { f: filter })).toBe("VALIDATION");
    expect(await ada.client.code(list, { f: { code: { in: Array(1_000).fill("X-1") } } })).toBe("VALIDATION");
  });

  it("with HTML that nests without end", async () => {
    const { code } = await acme.ticket();
    for (const bodyHtml of [
      `${"<b>".repeat(130_000)}x`,
      `${"<div>".repeat(5_000)}x`,
      `${"<table><tr><td>".repeat(2_000)}x`,
    ]) {
      const answer = await ada.client.ask(note, { code, input: { bodyHtml } });
      expect([null, "VALIDATION"]).toContain(answer.errors[0]?.extensions.code ?? null);
    }
  });
});

describe("a viewer without contact.view", () => {
  it("can't ask by filter or reference what it can't see", async () => {
    const company = await acme.company("Hidden", ["hidden.test"]);
    await acme.contact("main@hidden.test", "Known");
    const known = (await ada.client.get('{ contacts(filter: { email: { eq: "main@hidden.test" } }) { nodes { id } } }'))
      .contacts.nodes[0].id;
    await ada.client.get(contactUpdate, {
      contact: { id: known },
      input: { externalId: "secret-77", addEmails: ["second@hidden.test"] },
    });
    await ada.client.get(
      'mutation ($id: ID!) { ticketCreate(input: { subject: "x", contact: { id: $id } }) { cursor } }',
      { id: known },
    );
    const bare = await acme.member({ "ticket.view": "ALL", "ticket.create": true });
    const list = "query ($f: TicketFilter) { tickets(filter: $f) { totalCount } }";
    for (const filter of [
      { contact: { externalId: { startsWith: "secret" } } },
      { contact: { isBlocked: false } },
      { contact: { company: { name: { startsWith: "hid" } } } },
      { company: { domains: { some: { domain: { startsWith: "hid" } } } } },
      { not: { or: [{ contact: { not: { externalId: { eq: "x" } } } }] } },
    ]) {
      const { errors } = await bare.client.ask(list, { f: filter });
      expect(errors[0]?.extensions.code, JSON.stringify(filter)).toBe("FORBIDDEN");
      expect(errors[0]?.message).toContain("needs the permission contact.view");
    }
    expect(
      await bare.client.code(list, {
        f: {
          contact: { name: { contains: "kno" }, email: { eq: "main@hidden.test" } },
          company: { id: { eq: acme.globalId("Company", company) } },
        },
      }),
    ).toBeNull();
    const find = "query ($by: ContactRef!) { contact(by: $by) { name } }";
    expect(await bare.client.code(find, { by: { externalId: "secret-77" } })).toBe("NOT_FOUND");
    expect(await bare.client.code(find, { by: { email: "second@hidden.test" } })).toBe("NOT_FOUND");
    expect(await bare.client.code(find, { by: { email: "main@hidden.test" } })).toBeNull();
    const open =
      'mutation ($company: CompanyRef!) { ticketCreate(input: { subject: "x", contact: { person: { email: "q@mail.test" } }, company: $company }) { cursor } }';
    expect(await bare.client.code(open, { company: { domain: "hidden.test" } })).toBe("NOT_FOUND");
  });
});

describe("text of the world", () => {
  it.each([
    ["ΝΙΚΟΣ ΓΙΑΝΝΗΣ", "ΝΙΚΟΣ@zzz.test"],
    ["İstanbul GmbH", "İx@zzz.test"],
    ["STRAẞE", "ẞ@zzz.test"],
    ["José", "jose\u0301@zzz.test"],
  ])("is stored and found without case: %s", async (name, email) => {
    expect((await ada.client.get(contactCreate, { input: { name, email } })).contactCreate.contact).toMatchObject({
      name,
      email: email.normalize("NFC"),
    });
    const found = await ada.client.get("query ($f: ContactFilter) { contacts(filter: $f) { nodes { name } } }", {
      f: { name: { eq: name.toLowerCase() } },
    });
    expect(found.contacts.nodes).toEqual([{ name }]);
    expect(
      await ada.client.code(contactCreate, { input: { name: "twin", email: email.normalize("NFC").toLowerCase() } }),
    ).toBe("ALREADY_EXISTS");
  });

  it("with the character NUL is refused, wherever it stands", async () => {
    const { code } = await acme.ticket();
    const nul = "A\u0000B";
    for (const [query, variables] of [
      ["query ($v: String!) { ticket(by: { code: $v }) { id } }", { v: nul }],
      ["query ($v: String!) { tickets(filter: { code: { eq: $v } }) { totalCount } }", { v: nul }],
      ["query ($v: EmailAddress!) { contact(by: { email: $v }) { id } }", { v: `${nul}@x.test` }],
      ['mutation ($v: String!) { signIn(input: { email: $v, password: "x" }) { accessToken } }', { v: nul }],
      [
        "mutation ($v: String!, $code: String!) { ticketUpdate(ticket: { code: $code }, input: { addLabels: [{ name: $v }] }) { cursor } }",
        { v: nul, code },
      ],
    ] as [string, Record<string, unknown>][])
      expect(await ada.client.code(query, variables), query).toBe("VALIDATION");
    expect(await ada.client.code(note, { code, input: { bodyHtml: `<p>${nul}</p>` } })).toBeNull();
  });

  it.each(["0000-01-01", "0001-01-01", "-P4000Y", "-200000-01-01T00:00:00Z", "+P99999Y"])(
    "as a date in a filter is of the years 1 to 9999: %s",
    async (date) => {
      expect(
        await ada.client.code(
          "query ($d: DateFilterValue) { tickets(filter: { createdAt: { gte: $d } }) { totalCount } }",
          { d: date },
        ),
      ).toBe("VALIDATION");
    },
  );
});

describe("organizationCreate with a key", () => {
  it("makes one organization for each field of a request, and says so when the key is used after a day", async () => {
    const client = await test.world.session((await test.world.user()).userId);
    const headers = { "idempotency-key": "two-at-once" };
    const two =
      'mutation { a: organizationCreate(input: { name: "A", ticketPrefix: "TWOA" }) { organizationId } b: organizationCreate(input: { name: "B", ticketPrefix: "TWOB" }) { organizationId } }';
    const { a, b } = await client.get(two, {}, headers);
    expect(a.organizationId).not.toBe(b.organizationId);
    await test.database.query("update idempotency_keys set created_at = created_at - interval '25 hours'");
    expect(
      await client.code(
        'mutation { a: organizationCreate(input: { name: "A", ticketPrefix: "TWOA" }) { organizationId } }',
        {},
        headers,
      ),
    ).toBe("IDEMPOTENCY_MISMATCH");
  });
});

describe("contactUpdate", () => {
  it("refuses to add and remove one address at once", async () => {
    await ada.client.get(contactCreate, { input: { name: "Phone", phone: "+49 123" } });
    const phone = (await ada.client.get('{ contacts(filter: { name: { eq: "phone" } }) { nodes { id } } }')).contacts
      .nodes[0].id;
    for (const input of [
      { addEmails: ["y@both.test"], removeEmails: ["Y@both.test"] },
      { email: "n@both.test", removeEmails: ["n@both.test"] },
    ])
      expect(await ada.client.code(contactUpdate, { contact: { id: phone }, input })).toBe("VALIDATION");
  });

  it("counts a changed address as a change", async () => {
    await ada.client.get(contactCreate, { input: { name: "Many", email: "one@many.test" } });
    const add = (email: string) =>
      ada.client.ask(contactUpdate, {
        contact: { email: "one@many.test" },
        input: { addEmails: [email], expectedVersion: 1 },
      });
    expect((await add("two@many.test")).data.contactUpdate.contact).toMatchObject({
      version: 2,
      otherEmails: ["two@many.test"],
    });
    expect((await add("three@many.test")).errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { fieldsChanged: ["addresses"] },
    });
  });

  it("moves only tickets that the viewer may update", async () => {
    const keeper = await acme.member({
      "ticket.view": "ASSIGNED",
      "ticket.update": "ASSIGNED",
      "contact.view": true,
      "contact.manage": true,
    });
    const contact = await acme.contact("mover@mail.test");
    const [theirs, mine] = [await acme.ticket({ contact }), await acme.ticket({ contact, assignee: keeper })];
    await acme.company("First of all", ["firstofall.test"]);
    await acme.company("Then", ["then.test"]);
    await ada.client.get(contactUpdate, {
      contact: { email: "mover@mail.test" },
      input: { company: { domain: "firstofall.test" } },
    });
    await keeper.client.get(contactUpdate, {
      contact: { email: "mover@mail.test" },
      input: { company: { domain: "then.test" }, moveTickets: true },
    });
    const company = async (code: string) =>
      (await ada.client.get("query ($code: String!) { ticket(by: { code: $code }) { company { name } } }", { code }))
        .ticket.company.name;
    expect([await company(theirs.code), await company(mine.code)]).toEqual(["First of all", "Then"]);
  });
});

describe("a right of its own", () => {
  it("is asked for a status in a reply", async () => {
    const replier = await acme.member({ "ticket.view": "ALL", "ticket.reply": "ALL" });
    const { code } = await acme.ticket();
    const reply =
      'mutation ($code: String!, $status: TicketStatus) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", status: $status }) { ticket { status } } }';
    expect(await replier.client.code(reply, { code, status: "CLOSED" })).toBe("FORBIDDEN");
    expect((await replier.client.get(reply, { code })).ticketReply.ticket.status).toBe("PENDING");
  });

  it("is asked with its reach when a new ticket is given to somebody else", async () => {
    const opener = await acme.member({ "ticket.view": "ALL", "ticket.create": true, "ticket.assign": "ASSIGNED" });
    const open =
      'mutation ($who: MemberRef!) { ticketCreate(input: { subject: "x", contact: { person: { email: "w@mail.test" } }, assignee: $who }) { ticket { assignee { id } } } }';
    expect(await opener.client.code(open, { who: { id: ada.id } })).toBe("FORBIDDEN");
    expect((await opener.client.get(open, { who: { isMe: true } })).ticketCreate.ticket.assignee.id).toBe(opener.id);
  });

  it("can't be stored on a ticket permission without its reach", async () => {
    const role = await acme.role({ "ticket.view": "ALL" });
    const insert = (permission: string, reach: string | null) =>
      test.database.query("insert into role_grants values ($1, $2, $3, $4)", [
        acme.organizationId,
        role,
        permission,
        reach,
      ]);
    await expect(insert("ticket.update", null)).rejects.toThrow("role_grants_reach");
    await expect(insert("note.view", "ALL")).rejects.toThrow("role_grants_reach");
  });
});

describe("races", () => {
  it("a ticket for a new address finds the contact that is created at the same time", async () => {
    const open =
      'mutation ($email: EmailAddress!) { ticketCreate(input: { subject: "x", contact: { person: { email: $email } } }) { ticket { contact { id } } } }';
    for (let round = 0; round < 15; round++) {
      const email = `race${round}@race.test`;
      const [ticket] = await Promise.all([
        ada.client.ask(open, { email }),
        ada.client.ask(contactCreate, { input: { name: "R", email } }),
        ada.client.ask(open, { email }),
      ]);
      expect(ticket?.errors).toEqual([]);
    }
  });

  it("a ticket opened while its contact gets a first company has it too", async () => {
    await acme.company("Racing", ["racing.test"]);
    for (let round = 0; round < 15; round++) {
      const email = `late${round}@mail.test`;
      const { contactCreate: made } = await ada.client.get(contactCreate, { input: { name: "L", email } });
      const open = 'mutation ($id: ID!) { ticketCreate(input: { subject: "x", contact: { id: $id } }) { cursor } }';
      await Promise.all([
        ada.client.get(open, { id: made.contact.id }),
        ada.client.get(contactUpdate, { contact: { email }, input: { company: { domain: "racing.test" } } }),
        ada.client.get(open, { id: made.contact.id }),
      ]);
      const { contact } = await ada.client.get(
        "query ($email: EmailAddress!) { contact(by: { email: $email }) { tickets { nodes { company { name } } } } }",
        { email },
      );
      expect(contact.tickets.nodes).toEqual([{ company: { name: "Racing" } }, { company: { name: "Racing" } }]);
    }
  });
});

describe("T20", () => {
  it("strangers get no suggestion of a name", async () => {
    expect((await test.anonymous.ask("{ ticketz { id } }")).errors[0]?.message).not.toContain("Did you mean");
    expect((await ada.client.ask("{ ticketz { id } }")).errors[0]?.message).toContain("Did you mean");
  });
});

describe("T32", () => {
  it("a key needs review once its creator holds less than it", async () => {
    const maker = await acme.member("Admin");
    const { apiKeyCreate } = await maker.client.get(
      'mutation { apiKeyCreate(input: { name: "k", role: { name: "Manager" } }) { apiKey { id needsReview } } }',
    );
    expect(apiKeyCreate.apiKey.needsReview).toBe(false);
    await test.database.query(
      "update members set role_id = (select id from roles where built_in = 'AGENT' and organization_id = $2) where id = $1",
      [maker.uuid, acme.organizationId],
    );
    const { node } = await ada.client.get("query ($id: ID!) { node(id: $id) { ... on ApiKey { needsReview } } }", {
      id: apiKeyCreate.apiKey.id,
    });
    expect(node.needsReview).toBe(true);
  });
});
