/** Requests that no client of good will sends: refused in a line, with no trace of how the server is made. */
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(test.url).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", () => resolve(answer));
  });
}

it.each([
  ["an absolute target", "POST http://evil.test/graphql HTTP/1.1\r\nHost: a"],
  ["a target that is a star", "GET * HTTP/1.1\r\nHost: a"],
  ["a Host that is none", "POST /graphql HTTP/1.1\r\nHost: ["],
  ["a Host with a blank", "POST /graphql HTTP/1.1\r\nHost: a b"],
  ["a Host with no port", "POST /graphql HTTP/1.1\r\nHost: x:99999"],
])("T21, T70: %s", async (_what, head) => {
  const body = '{"query":"{ __typename }"}';
  const answer = await raw(
    `${head}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toMatch(/at .*\.(ts|js)|TypeError|node_modules/);
});
