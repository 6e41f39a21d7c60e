/** Merge, bulk, delete and restore against a model. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

let test: TestServer;

beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

interface ModelTicket {
  messages: string[];
  labels: Set<number>;
  contact: number;
  isDeleted: boolean;
  mergedInto: number | null;
  status: string;
}

type Step =
  | { do: "merge"; a: number; b: number }
  | { do: "delete" | "restore"; a: number }
  | {
      do: "bulk";
      tickets: number[];
      add: number[];
      remove: number[];
      isPerTicket: boolean;
      status: "CLOSED" | "OPEN" | null;
    }
  | { do: "labelMerge"; from: number; to: number }
  | { do: "labelDelete"; from: number }
  | { do: "contactMerge"; from: number; to: number };

const ticketCount = 5;
const labelCount = 4;
const contactCount = 3;
const ticketIndex = fc.nat(ticketCount - 1);
const labelIndex = fc.nat(labelCount - 1);
const contactIndex = fc.nat(contactCount - 1);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("merge" as const), a: ticketIndex, b: ticketIndex }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("delete" as const, "restore" as const), a: ticketIndex }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("bulk" as const),
      tickets: fc.uniqueArray(ticketIndex, { minLength: 1 }),
      add: fc.uniqueArray(labelIndex, { maxLength: 2 }),
      remove: fc.uniqueArray(labelIndex, { maxLength: 2 }),
      isPerTicket: fc.boolean(),
      status: fc.constantFrom("CLOSED" as const, "OPEN" as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("labelMerge" as const), from: labelIndex, to: labelIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("labelDelete" as const), from: labelIndex }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("contactMerge" as const), from: contactIndex, to: contactIndex }),
  },
);

/** A little shop and what it should look like. */
class Shop {
  readonly tickets: TicketHandle[] = [];
  readonly labels: string[] = [];
  readonly contacts: string[] = [];
  readonly model: ModelTicket[] = [];
  /** By the label that is gone, the one that it was merged into; null: deleted. */
  readonly goneLabels = new Map<number, number | null>();
  readonly goneContacts = new Map<number, number>();
  organization!: OrganizationWorld;
  lead!: Person;

  async open(): Promise<void> {
    this.organization = await test.world.organization("Shop");
    this.lead = await this.organization.member("Manager");
    for (let index = 0; index < labelCount; index++)
      this.labels.push(this.organization.globalId("Label", await this.organization.label()));
    const contacts: string[] = [];
    for (let index = 0; index < contactCount; index++) contacts.push(await this.organization.contact());
    this.contacts.push(...contacts.map((id) => this.organization.globalId("Contact", id)));
    for (let index = 0; index < ticketCount; index++) {
      const messages = Array.from({ length: 1 + (index % 3) }, (_, place) => `ticket ${index} message ${place}`);
      const contact = index % contactCount;
      this.tickets.push(await this.organization.ticket({ messages, contact: contacts[contact] as string }));
      this.model.push({ messages, labels: new Set(), contact, isDeleted: false, mergedInto: null, status: "OPEN" });
    }
  }

