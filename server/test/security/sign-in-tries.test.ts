/** T27: wrong passwords. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { networkOf } from "../../src/lib/network.ts";
import { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("acme");
});
afterAll(() => test.close());

describe("T27: wrong passwords", () => {
  const signIn =
    "mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { accessToken refreshToken } }";
  const from = (server: TestServer, address: string, headers = {}) =>
    new Client(server.url, { "x-forwarded-for": address, ...headers });

  it("slow down whoever sends them, and lock nobody else out", async () => {
    const server = await startTestServer({ database: test.database, proxies: 1 });
    const { email, password } = await acme.member("Agent");
    const wrong = { email, password: "wrong" };
    const codes: (string | null)[] = [];
    for (let tries = 0; tries < 30; tries++) codes.push(await from(server, "203.0.113.9").code(signIn, wrong));
    expect(codes.filter((code) => code === "UNAUTHENTICATED").length).toBeLessThanOrEqual(6);
    expect(codes.at(-1)).toBe("RATE_LIMITED");
    expect(await from(server, "198.51.100.1").code(signIn, { email, password })).toBeNull();
    await server.close();
  });

  it("from everywhere don't keep out a device that had a session, also with an old token", async () => {
    const server = await startTestServer({
      database: test.database,
      proxies: 1,
      deps: { signInLimits: { free: 5, perAccount: 10, perNetwork: 100, windowSeconds: 900 } },
    });
    const { email, password } = await acme.member("Agent");
    const { refreshToken } = (await from(server, "192.0.2.1").get(signIn, { email, password })).signIn;
    for (let tries = 0; tries < 15; tries++)
      await from(server, `203.0.113.${tries}`).code(signIn, { email, password: "wrong" });
    expect(await from(server, "198.51.100.2").code(signIn, { email, password })).toBe("RATE_LIMITED");
    const known = from(server, "192.0.2.1", { authorization: `Bearer ${refreshToken}` });
    expect(await known.code(signIn, { email, password })).toBeNull();
    await server.close();
  });

  it("count an IPv6 network and not each of its addresses", () => {
    expect(networkOf("2001:db8:1:2::1")).toBe(networkOf("2001:0db8:0001:0002:ffff:ffff:ffff:ffff"));
    expect(networkOf("2001:db8:1:3::1")).not.toBe(networkOf("2001:db8:1:2::1"));
    expect([networkOf("::ffff:10.0.0.1"), networkOf("10.0.0.1"), networkOf("::1")]).toEqual([
      "10.0.0.1",
      "10.0.0.1",
      "0:0:0:0::/64",
    ]);
  });
});
