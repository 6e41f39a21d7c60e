/** Tickets for contacts that are created or changed at the same time. */
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

const contactCreate =
  "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id name email } } }";
const contactUpdate =
  "mutation ($contact: ContactRef!, $input: ContactUpdateInput!) { contactUpdate(contact: $contact, input: $input) { cursor contact { version updatedAt otherEmails } } }";

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
