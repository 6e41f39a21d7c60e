/** contactDelete. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContact } from "../testkit/requests.ts";
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

const done = (mutation: string, variables = {}, person = admin) => person.client.get(mutation, variables);
const contact = (input: Record<string, unknown> = {}) => createContact(admin.client, input);

describe("contactDelete", () => {
  it("deleting a contact takes its address out of copies of messages", async () => {
    const id = await contact({ email: "copied@values.test" });
    const { code } = await acme.ticket({});
    await done(
      'mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", cc: ["copied@values.test"] }) { cursor } }',
      { code },
    );
    await done("mutation ($id: ID!) { contactDelete(contact: { id: $id }) { cursor } }", { id });
    expect(await test.database.query("select 1 from message_addresses where address = 'copied@values.test'")).toEqual(
      [],
    );
  });
});