  /** What the label's id means by now; null: nothing. */
  #label(index: number): number | null {
    const next = this.goneLabels.get(index);
    return next === undefined ? index : next === null ? null : this.#label(next);
  }

  #contact(index: number): number {
    const next = this.goneContacts.get(index);
    return next === undefined ? index : this.#contact(next);
  }

  async take(one: Step): Promise<void> {
    const { query, variables } = this.#request(one);
    const { data, errors } = await this.lead.client.ask(query, variables);
    const codes = errors.map(({ extensions }) => extensions.code);
    expect(codes).not.toContain("INTERNAL");
    const isDone = codes.length === 0;
    expect(isDone, `${JSON.stringify(one)}: ${errors[0]?.message}`).toBe(this.#foresee(one));
    if (isDone) this.#apply(one, data);
  }

  #request(one: Step): { query: string; variables: Record<string, unknown> } {
    const id = (index: number) => (this.tickets[index] as TicketHandle).id;
    switch (one.do) {
      case "merge":
        return {
          query: "mutation ($a: ID!, $b: ID!) { ticketMerge(ticket: { id: $a }, into: { id: $b }) { cursor } }",
          variables: { a: id(one.a), b: id(one.b) },
        };
      case "delete":
        return {
          query: "mutation ($a: ID!) { ticketDelete(ticket: { id: $a }) { cursor } }",
          variables: { a: id(one.a) },
        };
      case "restore":
        return {
          query: "mutation ($a: ID!) { ticketRestore(ticket: { id: $a }) { cursor } }",
          variables: { a: id(one.a) },
        };
      case "bulk":
        return {
          query:
            "mutation ($t: [TicketRef!]!, $v: TicketsBulkUpdateInput!) { ticketsBulkUpdate(tickets: $t, input: $v) { results { error { code } } } }",
          variables: {
            t: one.tickets.map((index) => ({ id: id(index) })),
            v: {
              mode: one.isPerTicket ? "PER_TICKET" : "ALL_OR_NOTHING",
              addLabels: one.add.map((index) => ({ id: this.labels[index] })),
              removeLabels: one.remove.map((index) => ({ id: this.labels[index] })),
              ...(one.status ? { status: one.status } : {}),
            },
          },
        };
      case "labelMerge":
        return {
          query: "mutation ($a: ID!, $b: ID!) { labelMerge(label: { id: $a }, into: { id: $b }) { cursor } }",
          variables: { a: this.labels[one.from], b: this.labels[one.to] },
        };
      case "labelDelete":
        return {
          query: "mutation ($a: ID!) { labelDelete(label: { id: $a }) { cursor } }",
          variables: { a: this.labels[one.from] },
        };
      case "contactMerge":
        return {
          query: "mutation ($a: ID!, $b: ID!) { contactMerge(contact: { id: $a }, into: { id: $b }) { cursor } }",
          variables: { a: this.contacts[one.from], b: this.contacts[one.to] },
        };
    }
  }

  #canBulk(ticket: ModelTicket, status: string | null): boolean {
    return !ticket.isDeleted && !(ticket.mergedInto !== null && status === "OPEN");
  }

  #foresee(one: Step): boolean {
    const ticket = (index: number) => this.model[index] as ModelTicket;
    switch (one.do) {
      case "merge":
        return one.a !== one.b && [one.a, one.b].every((i) => !ticket(i).isDeleted && ticket(i).mergedInto === null);
      case "delete":
        return !ticket(one.a).isDeleted;
      case "restore":
        return ticket(one.a).isDeleted;
      case "bulk": {
        const [add, remove] = [one.add.map((i) => this.#label(i)), one.remove.map((i) => this.#label(i))];
        if ([...add, ...remove].includes(null) || add.some((label) => remove.includes(label))) return false;
        return one.isPerTicket || one.tickets.every((index) => this.#canBulk(ticket(index), one.status));
      }
      case "labelMerge": {
        const [from, to] = [this.#label(one.from), this.#label(one.to)];
        if (from === null || to === null) return false;
        // The same merge again changes nothing; a thing into itself is a slip.
        return from !== to || one.from !== to;
      }
      case "labelDelete":
        return !this.goneLabels.has(one.from);
      case "contactMerge": {
        const to = this.#contact(one.to);
        return this.#contact(one.from) !== to || one.from !== to;
      }
    }
  }

  #apply(one: Step, data: { ticketsBulkUpdate?: { results: { error: object | null }[] } }): void {
    switch (one.do) {
      case "merge": {
        const [a, b] = [this.model[one.a] as ModelTicket, this.model[one.b] as ModelTicket];
        b.messages.push(...a.messages.splice(0));
        // Its customer waits for an answer there now.
        b.status = "OPEN";
        Object.assign(a, { mergedInto: one.b, status: "CLOSED" });
        for (const other of this.model) if (other.mergedInto === one.a) other.mergedInto = one.b;
        break;
      }
      case "delete":
      case "restore":
        (this.model[one.a] as ModelTicket).isDeleted = one.do === "delete";
        break;
      case "bulk":
        for (const [place, index] of one.tickets.entries()) {
          const ticket = this.model[index] as ModelTicket;
          const isDone = data.ticketsBulkUpdate?.results[place]?.error === null;
          expect(isDone).toBe(this.#canBulk(ticket, one.status));
          if (!isDone) continue;
          for (const label of one.remove) ticket.labels.delete(this.#label(label) as number);
          for (const label of one.add) ticket.labels.add(this.#label(label) as number);
          if (one.status) ticket.status = one.status;
        }
        break;
      case "labelMerge": {
        const [from, to] = [this.#label(one.from) as number, this.#label(one.to) as number];
        if (from === to) break;
        for (const ticket of this.model) if (ticket.labels.delete(from)) ticket.labels.add(to);
        this.goneLabels.set(from, to);
        break;
      }
      case "labelDelete":
        for (const ticket of this.model) ticket.labels.delete(one.from);
        this.goneLabels.set(one.from, null);
        break;
      case "contactMerge": {
        const [from, to] = [this.#contact(one.from), this.#contact(one.to)];
        if (from === to) break;
        for (const ticket of this.model) if (ticket.contact === from) ticket.contact = to;
        this.goneContacts.set(from, to);
      }
    }
  }

  /** What the database holds, in the model's words. */
  async look(): Promise<unknown[]> {
    const rows = await test.database.query(
      `select t.id, t.status, t.deleted_at is not null as is_deleted, t.merged_into_id, t.contact_id,
         coalesce((select array_agg(l.label_id::text) from ticket_labels l where l.organization_id = t.organization_id and l.ticket_id = t.id), '{}') as labels,
         coalesce((select array_agg(m.body_text) from messages m where m.organization_id = t.organization_id and m.ticket_id = t.id), '{}') as messages
       from tickets t where t.organization_id = $1 order by t.number`,
      [this.organization.organizationId],
    );
    const at = (list: string[], type: "Label" | "Contact", id: string) =>
      list.indexOf(this.organization.globalId(type, id));
    return rows.map((row) => ({
      status: row.status,
      isDeleted: row.is_deleted,
      mergedInto: row.merged_into_id ? this.tickets.findIndex(({ uuid }) => uuid === row.merged_into_id) : null,
      contact: at(this.contacts, "Contact", row.contact_id),
      labels: row.labels.map((id: string) => at(this.labels, "Label", id)).sort(),
      messages: row.messages.sort(),
    }));
  }

  get wanted(): unknown[] {
    return this.model.map(({ labels, messages, ...ticket }) => ({
      ...ticket,
      labels: [...labels].sort(),
      messages: [...messages].sort(),
    }));
  }
}

describe("merge, bulk, delete and restore", () => {
  it("lose and double no ticket, message or label, whatever their order (25 random histories)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
        const shop = new Shop();
        await shop.open();
        for (const one of steps) {
          await shop.take(one);
          expect(await shop.look(), JSON.stringify(one)).toEqual(shop.wanted);
        }
      }),
      { numRuns: 25, seed: testSeed(), endOnFailure: true },
    );
  }, 180_000);
});
