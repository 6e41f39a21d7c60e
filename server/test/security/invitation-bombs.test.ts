/** T33: invitations as a mail bomb. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitationLimits } from "../../src/auth/invitation-limits.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

describe("T33: invitations as a mail bomb", () => {
  it("stop at 3 an hour to one address from all organizations together, and at 50 from one organization", async () => {
    const limited = await startTestServer({ database: test.database, plans: {}, deps: { invitationLimits } });
    try {
      const at = (person: Person) => ({
        ask: async (email: string) => {
          const response = await fetch(`${limited.url}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json", ...person.client.headers },
            body: JSON.stringify({
              query:
                'mutation ($e: EmailAddress!) { memberInvite(input: { email: $e, role: { name: "Viewer" } }) { invitation { id } } }',
              variables: { e: email },
            }),
          });
          const body = (await response.json()) as {
            errors?: { extensions: { code: string; retryAfterMs?: number } }[];
          };
          return body.errors?.[0]?.extensions ?? null;
        },
      });
      const admins: Person[] = [];
      for (let index = 0; index < 6; index++)
        admins.push(await (await test.world.organization(`Bomb ${index}`)).member("Admin"));
      const codes = [];
      for (const admin of admins) codes.push((await at(admin).ask("victim@mail.test"))?.code ?? null);
      expect(codes).toEqual([null, null, null, "RATE_LIMITED", "RATE_LIMITED", "RATE_LIMITED"]);
      const [first] = admins as [Person];
      const flood = [];
      for (let index = 0; index < 60; index++) flood.push(await at(first).ask(`flood${index}@mail.test`));
      expect(flood.filter((answer) => answer === null)).toHaveLength(49);
      expect(flood.at(-1)).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: expect.any(Number) });
    } finally {
      await limited.close();
    }
  });
});
