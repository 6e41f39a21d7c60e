/** What the compiler says: each line under @ts-expect-error must be an error, and the others none. Checked by tsc. */
import { createTiketti, type Result, type TicketStatus } from "@tiketti/sdk";
import { TicketReply } from "@tiketti/sdk/operations";
import { describe, expectTypeOf, it } from "vitest";

const tiketti = createTiketti({ url: "http://127.0.0.1:9", retries: 0 });
/** Compiled, never run. */
const compiled = (_run: () => unknown) => {};

describe("selections", () => {
  it("are answered with exactly what was selected", () => {
    compiled(async () => {
      const { tickets } = await tiketti.query({
        tickets: {
          $: { first: 10, filter: { status: { in: ["OPEN"] }, assignee: { isMe: true } } },
          totalCount: true,
          nodes: { code: true, status: true, assignee: { name: true }, labels: { name: true } },
        },
      });
      expectTypeOf(tickets.totalCount).toEqualTypeOf<number>();
      const [node] = tickets.nodes;
      expectTypeOf<NonNullable<typeof node>>().toEqualTypeOf<{
        code: string;
        status: TicketStatus;
        assignee: { name: string } | null;
        labels: { name: string }[];
      }>();
      // @ts-expect-error: it was not selected
      tickets.nodes[0]?.subject;
    });
  });

  it("tell interfaces and unions apart by their type's name", () => {
    compiled(async () => {
      const { node } = await tiketti.query({
        node: { $: { id: "ticket_1" }, id: true, on: { Ticket: { code: true }, Contact: { email: true } } },
      });
      if (node?.__typename === "Ticket") expectTypeOf(node.code).toEqualTypeOf<string>();
      if (node?.__typename === "Contact") expectTypeOf(node.email).toEqualTypeOf<string | null>();
      expectTypeOf<NonNullable<typeof node>["id"]>().toEqualTypeOf<string>();
    });
  });

  it("refuse fields and arguments that don't exist, and missing arguments", () => {
    compiled(() => {
      // @ts-expect-error: a misspelled field
      tiketti.query({ tickets: { nodes: { cod: true } } });
      // @ts-expect-error: a misspelled root field
      tiketti.query({ ticket_s: { nodes: { code: true } } });
      // @ts-expect-error: ticket needs `by`
      tiketti.query({ ticket: { code: true } });
      // @ts-expect-error: a misspelled argument
      tiketti.query({ tickets: { $: { frist: 10 }, nodes: { code: true } } });
      // @ts-expect-error: a misspelled key deep in a filter
      tiketti.query({ tickets: { $: { filter: { status: { inn: ["OPEN"] } } }, nodes: { code: true } } });
      // @ts-expect-error: a value that isn't one
      tiketti.query({ tickets: { $: { filter: { status: { eq: "DONE" } } }, nodes: { code: true } } });
      // @ts-expect-error: nothing is selected of what has fields
      tiketti.query({ tickets: { nodes: {} } });
      // @ts-expect-error: what has fields needs a selection of them
      tiketti.query({ tickets: true });
      // @ts-expect-error: what has none takes no selection
      tiketti.query({ tickets: { nodes: { code: { x: true } } } });
      // @ts-expect-error: a type that the interface doesn't have
      tiketti.query({ node: { $: { id: "x" }, on: { Invoice: { id: true } } } });
      // @ts-expect-error: one of id, code, externalId
      tiketti.query({ ticket: { $: { by: { id: "a", code: "b" } }, code: true } });
      // @ts-expect-error: a mutation is no query
      tiketti.query({ ticketReply: { cursor: true } });
    });
  });
});

describe("methods", () => {
  it("take a ticket by id or by reference, and never both or neither", () => {
    compiled(() => {
      tiketti.tickets.reply({ ticketId: "ticket_1", body: "x" });
      tiketti.tickets.reply({ ticket: { code: "ACME-1" }, bodyHtml: "x", status: "RESOLVED" });
      // @ts-expect-error: neither
      tiketti.tickets.reply({ body: "x" });
      // @ts-expect-error: both
      tiketti.tickets.reply({ ticketId: "ticket_1", ticket: { code: "ACME-1" }, body: "x" });
      // @ts-expect-error: a misspelled field
      tiketti.tickets.reply({ ticketId: "ticket_1", boddy: "x" });
      // @ts-expect-error: not a status
      tiketti.tickets.setStatus({ ticketId: "ticket_1", status: "DONE" });
    });
  });

  it("answer with the payload, and lists with pages and rows", () => {
    compiled(async () => {
      const { ticket, message, cursor } = await tiketti.tickets.reply({ ticketId: "ticket_1", body: "x" });
      expectTypeOf(ticket?.status).toEqualTypeOf<TicketStatus | undefined>();
      expectTypeOf(message?.bodyText).toEqualTypeOf<string | undefined>();
      expectTypeOf(cursor).toEqualTypeOf<string>();
      for await (const one of tiketti.tickets.list())
        expectTypeOf(one.assignee?.name).toEqualTypeOf<string | undefined>();
      expectTypeOf((await tiketti.tickets.list()).asOf).toEqualTypeOf<string>();
    });
  });

  it("tell changes from resets by `type`", () => {
    compiled(async () => {
      for await (const change of tiketti.tickets.changes({ filter: { status: { eq: "OPEN" } } })) {
        // @ts-expect-error: it may be a reset
        change.setChange;
        if (change.type === "CHANGE") expectTypeOf(change.setChange).toEqualTypeOf<"ENTERED" | "UPDATED" | "LEFT">();
        else expectTypeOf((await change.snapshot())[0]?.code).toEqualTypeOf<string | undefined>();
      }
    });
  });
});

describe("documents", () => {
  it("bring their variables and their answer", () => {
    compiled(async () => {
      const { ticketReply } = await tiketti.request(TicketReply, { ticket: { code: "A-1" }, input: { bodyText: "x" } });
      expectTypeOf(ticketReply?.cursor).toEqualTypeOf<string | undefined>();
      // @ts-expect-error: input is missing
      await tiketti.request(TicketReply, { ticket: { code: "A-1" } });
      // @ts-expect-error: variables are missing
      await tiketti.request(TicketReply);
      expectTypeOf(await tiketti.request("{ viewer { roleName } }")).toEqualTypeOf<Record<string, unknown>>();
    });
  });
});

export type Unused = Result<{ code: true }, never>;
