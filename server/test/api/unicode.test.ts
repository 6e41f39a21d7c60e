/** Names, addresses and dates beyond ASCII. */
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

const note =
  "mutation ($code: String!, $input: TicketNoteAddInput!) { ticketNoteAdd(ticket: { code: $code }, input: $input) { cursor } }";
const contactCreate =
  "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id name email } } }";

describe("text of the world", () => {
  it.each([
    ["ΝΙΚΟΣ ΓΙΑΝΝΗΣ", "ΝΙΚΟΣ@zzz.test"],
    ["İstanbul GmbH", "İx@zzz.test"],
    ["STRAẞE", "ẞ@zzz.test"],
    ["José", "jose\u0301@zzz.test"],
  ])("is stored and found without case: %s", async (name, email) => {
    expect((await ada.client.get(contactCreate, { input: { name, email } })).contactCreate.contact).toMatchObject({
      name,
      email: email.normalize("NFC"),
    });
    const found = await ada.client.get("query ($f: ContactFilter) { contacts(filter: $f) { nodes { name } } }", {
      f: { name: { eq: name.toLowerCase() } },
    });
    expect(found.contacts.nodes).toEqual([{ name }]);
    expect(
      await ada.client.code(contactCreate, { input: { name: "twin", email: email.normalize("NFC").toLowerCase() } }),
    ).toBe("ALREADY_EXISTS");
  });

  it("with the character NUL is refused, wherever it stands", async () => {
    const { code } = await acme.ticket();
    const nul = "A\u0000B";
    for (const [query, variables] of [
      ["query ($v: String!) { ticket(by: { code: $v }) { id } }", { v: nul }],
      ["query ($v: String!) { tickets(filter: { code: { eq: $v } }) { totalCount } }", { v: nul }],
      ["query ($v: EmailAddress!) { contact(by: { email: $v }) { id } }", { v: `${nul}@x.test` }],
      ['mutation ($v: String!) { signIn(input: { email: $v, password: "x" }) { accessToken } }', { v: nul }],
      [
        "mutation ($v: String!, $code: String!) { ticketUpdate(ticket: { code: $code }, input: { addLabels: [{ name: $v }] }) { cursor } }",
        { v: nul, code },
      ],
    ] as [string, Record<string, unknown>][])
      expect(await ada.client.code(query, variables), query).toBe("VALIDATION");
    expect(await ada.client.code(note, { code, input: { bodyHtml: `<p>${nul}</p>` } })).toBeNull();
  });

  it.each(["0000-01-01", "0001-01-01", "-P4000Y", "-200000-01-01T00:00:00Z", "+P99999Y"])(
    "as a date in a filter is of the years 1 to 9999: %s",
    async (date) => {
      expect(
        await ada.client.code(
          "query ($d: DateFilterValue) { tickets(filter: { createdAt: { gte: $d } }) { totalCount } }",
          { d: date },
        ),
      ).toBe("VALIDATION");
    },
  );
});
