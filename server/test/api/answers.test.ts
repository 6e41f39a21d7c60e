/** What answers and errors say, and what they don't name. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "../testkit/client.ts";
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

const code = (client: Client, mutation: string, variables: Record<string, unknown> = {}) => {
  const names = Object.keys(variables).map((name) => `$${name}: ID!`);
  return client.code(
    `mutation ${names.length > 0 ? `(${names.join(", ")})` : ""} { ${mutation} { cursor } }`,
    variables,
  );
};

describe("answers", () => {
  it("don't name what the viewer can't see", async () => {
    await acme.company("Hidden GmbH", ["hidden-gmbh.test"]);
    const narrow = await acme.member({ "ticket.view": "ASSIGNED", "contact.manage": true });
    const { errors } = await narrow.client.ask(
      'mutation { companyCreate(input: { name: "x", domains: ["hidden-gmbh.test"] }) { cursor } }',
    );
    expect(errors[0]?.extensions.code).toBe("DOMAIN_TAKEN");
    expect(JSON.stringify(errors)).not.toMatch(/Hidden GmbH|company_/);
  });

  it("of a repetition keep their places when something is gone since", async () => {
    const headers = { "idempotency-key": "places" };
    const upsert =
      'mutation { contactsUpsert(input: [{ email: "place0@mail.test" }, { email: "place1@mail.test" }]) { results { outcome contact { email } } } }';
    await ada.client.get(upsert, {}, headers);
    await ada.client.get('mutation { contactDelete(contact: { email: "place0@mail.test" }) { cursor } }');
    const { results } = (await ada.client.get(upsert, {}, headers)).contactsUpsert;
    expect(results).toEqual([
      { outcome: "CREATED", contact: null },
      { outcome: "CREATED", contact: { email: "place1@mail.test" } },
    ]);
    const roleHeaders = { "idempotency-key": "role-gone" };
    const create = 'mutation { roleCreate(input: { name: "Short-lived", grants: [] }) { role { name } } }';
    await ada.client.get(create, {}, roleHeaders);
    await ada.client.get('mutation { roleDelete(role: { name: "Short-lived" }) { cursor } }');
    expect((await ada.client.get(create, {}, roleHeaders)).roleCreate.role).toBeNull();
  });

  it("tell a ticket named twice the same, and what stands in the way of a merged one", async () => {
    const [closed, kept] = [await acme.ticket({ status: "CLOSED" }), await acme.ticket()];
    const { results } = (
      await ada.client.get(
        "mutation ($id: ID!, $c: String!) { ticketsBulkUpdate(tickets: [{ id: $id }, { code: $c }], input: { mode: PER_TICKET, status: PENDING }) { results { error { code } } } }",
        { id: closed.id, c: closed.code },
      )
    ).ticketsBulkUpdate;
    expect(results).toEqual([
      { error: { code: "INVALID_STATUS_TRANSITION" } },
      { error: { code: "INVALID_STATUS_TRANSITION" } },
    ]);
    const gone = await acme.ticket();
    await code(ada.client, "ticketMerge(ticket: { id: $a }, into: { id: $b })", { a: gone.id, b: kept.id });
    expect(
      await code(ada.client, "ticketStatusSet(ticket: { id: $id }, input: { status: OPEN })", { id: gone.id }),
    ).toBe("CONFLICT");
    const { ticket } = await ada.client.get(
      "query ($id: ID!) { ticket(by: { id: $id }) { allowedStatuses viewerCan { reply update merge delete } } }",
      { id: gone.id },
    );
    expect(ticket).toEqual({
      allowedStatuses: [],
      viewerCan: { reply: false, update: false, merge: false, delete: true },
    });
  });

  it("say what to do where nothing was given, cleared or reachable", async () => {
    const { code: ticketCode } = await acme.ticket();
    const faults: [string, RegExp][] = [
      [
        `ticketUpdate(ticket: { code: "${ticketCode}" }, input: { subject: null })`,
        /subject: can't be cleared; omit it/,
      ],
      [`ticketAssign(ticket: { code: "${ticketCode}" }, input: {})`, /assignee: must be given/],
      ['contactUpsert(input: { externalId: "new-9" })', /a new contact needs an e-mail address or a phone number/],
      [
        `ticketLabelsUpdate(ticket: { code: "${ticketCode}" }, input: { addLabels: [{ name: "Both" }], removeLabels: [{ name: "Both" }] })`,
        /can't be both added and removed/,
      ],
    ];
    await acme.label("Both");
    for (const [mutation, text] of faults) {
      const { errors } = await ada.client.ask(`mutation { ${mutation} { cursor } }`);
      expect([errors[0]?.extensions.code, errors[0]?.message], mutation).toEqual([
        "VALIDATION",
        expect.stringMatching(text),
      ]);
    }
    await ada.client.get(
      'mutation { contactCreate(input: { name: "Phone only", phone: "+49 30 1", externalId: "phone-only" }) { cursor } }',
    );
    const { errors } = await ada.client.ask(
      'mutation { ticketCreate(input: { subject: "x", contact: { externalId: "phone-only" }, outbound: { bodyText: "Hi" } }) { cursor } }',
    );
    expect(errors[0]?.message).toMatch(
      /has no e-mail address; add one to the contact, give cc, or set sendEmail to false/,
    );
  });

  it("refuse another organization's prefix for a company too, and a company that is archived as the kept one", async () => {
    const globex = await test.world.organization("Globex");
    expect(await code(ada.client, `companyCreate(input: { name: "x", ticketPrefix: "${globex.prefix}" })`)).toBe(
      "ALREADY_EXISTS",
    );
    const [live, old] = [
      acme.globalId("Company", await acme.company()),
      acme.globalId("Company", await acme.company()),
    ];
    await code(ada.client, "companyArchive(company: { id: $id })", { id: old });
    expect(await code(ada.client, "companyMerge(company: { id: $a }, into: { id: $b })", { a: live, b: old })).toBe(
      "VALIDATION",
    );
  });
});
