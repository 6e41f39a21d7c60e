/** A client that hangs up. */
import pino from "pino";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let test: TestServer;
let admin: Person;
beforeAll(async () => {
  test = await startTestServer();
  admin = await (await test.world.organization("acme")).member("Admin");
});
afterAll(() => test.close());

it("a client that hangs up is no fault: nothing of it is logged but for debugging, and no error is counted", async () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const server = await startTestServer({ database: test.database, log });
  const release = await test.database.hold("tickets");
  const waiting = async () => {
    const [row] = await test.database.query(
      "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    );
    return row?.count as number;
  };
  const asked = [
    "{ tickets { nodes { code } } viewer { roleName } }",
    'mutation { ticketCreate(input: { subject: "x", contact: { person: { email: "gone@cancel.test" } } }) { cursor } }',
  ].map((query) => {
    const hangUp = new AbortController();
    const response = fetch(`${server.url}/graphql`, {
      method: "POST",
      signal: hangUp.signal,
      headers: { ...admin.client.headers, "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    return { hangUp, response };
  });
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThanOrEqual(2), 5_000);
  for (const { hangUp } of asked) hangUp.abort();
  for (const { response } of asked) await expect(response).rejects.toThrow();
  await vi.waitFor(async () => expect(await waiting()).toBe(0), 5_000);
  await vi.waitFor(() => expect(lines.filter(({ msg }) => msg === "The client disconnected.")).toHaveLength(2), 5_000);
  await release();
  expect(lines.filter(({ level }) => level >= 40).map(({ msg }) => msg)).toEqual([]);
  expect([...server.server.services.errorCounts]).toEqual([]);
  await server.close();
});
