import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
});
afterAll(() => test.close());

const fields = "id name email otherEmails phone notes externalId isBlocked companySource version company { name }";
const create = `mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { ${fields} } } }`;
const update = `mutation ($contact: ContactRef!, $input: ContactUpdateInput!) { contactUpdate(contact: $contact, input: $input) { contact { ${fields} tickets { nodes { company { name } } } } } }`;

describe("contactCreate", () => {
  it("creates a contact and links it to the company of its domain", async () => {
    await acme.company("Linked", ["linked.test"]);
    const { contactCreate } = await ada.client.get(create, {
      input: { name: " Kim  Lee ", email: "kim@sub.linked.test", externalId: "crm-1" },
    });
    expect(contactCreate.contact).toMatchObject({
      name: "Kim Lee",
      email: "kim@sub.linked.test",
      company: { name: "Linked" },
      companySource: "DOMAIN",
      otherEmails: [],
      externalId: "crm-1",
    });
  });

  it("keeps a person's decision against a company", async () => {
    await acme.company("Unwanted", ["unwanted.test"]);
    const { contactCreate } = await ada.client.get(create, {
      input: { name: "No", email: "no@unwanted.test", company: null },
    });
    expect(contactCreate.contact).toMatchObject({ company: null, companySource: "MANUAL" });
  });

  it("refuses an address that another contact has, in any case", async () => {
    await ada.client.get(create, { input: { name: "One", email: "one@mail.test" } });
    expect(await ada.client.code(create, { input: { name: "Two", email: "ONE@mail.test" } })).toBe("ALREADY_EXISTS");
  });

  it("needs an e-mail address or a phone number, and refuses what is no address", async () => {
    expect(await ada.client.code(create, { input: { name: "Nothing" } })).toBe("VALIDATION");
    expect(await ada.client.code(create, { input: { name: "Phone", phone: "+49 30 1234" } })).toBeNull();
    const { errors } = await ada.client.ask(create, { input: { name: "Bad", email: "a b@c" } });
    expect(errors[0]?.extensions.issues).toMatchObject([
      { path: ["input", "email"], message: "must be one e-mail address such as ada@example.com" },
    ]);
    expect(await ada.client.code(create, { input: { name: "Two", email: "a@b.test, c@d.test" } })).toBe("VALIDATION");
  });

  it("is forbidden for the Viewer role", async () => {
    expect(await (await acme.member("Viewer")).client.code(create, { input: { name: "x", phone: "12345" } })).toBe(
      "FORBIDDEN",
    );
  });
});

describe("contactUpdate", () => {
  it("makes another address the primary one and keeps the old", async () => {
    await ada.client.get(create, { input: { name: "Moves", email: "old@moves.test" } });
    const { contactUpdate } = await ada.client.get(update, {
      contact: { email: "old@moves.test" },
      input: { email: "new@moves.test" },
    });
    expect(contactUpdate.contact).toMatchObject({
      email: "new@moves.test",
      otherEmails: ["old@moves.test"],
      version: 2,
    });
    const again = await ada.client.get(update, {
      contact: { email: "OLD@moves.test" },
      input: { removeEmails: ["new@moves.test"] },
    });
    expect(again.contactUpdate.contact).toMatchObject({ email: "old@moves.test", otherEmails: [] });
  });

  it("refuses to take away the last way to reach a contact", async () => {
    await ada.client.get(create, { input: { name: "Last", email: "last@mail.test" } });
    expect(await ada.client.code(update, { contact: { email: "last@mail.test" }, input: { email: null } })).toBe(
      "VALIDATION",
    );
    const { contactUpdate } = await ada.client.get(update, {
      contact: { email: "last@mail.test" },
      input: { email: null, phone: "+49 1234" },
    });
    expect(contactUpdate.contact).toMatchObject({ email: null, phone: "+49 1234" });
  });

  it("follows the domain of a new address unless a person chose the company", async () => {
    await acme.company("From", ["from.test"]);
    await acme.company("To", ["to.test"]);
    await ada.client.get(create, { input: { name: "F", email: "f@from.test" } });
    const moved = await ada.client.get(update, { contact: { email: "f@from.test" }, input: { email: "f@to.test" } });
    expect(moved.contactUpdate.contact).toMatchObject({ company: { name: "To" }, companySource: "DOMAIN" });
    await ada.client.get(update, { contact: { email: "f@to.test" }, input: { company: { domain: "FROM.test" } } });
    const kept = await ada.client.get(update, { contact: { email: "f@to.test" }, input: { email: "g@to.test" } });
    expect(kept.contactUpdate.contact).toMatchObject({ company: { name: "From" }, companySource: "MANUAL" });
  });

  it("gives tickets without a company the contact's first one, and moves old tickets only when asked", async () => {
    await acme.company("First", ["first.test"]);
    await acme.company("Second", ["second.test"]);
    const contact = await acme.contact("tickets@mail.test");
    await acme.ticket({ contact });
    const by = { email: "tickets@mail.test" };
    const companies = async (input: object) =>
      (await ada.client.get(update, { contact: by, input })).contactUpdate.contact.tickets.nodes.map(
        ({ company }: { company: { name: string } | null }) => company?.name,
      );
    expect(await companies({ company: { domain: "first.test" } })).toEqual(["First"]);
    expect(await companies({ company: { domain: "second.test" } })).toEqual(["First"]);
    expect(await companies({ company: { domain: "first.test" }, moveTickets: true })).toEqual(["First"]);
    expect(await companies({ company: { domain: "second.test" }, moveTickets: true })).toEqual(["Second"]);
  });

  it("refuses an outdated expectedVersion", async () => {
    await ada.client.get(create, { input: { name: "V", email: "v@mail.test" } });
    await ada.client.get(update, { contact: { email: "v@mail.test" }, input: { notes: "a", expectedVersion: 1 } });
    const { errors } = await ada.client.ask(update, {
      contact: { email: "v@mail.test" },
      input: { notes: "b", expectedVersion: 1 },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { currentVersion: 2, fieldsChanged: ["notes"] },
    });
  });

  it("answers NOT_FOUND for a contact that isn't there", async () => {
    expect(await ada.client.code(update, { contact: { email: "nobody@mail.test" }, input: { name: "x" } })).toBe(
      "NOT_FOUND",
    );
  });
});
