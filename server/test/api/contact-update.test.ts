/** contactUpdate: addresses, versions, and the tickets that move along. */
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
