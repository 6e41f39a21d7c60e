/** What asks for a right of its own: contacts, statuses, assignments, keys. */
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

const contactUpdate =
  "mutation ($contact: ContactRef!, $input: ContactUpdateInput!) { contactUpdate(contact: $contact, input: $input) { cursor contact { version updatedAt otherEmails } } }";

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

describe("T32: an API key", () => {
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
