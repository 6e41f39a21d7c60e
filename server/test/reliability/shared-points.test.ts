/** F19, T15, T68: points that several processes count together by a Redis, which may go away at any time. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort, RedisProcess } from "../testkit/redis.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { Person } from "../testkit/world.ts";

let redis: RedisProcess;
let one: TestServer;
let other: TestServer;
let agent: Person;
const query = "{ viewer { roleName } }";

beforeAll(async () => {
  redis = new RedisProcess(await freePort());
  await redis.start();
  const plans = { default: { pointsPerActor: 50 } };
  one = await startTestServer({ redisUrl: redis.url, plans });
  other = await startTestServer({ redisUrl: redis.url, plans, database: one.database });
  agent = await (await one.world.organization()).member("Agent");
});
afterAll(async () => {
  await other?.close();
  await one?.close();
  await redis?.stop();
});

async function ask(server: TestServer) {
  const { status, headers } = await server.anonymous.ask(query, {}, agent.client.headers);
  return { status, remaining: Number(/"member";r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1]) };
}

it("are the same points on both, and no process stops or forgives for long when it is gone", async () => {
  // Connected by then: it is asked for until both count together.
  await expect.poll(async () => (await ask(one)).remaining - (await ask(other)).remaining, { timeout: 10_000 }).toBe(1);
  const before = (await ask(one)).remaining;
  expect((await ask(other)).remaining).toBe(before - 1);
  for (let index = 0; index < before; index++) await ask(index % 2 ? one : other);
  expect([(await ask(one)).status, (await ask(other)).status]).toEqual([429, 429]);

  await redis.stop();
  // Each by itself, with a window that begins anew.
  await expect.poll(async () => (await ask(one)).status, { timeout: 10_000 }).toBe(200);
  for (let index = 0; index < 60; index++) await ask(one);
  expect((await ask(one)).status).toBe(429);
  expect((await ask(other)).status).toBe(200);

  await redis.start();
  await expect.poll(async () => (await ask(one)).status, { timeout: 10_000 }).toBe(200);
}, 60_000);
