/** T6: what uniqueness, counts and answers tell of another organization. */
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

describe("T6: uniqueness, counts and answers as an oracle", () => {
  it("tell nothing of another organization: 200 guesses of names, addresses, domains and codes", async () => {
    const globex = await test.world.organization("Globex");
    const gina = await globex.member("Admin");
    for (let index = 0; index < 10; index++) {
      await acme.contact(`oracle${index}@mail.test`);
      await acme.label(`Oracle ${index}`);
      await acme.company(`Oracle ${index}`, [`oracle${index}.test`]);
      await acme.role({}, `Oracle ${index}`);
    }
    let guesses = 0;
    for (let index = 0; index < 10; index++) {
      const free = [
        `contactCreate(input: { name: "x", email: "oracle${index}@mail.test" })`,
        `labelCreate(input: { name: "Oracle ${index}", color: "#3b82f6" })`,
        `companyCreate(input: { name: "Oracle ${index}", domains: ["oracle${index}.test"] })`,
        `roleCreate(input: { name: "Oracle ${index}", grants: [] })`,
      ];
      for (const mutation of free) {
        expect(await gina.client.code(`mutation { ${mutation} { cursor } }`), mutation).toBeNull();
        guesses++;
      }
      const shape = async (query: string) => {
        const { status, data, errors } = await gina.client.ask(query);
        return {
          status,
          data,
          message: errors[0]?.message.replace(/"[^"]*"/g, '""'),
          code: errors[0]?.extensions.code,
        };
      };
      for (const [there, nowhere] of [
        [
          `{ ticket(by: { code: "${acme.prefix}-${index + 1}" }) { id } }`,
          '{ ticket(by: { code: "NOWHERE-1" }) { id } }',
        ],
        [`{ member(by: { email: "${ada.email}" }) { id } }`, '{ member(by: { email: "nobody@nowhere.test" }) { id } }'],
        [
          `{ contacts(filter: { email: { eq: "ext${index}@x.test" } }) { totalCount } }`,
          '{ contacts(filter: { email: { eq: "none@x.test" } }) { totalCount } }',
        ],
        [`{ contact(by: { externalId: "ext-${index}" }) { id } }`, '{ contact(by: { externalId: "none" }) { id } }'],
      ] as const) {
        expect(await shape(there), there).toEqual(await shape(nowhere));
        guesses += 4;
      }
    }
    expect(guesses).toBe(200);
  });
});
