/** Merges, upserts and contactAnonymize of the same contacts at once. */
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

let counter = 0;
const contact = (input: Record<string, unknown> = {}) => createContact(admin.client, input);
const mergeContacts =
  "mutation ($a: ID!, $b: ID!) { contactMerge(contact: { id: $a }, into: { id: $b }) { isChanged contact { id notes } kept { field from isOtherDropped } } }";
const anonymize = "mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { isChanged contact { name } } }";

describe("races", () => {
  it("of opposite merges: one is done, the other is told that both are one, and nothing loops or breaks", async () => {
    for (let round = 0; round < 8; round++) {
      const [a, b] = [await contact(), await contact()];
      const codes = await Promise.all([
        admin.client.code(mergeContacts, { a, b }),
        admin.client.code(mergeContacts, { a: b, b: a }),
      ]);
      expect(codes.sort()).toEqual([null, "VALIDATION"].sort());
    }
    const company = async () => acme.globalId("Company", await acme.company(`Co ${++counter}`, []));
    const merge = "mutation ($a: ID!, $b: ID!) { companyMerge(company: { id: $a }, into: { id: $b }) { cursor } }";
    for (let round = 0; round < 4; round++) {
      const [a, b] = [await company(), await company()];
      const codes = await Promise.all([admin.client.code(merge, { a, b }), admin.client.code(merge, { a: b, b: a })]);
      expect(codes.sort()).toEqual([null, "VALIDATION"].sort());
    }
  });

  it("of an upsert and an anonymize: nothing of who was erased comes back, and what came meanwhile is erased by the next", async () => {
    for (let round = 0; round < 15; round++) {
      const [externalId, email] = [`race-${round}`, `race${round}@values.test`];
      const id = await contact({ externalId, email });
      const upsert =
        "mutation ($input: ContactUpsertInput!) { contactUpsert(input: $input) { results { contact { id } } } }";
      await Promise.all([
        admin.client.ask(anonymize, { id }),
        admin.client.ask(upsert, { input: { externalId, email, name: "Wombat", phone: "030 99999", notes: "secret" } }),
      ]);
      const [row] = await test.database.query(
        "select name, phone, notes, external_id, email from contacts where anonymized_at is not null and id in (select id from contacts where organization_id = $1) order by anonymized_at desc limit 1",
        [acme.organizationId],
      );
      expect(row).toEqual({ name: "Anonymous", phone: null, notes: null, external_id: null, email: null });
    }
  });

  it("of an upsert and a merge: the kept one keeps its externalId and address, and both externalIds find it", async () => {
    for (let round = 0; round < 8; round++) {
      const [x, y] = [
        await contact({ externalId: `x-${round}`, email: `x${round}@merge.test` }),
        await contact({ externalId: `y-${round}`, email: `y${round}@merge.test` }),
      ];
      const [merged, upserted] = await Promise.all([
        admin.client.code(mergeContacts, { a: x, b: y }),
        admin.client.code("mutation ($input: ContactUpsertInput!) { contactUpsert(input: $input) { cursor } }", {
          input: { externalId: `x-${round}`, email: `x${round}@merge.test` },
        }),
      ]);
      expect([merged, upserted]).toEqual([null, null]);
      for (const externalId of [`x-${round}`, `y-${round}`]) {
        const { contact: found } = await admin.client.get(
          "query ($e: String) { contact(by: { externalId: $e }) { id externalId email } }",
          { e: externalId },
        );
        expect(found).toEqual({ id: y, externalId: `y-${round}`, email: `y${round}@merge.test` });
      }
    }
  });

  it("of who names a contact by its address and an anonymize leave no typed name behind", async () => {
    const typing = await acme.member({ "ticket.view": "ALL", "ticket.create": true });
    for (let round = 0; round < 10; round++) {
      const email = `okapi${round}@values.test`;
      const id = await contact({ email });
      await Promise.all([
        admin.client.ask(anonymize, { id }),
        typing.client.ask(
          'mutation ($email: EmailAddress!) { ticketCreate(input: { subject: "x", contact: { person: { name: "Okapi", email: $email } } }) { cursor } }',
          { email },
        ),
      ]);
    }
    const rows = await test.database.query(
      "select x.name from typed_contacts x join contacts c on c.id = x.contact_id where c.anonymized_at is not null",
    );
    expect(rows).toEqual([]);
  });
});
