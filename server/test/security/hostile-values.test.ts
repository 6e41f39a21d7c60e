/** Instants, cells of the export and HTML that do harm further on. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvRow } from "../../src/lib/csv.ts";
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

describe("an instant outside of the years that have four digits", () => {
  it.each(["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999-00:01"])(
    "%s is refused, and the list goes on",
    async (instant) => {
      const { code } = await acme.ticket({});
      const set =
        "mutation ($c: String!, $u: DateTime) { ticketStatusSet(ticket: { code: $c }, input: { status: PENDING, pendingUntil: $u }) { cursor } }";
      expect(await admin.client.code(set, { c: code, u: instant })).toBe("BAD_REQUEST");
      expect(await admin.client.code("{ tickets(first: 100) { nodes { pendingUntil } } }")).toBeNull();
    },
  );

  it("is refused by the database too", async () => {
    const { uuid } = await acme.ticket({});
    await expect(
      test.database.query("update tickets set pending_until = '12000-01-01Z' where id = $1", [uuid]),
    ).rejects.toThrow("tickets_pending_until_range");
  });
});

describe("a cell of the export", () => {
  it("takes time in proportion to its length, whatever is in it", () => {
    const time = (text: string) => {
      const begun = performance.now();
      csvRow([text]);
      return performance.now() - begun;
    };
    for (const piece of ["\n", "; ", "\t", ";\t \n", "|   ", "= ", '"', "-"]) {
      const [short, long] = [piece.repeat(20_000), piece.repeat(160_000)];
      const ratio =
        Math.min(...[1, 2, 3].map(() => time(long))) / Math.max(0.05, Math.min(...[1, 2, 3].map(() => time(short))));
      // Eight times as long: in proportion about 8, squared 64.
      expect(ratio, JSON.stringify(piece)).toBeLessThan(32);
    }
  });

  it("is as harmless as before: an apostrophe goes before what would be a formula behind a separator", () => {
    expect(csvRow(["a;  =1+1", "x\n\t@y", "- list", "a;- b", "plain"])).toBe(
      `"a;  '=1+1","x\n\t'@y",'- list,"a;- b",plain\r\n`,
    );
  });
});

describe("a body's HTML", () => {
  it("keeps no relative address: it would lead to the reader's own server", async () => {
    const { code } = await acme.ticket({});
    const html =
      '<p>Hi <img src="/api/x"><img src="a.png"><img src="//evil.test/x"><img src="http://evil.test/x"><img src="https://ok.test/x"><img src="cid:1"><a href="/logout">out</a><a href="?x">q</a><a href="https://ok.test">ok</a><a href="mailto:a@b.test">m</a></p>';
    const { messageReceive } = await admin.client.get(
      "mutation ($c: String!, $h: String) { messageReceive(ticket: { code: $c }, input: { bodyHtml: $h }) { message { bodyHtml } } }",
      { c: code, h: html },
    );
    const addresses = [...messageReceive.message.bodyHtml.matchAll(/(?:src|href)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses).toEqual(["https://ok.test/x", "cid:1", "https://ok.test", "mailto:a@b.test"]);
  });
});
