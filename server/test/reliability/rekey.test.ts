/** A release that compares text in another form makes the stored keys anew, once, and loses nothing. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectClient } from "../../src/db/connection.ts";
import { hasOldKeys, rekey } from "../../src/db/rekey.ts";
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

/** As releases before keys had a version left it: lower case, domains in Unicode. */
async function age(): Promise<void> {
  for (const table of ["contacts", "companies", "labels", "roles", "members"])
    await test.database.query(`update ${table} set name_key = lower(name), search_key = ''`);
  await test.database.query("set session_replication_role = replica").catch(() => []);
  for (const table of ["contacts", "members"])
    await test.database.query(`update ${table} set email_key = lower(email)`);
  await test.database.query("update users set email_key = lower(email)");
  await test.database.query("update contact_addresses set address_key = lower(address), search_key = ''");
  await test.database.query("update message_addresses set address_key = lower(address)");
  await test.database.query(
    "update company_domains set domain = 'müller.test', search_key = '' where domain like 'xn--%'",
  );
  await test.database.query("update tiketti.installation set key_version = 0");
}

it("everything is found by its new key, links stay, and what two have in forms that are one now is told and kept", async () => {
  const contact = await acme.contact("Ada@müller.test", "Straße José");
  await acme.company("ＶＩＰ Ltd", ["xn--mller-kva.test"]);
  await acme.label("Straße");
  const { code } = await acme.ticket({ contact });
  await admin.client.get(
    `mutation ($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x" }) { cursor } }`,
    { code },
  );
  for (let index = 0; index < 40; index++) await acme.contact(`k${index}@groß.test`, `K ${index}`);
  await age();
  const owner = await connectClient({ url: test.database.ownerUrl }, { name: "test" });
  try {
    // A second contact with the same address in the form that was another one before.
    const twin = await acme.contact("twin@x.test", "Twin");
    await test.database.query("update contacts set email = null, email_key = null, phone = '030' where id = $1", [
      twin,
    ]);
    await test.database.query("delete from contact_addresses where contact_id = $1", [twin]);
    await test.database.query(
      "insert into contact_addresses (organization_id, contact_id, address, address_key, created_at) values ($1, $2, 'ada@xn--mller-kva.test', 'ada@xn--mller-kva.test', now())",
      [acme.organizationId, twin],
    );
    await test.database.query(
      "update contacts set email = 'ada@xn--mller-kva.test', email_key = 'ada@xn--mller-kva.test' where id = $1",
      [twin],
    );
    expect(await hasOldKeys(owner)).toBe(true);
    const clashes = await rekey(owner);
    expect(clashes).toEqual([
      expect.stringMatching(
        /^contact addresses of \w+: "Ada@müller\.test" is now the same as another one; merge the two contacts\.$/,
      ),
    ]);
    expect(await hasOldKeys(owner)).toBe(false);
  } finally {
    await owner.end();
  }
  const found = await admin.client.get(`{
    label(by: { name: "STRASSE" }) { name }
    company(by: { domain: "müller.test" }) { name domains }
    contacts(filter: { name: { contains: "strasse jose" } }) { nodes { name email } }
    companies(filter: { name: { eq: "vip ltd" } }) { nodes { name } }
    big: contact(by: { email: "K7@GROß.test" }) { name }
    members { nodes { email } }
  }`);
  expect(found).toMatchObject({
    label: { name: "Straße" },
    company: { name: "ＶＩＰ Ltd", domains: ["müller.test"] },
    contacts: { nodes: [{ name: "Straße José", email: "Ada@müller.test" }] },
    companies: { nodes: [{ name: "ＶＩＰ Ltd" }] },
    big: { name: "K 7" },
  });
  // Who they were written to stays known.
  const rows = await test.database.query(
    "select count(*)::int as all, count(contact_id)::int as tied from message_addresses where kind = 'TO'",
  );
  expect(rows[0]).toEqual({ all: 1, tied: 1 });
  // The one that kept its old key can be changed all the same.
  const id = acme.globalId("Contact", contact);
  const update = async (input: object) =>
    (
      await admin.client.get(
        "mutation ($id: ID!, $input: ContactUpdateInput!) { contactUpdate(contact: { id: $id }, input: $input) { contact { email otherEmails } } }",
        { id, input },
      )
    ).contactUpdate.contact;
  expect(await update({ addEmails: ["more@x.test"], name: "Straße José" })).toEqual({
    email: "Ada@müller.test",
    otherEmails: ["more@x.test"],
  });
  // Merging the two ends the clash.
  const merged = await admin.client.get(
    'mutation ($from: ID!) { contactMerge(contact: { email: "ada@müller.test" }, into: { id: $from }) { contact { name } } }',
    { from: acme.globalId("Contact", contact) },
  );
  expect(merged.contactMerge.contact.name).toBe("Straße José");
  const signedIn = await admin.client.code("{ viewer { roleName } }");
  expect(signedIn).toBeNull();
  // Row security is on again.
  const forced = await test.database.query(
    "select count(*)::int as count from pg_class where relname in ('contacts', 'contact_addresses', 'labels', 'members', 'message_addresses', 'contact_former') and relforcerowsecurity",
  );
  expect(forced).toEqual([{ count: 6 }]);
});
