/** Contacts that the caller names and can't see. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

describe("a contact that the caller can't see", () => {
  const thread = `ticket { id contact { name email } participants { name email }
    messages { nodes { from author { __typename ... on Contact { name } } } } }`;
  let hidden: string;
  let caller: Person;
  beforeAll(async () => {
    const colleague = await acme.member("Admin");
    const { contactCreate } = await colleague.client.get(
      'mutation { contactCreate(input: { name: "Secret Name", email: "main@hidden.test" }) { contact { id } } }',
    );
    hidden = contactCreate.contact.id;
    await colleague.client.get(
      `mutation { contactUpdate(contact: { id: "${hidden}" }, input: { addEmails: ["other@hidden.test"] }) { cursor } }`,
    );
    caller = await acme.member({
      "ticket.view": "ASSIGNED",
      "ticket.create": true,
      "ticket.assign": "ALL",
      "ticket.update": "ASSIGNED",
      "report.view": "ALL",
      "time.log": "ASSIGNED",
    });
  });
  const create = (contact: string) =>
    `mutation { ticketCreate(input: { subject: "Who is it", description: "Hello", contact: { person: ${contact} }, assignee: { id: "${caller.id}" } }) { ${thread} } }`;

  it("is shown as it was typed, wherever it is named: on a new ticket, as a participant, as an author", async () => {
    const { ticketCreate } = await caller.client.get(create('{ name: "Typed", email: "other@hidden.test" }'));
    const { ticket } = ticketCreate;
    expect(ticket.contact).toEqual({ name: "Typed", email: "other@hidden.test" });
    expect(ticket.messages.nodes).toEqual([
      { from: "other@hidden.test", author: { __typename: "Contact", name: "Typed" } },
    ]);
    const own = await caller.client.get(create('{ email: "new@hidden.test" }'));
    const { ticketParticipantsUpdate } = await caller.client.get(
      `mutation { ticketParticipantsUpdate(ticket: { id: "${own.ticketCreate.ticket.id}" }, input: { addParticipants: [{ person: { email: "other@hidden.test" } }] }) { ${thread} } }`,
    );
    expect(ticketParticipantsUpdate.ticket.participants).toEqual([{ name: "other", email: "other@hidden.test" }]);
    const { messageReceive } = await caller.client.get(
      `mutation { messageReceive(ticket: { id: "${own.ticketCreate.ticket.id}" }, input: { bodyText: "It is me", from: { person: { email: "other@hidden.test" } } }) { message { from author { ... on Contact { name } } } } }`,
    );
    expect(messageReceive.message).toEqual({ from: "other@hidden.test", author: { name: "other" } });
    const { node } = await caller.client.get(`{ node(id: "${hidden}") { ... on Contact { name email } } }`);
    expect(JSON.stringify(node)).not.toMatch(/Secret|main@/);
    await caller.client.get(
      `mutation { timeEntryCreate(ticket: { id: "${ticket.id}" }, input: { duration: "5m", description: "x" }) { cursor } }`,
    );
    const csv = await fetch(`${test.url}/exports/time-entries.csv`, { headers: caller.client.headers });
    expect(await csv.text()).not.toMatch(/Secret|main@/);
  });

  it("is shown as it is stored once it is on a ticket of theirs in another way, and after a merge of the two", async () => {
    const { ticketCreate } = await caller.client.get(create('{ email: "main@hidden.test" }'));
    const shown = async () =>
      (await caller.client.get(`{ ticket(by: { id: "${ticketCreate.ticket.id}" }) { contact { name } } }`)).ticket
        .contact.name;
    expect(await shown()).toBe("main");
    const { ticketCreate: theirs } = await admin.client.get(
      `mutation { ticketCreate(input: { subject: "Theirs", contact: { id: "${hidden}" } }) { ticket { id } } }`,
    );
    expect(await shown()).toBe("main");
    await admin.client.get(
      `mutation { ticketAssign(ticket: { id: "${theirs.ticket.id}" }, input: { assignee: { id: "${caller.id}" } }) { cursor } }`,
    );
    expect(await shown()).toBe("Secret Name");
    await admin.client.get(
      `mutation { ticketAssign(ticket: { id: "${theirs.ticket.id}" }, input: { assignee: null }) { cursor } }`,
    );
    expect(await shown()).toBe("main");
    await admin.client.get(
      `mutation { ticketMerge(ticket: { id: "${theirs.ticket.id}" }, into: { id: "${ticketCreate.ticket.id}" }) { cursor } }`,
    );
    expect(await shown()).toBe("main");
  });

  it("is erased with what was typed", async () => {
    await admin.client.get(`mutation { contactAnonymize(contact: { id: "${hidden}" }) { cursor } }`);
    expect(await acme.write(async ({ tx }) => ({ count: String(await tx.typedContact.count()) }))).toMatchObject({
      count: "0",
    });
  });
});
