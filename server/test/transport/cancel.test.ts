/** The deadline, wherever in a request it hits: always UNAVAILABLE and retryable, never a bug of ours. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let test: TestServer;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  admin = await (await test.world.organization("acme")).member("Admin");
});
afterAll(() => test.close());

it("F13: a write that is cancelled at any moment of its way is done or UNAVAILABLE", async () => {
  const codes = new Map<string, number>();
  for (let step = 0; step < 30; step++) {
    // From 1 ms to about 650.
    const requestMs = Math.ceil(1.25 ** step);
    const server = await startTestServer({ database: test.database, deps: { requestMs } });
    const client = new Client(server.url, admin.client.headers);
    const writes = Array.from({ length: 4 }, (_, index) =>
      client.code(
        `mutation { ticketCreate(input: { subject: "x", description: "y", contact: { person: { email: "c${requestMs}.${index}@cancel.test" } } }) { ticket { code contact { name } messages { nodes { bodyText } } } } }`,
      ),
    );
    for (const code of await Promise.all(writes)) codes.set(String(code), (codes.get(String(code)) ?? 0) + 1);
    await server.close();
  }
  console.log(Object.fromEntries(codes));
  expect([...codes.keys()].filter((code) => !["null", "UNAVAILABLE"].includes(code))).toEqual([]);
  expect(codes.get("UNAVAILABLE")).toBeGreaterThan(10);
});
