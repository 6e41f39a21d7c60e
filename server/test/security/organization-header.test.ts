/** T4, T6: headers that name another organization, and how foreign and missing things are answered. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSchema } from "../../src/schema.ts";
import { type Furnished, furnish, leakIn, queryFixtures, withoutOrganization } from "../testkit/fixtures.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

const schema = buildSchema();
const secret = "zebra";

let test: TestServer;
let ours: Furnished;
let theirs: Furnished;

beforeAll(async () => {
  test = await startTestServer();
  ours = await furnish(test.world, "ours", "ours");
  theirs = await furnish(test.world, "theirs", secret);
});
afterAll(() => test.close());

describe("T4: a header that names another organization", () => {
  it("opens nothing, for a session and for a key", async () => {
    const header = { "x-organization-id": theirs.organization.id };
    const key = await ours.organization.apiKey("Admin");
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
      ({ name }) => !withoutOrganization.includes(name),
    )) {
      const variables = await (queryFixtures[field.name] as (typeof queryFixtures)[string])(theirs);
      for (const client of [ours.admin.client, key.client]) {
        const { data, errors } = await client.ask(operationFor("query", field, 3), variables, header);
        expect(
          errors.map(({ extensions }) => extensions.code),
          field.name,
        ).toEqual(["ORGANIZATION_REQUIRED"]);
        expect(leakIn(JSON.stringify(data), theirs, secret)).toBeNull();
      }
    }
  });
});

describe("T6: what isn't ours and what isn't there", () => {
  it("answer alike", async () => {
    const unknown = { id: "ticket_01h455vb4pex5vsknk084sn02q", code: "NOPE-1" };
    const ask = "query ($by: TicketRef!) { ticket(by: $by) { id } }";
    const foreign = await ours.admin.client.ask(ask, { by: { id: theirs.ticket.id } });
    const missing = await ours.admin.client.ask(ask, { by: { id: unknown.id } });
    const shape = ({ status, data, errors }: typeof foreign) => ({
      status,
      data,
      message: errors[0]?.message,
      code: errors[0]?.extensions.code,
    });
    expect(shape(foreign)).toEqual(shape(missing));
    // A name that is taken there is free here.
    expect(
      await ours.admin.client.code(
        "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { cursor } }",
        { input: { name: "Same", email: theirs.contact.email, externalId: `${theirs.contact.externalId} 2` } },
      ),
    ).not.toBe("INTERNAL");
  });
});
