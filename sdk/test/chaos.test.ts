/**
 * A proxy between client and server that cuts, stalls, and answers 429, 503 and garbage at random. Every mutation takes
 * effect exactly once, every subscription sees everything, and every failure is a typed error.
 */

import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";
import { createTiketti, TikettiError } from "@tiketti/sdk";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { seededRandom, testSeed } from "../../server/test/testkit/seed.ts";
import { until } from "../../server/test/testkit/until.ts";

const { url, apiKey } = inject("server");
const direct = createTiketti({ url, apiKey });
const calls = 2_000;
const atOnce = 16;

/** Repeats the troubles in their order; which connection meets which depends on timing too. */
let random: () => number;

/** What befalls a connection. */
function pickTrouble(): string {
  const chance = random();
  if (chance < 0.04) return "cut at once";
  if (chance < 0.08) return "cut the request";
  if (chance < 0.14) return "cut the answer";
  if (chance < 0.17) return "stall";
  if (chance < 0.2) return "429";
  if (chance < 0.23) return "503";
  if (chance < 0.26) return "garbage";
  return "none";
}

let proxy: Server;
let through: string;
const seen: Record<string, number> = {};
const sockets = new Set<Socket>();

beforeAll(async () => {
  const { port } = new URL(url);
  proxy = createServer((client) => {
    sockets.add(client);
    client.on("error", () => {});
    client.once("close", () => sockets.delete(client));
    client.once("data", (first: Buffer) => {
      const isSocket = /upgrade: websocket/i.test(first.toString("latin1"));
      const trouble = isSocket ? "cut later" : pickTrouble();
      seen[trouble] = (seen[trouble] ?? 0) + 1;
      const canned: Record<string, string> = {
        "429": "HTTP/1.1 429 Too Many\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        "503": "HTTP/1.1 503 Away\r\ncontent-length: 5\r\nconnection: close\r\n\r\nnope!",
        garbage:
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\nconnection: close\r\n\r\n{"data":{',
      };
      if (trouble === "cut at once") return void client.destroy();
      if (canned[trouble]) return void client.end(canned[trouble]);
      const server = connect(Number(port), "127.0.0.1");
      server.on("error", () => client.destroy());
      client.once("close", () => server.destroy());
      server.once("close", () => client.destroy());
      if (trouble === "cut the request") {
        server.write(first.subarray(0, first.length / 2));
        return void setImmediate(() => client.destroy());
      }
      server.write(first);
      client.on("data", (chunk) => server.write(chunk));
      if (isSocket) setTimeout(() => client.destroy(), 200 + random() * 1_500).unref();
      server.on("data", (chunk) => {
        // The server has done it; nobody hears so.
        if (trouble === "cut the answer") return void client.destroy();
        if (trouble === "stall") return;
        client.write(chunk);
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
});

it(`${calls} calls and 6 subscriptions through it: once each, nothing missed, typed errors alone`, async () => {
  random = seededRandom(testSeed());
  let retries = 0;
  const options = { url: through, apiKey, retries: 8, timeoutMs: 1_500, headers: { connection: "close" } };
  const tiketti = createTiketti({ ...options, onRetry: () => retries++ });
  const { asOf } = await direct.tickets.list({ first: 1 });
  const { ticket } = await direct.tickets.create({
    subject: "Chaos",
    contact: { person: { name: "Chaos", email: "chaos@example.com" } },
  });
  const ticketId = ticket?.id as string;

  const controller = new AbortController();
  const followers = Array.from({ length: 6 }, (_, index) => {
    const told: string[] = [];
    const one = createTiketti({ ...options, live: index % 2 === 0 ? "websocket" : "sse" });
    const running = (async () => {
      for await (const change of one.tickets.activity({ ticketId, after: asOf, signal: controller.signal }))
        if (change.type === "CHANGE" && change.message) told.push(change.message.bodyText);
    })();
    running.catch(() => {});
    return { told, running };
  });

  const done: string[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < calls; index = next++)
      try {
        // Every fourth writes, the others read.
        if (index % 4 === 0) {
          await tiketti.tickets.addNote({ ticketId, body: `note ${index}` });
          done.push(`note ${index}`);
        } else if (index % 4 === 1) await tiketti.tickets.list({ first: 3 });
        else if (index % 4 === 2) await tiketti.tickets.get({ id: ticketId });
        else await tiketti.query({ viewer: { roleName: true } });
      } catch (error) {
        failures.push(error);
      }
  };
  await Promise.all(Array.from({ length: atOnce }, work));

  const notes: string[] = [];
  for await (const { bodyText } of direct.tickets.messages({ ticketId, first: 100 }))
    if (bodyText.startsWith("note ")) notes.push(bodyText);
  await until(
    "every note told to every follower",
    () => followers.every(({ told }) => told.filter((text) => text.startsWith("note ")).length >= notes.length),
    { timeoutMs: 60_000, everyMs: 50 },
  );
  controller.abort();
  // None of them gave up before.
  for (const { running } of followers) await expect(running).rejects.toMatchObject({ code: "ABORTED" });

  console.log(
    `${calls} calls, ${retries} retries, ${failures.length} failures, troubles ${JSON.stringify(seen)}; ${notes.length} notes, each told once to ${followers.length} followers`,
  );
  for (const failure of failures) expect(failure).toBeInstanceOf(TikettiError);
  // Once each, whatever became of the answer; and all that were acknowledged.
  expect(new Set(notes).size).toBe(notes.length);
  expect(done.filter((note) => !notes.includes(note))).toEqual([]);
  const told = followers.map((follower) => follower.told.filter((text) => text.startsWith("note ")));
  expect([...(told[0] ?? [])].sort()).toEqual([...notes].sort());
  // In one order: that of the change log.
  for (const one of told) expect(one).toEqual(told[0]);
}, 240_000);
