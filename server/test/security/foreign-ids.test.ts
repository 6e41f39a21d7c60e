/** T2: another organization's ids in nested inputs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Furnished, furnish } from "../testkit/fixtures.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;
let ours: Furnished;
let theirs: Furnished;

beforeAll(async () => {
  test = await startTestServer();
  ours = await furnish(test.world, "ours", "ours");
  theirs = await furnish(test.world, "theirs", "zebra");
});
afterAll(() => test.close());

describe("T2: another organization's id in a nested input", () => {
  const inputs: [string, (its: Furnished) => string][] = [
    [
      "assignee of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, assignee: { id: "${its.agent.id}" } })`,
    ],
    ["contact of ticketCreate", (its) => `ticketCreate(input: { subject: "x", contact: { id: "${its.contact.id}" } })`],
    [
      "company of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, company: { id: "${its.company.id}" } })`,
    ],
    [
      "labels of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, labels: [{ id: "${its.label.id}" }] })`,
    ],
    [
      "tickets of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ id: "${its.ticket.id}" }], input: { priority: LOW })`,
    ],
    [
      "assignee of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ code: "CODE" }], input: { assignee: { id: "${its.agent.id}" } })`,
    ],
    [
      "labels of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ code: "CODE" }], input: { addLabels: [{ id: "${its.label.id}" }] })`,
    ],
    ["into of ticketMerge", (its) => `ticketMerge(ticket: { code: "CODE" }, into: { id: "${its.ticket.id}" })`],
    [
      "participants",
      (its) =>
        `ticketParticipantsUpdate(ticket: { code: "CODE" }, input: { addParticipants: [{ id: "${its.contact.id}" }] })`,
    ],
    [
      "sender of messageReceive",
      (its) => `messageReceive(ticket: { code: "CODE" }, input: { bodyText: "x", from: { id: "${its.contact.id}" } })`,
    ],
    ["into of contactMerge", (its) => `contactMerge(contact: { id: "CONTACT" }, into: { id: "${its.contact.id}" })`],
    [
      "company of contactUpsert",
      (its) => `contactUpsert(input: { email: "n@mail.test", company: { id: "${its.company.id}" } })`,
    ],
    ["into of companyMerge", (its) => `companyMerge(company: { id: "COMPANY" }, into: { id: "${its.company.id}" })`],
    ["contact of companyCreate", (its) => `companyCreate(input: { name: "x", contact: { id: "${its.contact.id}" } })`],
    ["into of labelMerge", (its) => `labelMerge(label: { id: "LABEL" }, into: { id: "${its.label.id}" })`],
    [
      "role of memberUpdate",
      (its) => `memberUpdate(member: { id: "MEMBER" }, input: { role: { id: "${its.role.id}" } })`,
    ],
    ["role of memberInvite", (its) => `memberInvite(input: { email: "n@mail.test", role: { id: "${its.role.id}" } })`],
    [
      "role of memberAdd",
      (its) =>
        `memberAdd(input: { name: "x", email: "n2@mail.test", password: "a long enough one", role: { id: "${its.role.id}" } })`,
    ],
    [
      "reassignTo of roleDelete",
      (its) => `roleDelete(role: { id: "ROLE" }, input: { reassignTo: { id: "${its.role.id}" } })`,
    ],
    [
      "reassignTicketsTo of memberRemove",
      (its) => `memberRemove(member: { id: "MEMBER" }, input: { reassignTicketsTo: { id: "${its.agent.id}" } })`,
    ],
  ];

  it.each(inputs)("as %s is not found, and the same of one's own works", async (name, write) => {
    const send = (its: Furnished) =>
      ours.admin.client.ask(
        `mutation { ${write(its)
          .replace("CODE", ours.ticket.code)
          .replace("CONTACT", ours.contact.id)
          .replace("COMPANY", ours.company.id)
          .replace("LABEL", ours.label.id)
          .replace("ROLE", ours.role.id)
          .replace("MEMBER", ours.agent.id)} { cursor } }`,
      );
    expect((await send(theirs)).errors[0]?.extensions.code, name).toBe("NOT_FOUND");
    // The same call with one's own: whatever it says then, it isn't that the thing is not there.
    if (!/^(into|reassign)/.test(name))
      expect(
        (await send(ours)).errors.map(({ message }) => message),
        name,
      ).toEqual([]);
  });
});
