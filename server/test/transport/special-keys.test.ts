import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let ticket: TicketHandle;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
  ticket = await acme.ticket();
});
afterAll(() => test.close());

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${test.url}/graphql`, {
    method,
    headers: { "content-type": "application/json", ...ada.client.headers, ...headers },
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

it("a body with special keys pollutes nothing", async () => {
  await send(
    '{"query":"{ __typename }","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"extensions":{"__proto__":{"polluted":1}}}',
  );
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

it("text that databases and templates take for more is kept as it is", async () => {
  for (const text of ["'; drop table tickets; --", "%_\\", "{{7*7}}<%= 7*7 %>", "<b>&amp;</b>", "𝕏 é ‮abc", "null"]) {
    const { ticketNoteAdd } = await ada.client.get(
      "mutation ($code: String!, $text: String!) { ticketNoteAdd(ticket: { code: $code }, input: { bodyText: $text }) { message { bodyText } } }",
      { code: ticket.code, text },
    );
    expect(ticketNoteAdd.message.bodyText).toBe(text);
  }
});
