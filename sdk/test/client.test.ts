/** Reading, writing and following over the built package, against a server with its demo. */
import { createClient, createTiketti, isTikettiError, paginate } from "@tiketti/sdk";
import { TicketReply } from "@tiketti/sdk/operations";
import { describe, expect, inject, it } from "vitest";

const { url, apiKey, password } = inject("server");
const tiketti = createTiketti({ url, apiKey });
const person = (email: string) => ({ person: { name: email, email } });

async function newTicket(subject: string) {
  const { ticket } = await tiketti.tickets.create({ subject, contact: person("sdk@example.com") });
  if (!ticket) throw new Error("no ticket");
  return ticket;
}

describe("methods", () => {
  it("take what is beside the input and the input as one object, by id or by reference", async () => {
    const { id, code } = await newTicket("By id and code");
    const reply = await tiketti.tickets.reply({ ticketId: id, body: "By id", sendEmail: false });
    expect(reply.message?.bodyText).toBe("By id");
    expect((await tiketti.tickets.addNote({ ticket: { code }, bodyText: "By code" })).message?.visibility).toBe(
      "INTERNAL",
    );
    const { results } = await tiketti.contacts.upsertMany([
      { externalId: "sdk-1", name: "Ada", email: "ada-sdk@example.com" },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["CREATED"]);
    expect((await tiketti.tickets.get({ code })).subject).toBe("By id and code");
    expect((await tiketti.viewer.get()).actor.name).toBeTruthy();
  });

  it("find what was written however it is typed, after a merge too, and let one row of many fail alone", async () => {
    const { contact } = await tiketti.contacts.create({
      name: "José Łuk",
      email: "jose@bücher-sdk.test",
      phone: "030 1",
      externalId: " SDK  7 ",
    });
    const id = contact?.id as string;
    for (const by of [{ email: "JOSE@xn--bcher-sdk-q9a.test" }, { externalId: "SDK  7" }, { id }])
      expect((await tiketti.contacts.get(by)).id, JSON.stringify(by)).toBe(id);
    const listed = await tiketti.contacts.list({ filter: { name: { contains: "jose luk" } } }).toArray();
    expect(listed.map((one) => one.id)).toEqual([id]);
    const other = await tiketti.contacts.create({ name: "Joe", phone: "030 2", externalId: "SDK 8" });
    const merged = await tiketti.contacts.merge({ contactId: other.contact?.id as string, intoId: id });
    expect([merged.isChanged, merged.contact?.otherPhones]).toEqual([true, ["030 2"]]);
    expect(merged.kept).toContainEqual({ field: "phones", from: "BOTH", isOtherDropped: false });
    expect((await tiketti.contacts.get({ externalId: "SDK 8" })).id).toBe(id);
    const { results } = await tiketti.contacts.upsertMany(
      [
        { externalId: "SDK 8", phone: "030 2" },
        { externalId: "SDK 9", email: "none" },
        { externalId: "SDK 10", email: "ten@sdk.test" },
      ],
      { mode: "PER_ROW" },
    );
    expect(results.map(({ outcome, error }) => [outcome, error?.code ?? null])).toEqual([
      ["UNCHANGED", null],
      ["FAILED", "VALIDATION"],
      ["CREATED", null],
    ]);
    expect(results[1]?.error?.message).toContain("email: must be one e-mail address");
  });

  it("reject with the API's code, its issues, and the request's id", async () => {
    const missing = await tiketti.tickets.get({ code: "NOPE-1" }).catch((error) => error);
    expect(isTikettiError(missing, "NOT_FOUND")).toBe(true);
    expect(missing.requestId).toMatch(/^req_/);
    const invalid = await tiketti.labels.create({ name: "", color: "red" }).catch((error) => error);
    expect(invalid.code).toBe("VALIDATION");
    expect(invalid.issues.length).toBeGreaterThan(0);
  });

  it("answer twice to the same idempotency key, and do it once", async () => {
    const { code } = await newTicket("Once");
    const reply = () =>
      tiketti.tickets.reply({ ticket: { code }, body: "Only once" }, { idempotencyKey: `once-${code}` });
    const [first, second] = [await reply(), await reply()];
    expect(second.message?.id).toBe(first.message?.id);
    const messages = await tiketti.tickets.messages({ ticket: { code } }).toArray();
    expect(messages.filter(({ bodyText }) => bodyText === "Only once")).toHaveLength(1);
  });

  it("tell the response with withResponse()", async () => {
    const { data, response } = await tiketti.organization.get().withResponse();
    expect(data.name).toBeTruthy();
    expect(response).toMatchObject({
      status: 200,
      requestId: expect.stringMatching(/^req_/),
      rateLimit: { name: expect.any(String), remaining: expect.any(Number) },
    });
  });
});

describe("lists", () => {
  // Rows that no other suite moves while they are paged through.
  const still = {
    filter: { createdAt: { lt: "-PT1H" } },
    orderBy: { field: "CREATED_AT", direction: "DESC" },
  } as const;

  it("are one page when awaited, and every row once when looped over", async () => {
    const { tickets } = await tiketti.query({ tickets: { $: { filter: still.filter }, totalCount: true } });
    const page = await tiketti.tickets.list({ ...still, first: 3 });
    expect(page.nodes).toHaveLength(3);
    const codes: string[] = [];
    for await (const { code } of tiketti.tickets.list({ ...still, first: 3 })) codes.push(code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toHaveLength(tickets.totalCount);
  });

  it("go on from a page's position, backwards too, and stop where the loop does", async () => {
    let requests = 0;
    const counting = createTiketti({ url, apiKey, onRequest: () => requests++ });
    const all = await tiketti.tickets.list({ ...still, first: 100 }).toArray();
    const first = await counting.tickets.list({ ...still, first: 4 });
    const rest = await counting.tickets.list({ ...still, first: 100, after: first.pageInfo.endCursor }).toArray();
    expect([...first.nodes, ...rest].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    requests = 0;
    expect(await counting.tickets.list({ ...still, first: 2 }).toArray({ limit: 3 })).toHaveLength(3);
    expect(requests).toBe(2);
    const backwards: string[] = [];
    for await (const page of counting.tickets.list({ ...still, last: 5 }).pages())
      backwards.unshift(...page.nodes.map(({ id }) => id));
    expect(backwards).toEqual(all.map(({ id }) => id));
  });

  it("are made of any connection by paginate()", async () => {
    const { nodes } = await tiketti.tickets.list({ first: 1 });
    const code = nodes[0]?.code as string;
    const messages = paginate(async (after) => {
      const { ticket } = await tiketti.query({
        ticket: {
          $: { by: { code } },
          messages: { $: { first: 1, after }, pageInfo: { hasNextPage: true, endCursor: true }, nodes: { id: true } },
        },
      });
      if (!ticket) throw new Error("no ticket");
      return ticket.messages;
    });
    expect(await messages.toArray()).toHaveLength(
      (await tiketti.tickets.messages({ ticket: { code } }).toArray()).length,
    );
  });
});

describe("your own queries", () => {
  it("are one request, whatever they select: 25 tickets with assignee and status, by a query and by a method", async () => {
    let requests = 0;
    const counting = createTiketti({ url, apiKey, onRequest: () => requests++ });
    const selection = { code: true, status: true, assignee: { name: true } } as const;
    await counting.query({ tickets: { $: { first: 25 }, nodes: selection } });
    expect(requests).toBe(1);
    const { nodes } = await counting.tickets.list({ first: 25 });
    for (const { status, assignee } of nodes) expect([status, assignee?.name]).toBeDefined();
    expect(requests).toBe(2);
  });

  it("answer what was selected, with interfaces by `on`", async () => {
    const { nodes } = await tiketti.tickets.list({ first: 2 });
    const answer = await tiketti.query({
      nodes: { $: { ids: nodes.map(({ id }) => id) }, on: { Ticket: { code: true, labels: { name: true } } } },
    });
    expect(answer.nodes.map((node) => node?.__typename === "Ticket" && node.code)).toEqual(
      nodes.map(({ code }) => code),
    );
  });

  it("send documents as text and as nodes", async () => {
    const client = createClient({ url, apiKey });
    const { code } = await newTicket("Documents");
    const { ticketReply } = await client.request(TicketReply, { ticket: { code }, input: { bodyText: "As text" } });
    expect(ticketReply?.message?.bodyText).toBe("As text");
    const { TicketDocument } = await import("@tiketti/sdk/documents");
    const { ticket } = await client.request(TicketDocument, { by: { code } });
    expect(ticket?.subject).toBe("Documents");
  });

  it("sign a person in, and ask the token's function again when a token is refused", async () => {
    const anonymous = createTiketti({ url });
    const session = await anonymous.sessions.signIn({ email: "mara@nordlicht.test", password });
    const asked: boolean[] = [];
    const person = createTiketti({
      url,
      organizationId: session.memberships[0]?.organizationId,
      accessToken: ({ isRejected }) => {
        asked.push(isRejected);
        return isRejected ? session.accessToken : "tka_of-yesterday";
      },
    });
    expect((await person.viewer.get()).actor.__typename).toBe("Member");
    expect(asked).toEqual([false, true]);
    const wrong = createTiketti({ url, accessToken: () => "tka_of-yesterday" });
    expect((await wrong.viewer.get().catch((error) => error)).code).toBe("UNAUTHENTICATED");
  });
});
