/**
 * Random histories of contacts: whatever was merged, renamed, written and erased, each id, externalId and address finds the
 * right contact or nothing, and of who was erased no word is left anywhere in the database.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "../testkit/client.ts";
import { testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { TicketHandle } from "../testkit/world.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const contactCount = 5;
const ticketCount = 3;
const index = fc.nat(contactCount - 1);
const ticketIndex = fc.nat(ticketCount - 1);
const form = fc.nat(3);

const step = fc.oneof(
  fc.record({ do: fc.constant("rename" as const), who: index }),
  fc.record({ do: fc.constant("addAddress" as const), who: index, form, isPrimary: fc.boolean() }),
  fc.record({ do: fc.constant("removeAddress" as const), who: index, form, which: fc.nat(4) }),
  fc.record({ do: fc.constant("addPhone" as const), who: index }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant("merge" as const), who: index, into: index }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("receive" as const), who: index, on: ticketIndex, form, which: fc.nat(4) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("reply" as const), who: index, on: ticketIndex, form, which: fc.nat(4) }),
  },
  fc.record({ do: fc.constant("participate" as const), who: index, on: ticketIndex }),
  fc.record({ do: fc.constant("open" as const), who: index, form, which: fc.nat(4) }),
  fc.record({ do: fc.constant("upsert" as const), who: index, isPerRow: fc.boolean() }),
  fc.record({ do: fc.constant("anonymize" as const), who: index }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

interface Person {
  id: string;
  externalIds: string[];
  /** As they were given first. */
  addresses: string[];
  /** Written to before anybody had them. */
  future: string[];
  /** Everything that was ever said of the person, as tokens that stand in every form of a text. */
  tokens: string[];
  mergedInto: number | null;
  isErased: boolean;
}

const erased = new Set<string>();
let made = 0;

/** The same address in another form. */
function write(address: string, how: number): string {
  const [local, domain] = address.split("@") as [string, string];
  if (how === 1) return `${local.toUpperCase()}@${domain.normalize("NFD")}`;
  if (how === 2) return `${local}@${new URL(`http://${domain}`).hostname}`;
  return how === 3 ? ` ${local}@${domain.toUpperCase()}. ` : address;
}

class History {
  readonly people: Person[] = [];
  readonly tickets: TicketHandle[] = [];
  client!: Client;
  typing!: Client;

  async open(): Promise<void> {
    const shop = await test.world.organization("Shop");
    this.client = (await shop.member("Admin")).client;
    // Names people by their addresses, and may not know how they are stored.
    this.typing = (await shop.member({ "ticket.view": "ALL", "ticket.create": true, "contact.manage": true })).client;
    for (let one = 0; one < contactCount; one++) {
      const [name, local, note] = [this.token(), this.token(), this.token()];
      const person: Person = {
        ...{ id: "", externalIds: [`ext ${this.token()}`], addresses: [`${local}@mül-${local}.test`] },
        ...{ tokens: [name, local, note], future: [], mergedInto: null, isErased: false },
      };
      person.tokens.push((person.externalIds[0] as string).slice(4));
      const { contactCreate } = await this.client.get(
        "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id } } }",
        {
          input: {
            name,
            email: person.addresses[0],
            externalId: person.externalIds[0],
            notes: note,
            phone: this.phone(person),
          },
        },
      );
      person.id = contactCreate.contact.id;
      this.people.push(person);
    }
    for (let one = 0; one < ticketCount; one++) this.tickets.push(await shop.ticket({}));
  }

  token(): string {
    return `zq${++made}z`;
  }

  address(): string {
    const local = this.token();
    return `${local}@bär-${local}.test`;
  }

  phone(person: Person): string {
    const number = String(70_000_000_000 + ++made);
    person.tokens.push(number);
    return `+${number}`;
  }

  /** Whom the person is now. */
  root(who: number): Person {
    const person = this.people[who] as Person;
    return person.mergedInto === null ? person : this.root(person.mergedInto);
  }

  async take(one: Step): Promise<void> {
    const person = this.root(one.who);
    const named = (this.people[one.who] as Person).id;
    const run = async (query: string, variables: object, client = this.client, headers = {}) => {
      const { errors, data } = await client.ask(query, variables as never, headers);
      expect(errors.map(({ extensions }) => extensions.code)).not.toContain("INTERNAL");
      return { isDone: errors.length === 0, data, errors };
    };
    const update = (input: object) =>
      run(
        "mutation ($id: ID!, $input: ContactUpdateInput!) { contactUpdate(contact: { id: $id }, input: $input) { cursor } }",
        { id: named, input },
      );
    const address =
      "form" in one && "which" in one ? person.addresses[one.which % Math.max(1, person.addresses.length)] : null;
    const written = address && "form" in one ? write(address, one.form) : null;
    switch (one.do) {
      case "rename": {
        const name = this.token();
        expect((await update({ name })).isDone).toBe(!person.isErased);
        if (!person.isErased) person.tokens.push(name);
        break;
      }
      case "addAddress": {
        const next = person.future.shift() ?? this.address();
        const input = one.isPrimary ? { email: write(next, one.form) } : { addEmails: [write(next, one.form)] };
        expect((await update(input)).isDone).toBe(!person.isErased);
        if (person.isErased) break;
        person.addresses.push(next);
        person.tokens.push(next.split("@")[0] as string);
        break;
      }
      case "removeAddress":
        if (!written || person.isErased) break;
        expect((await update({ removeEmails: [written] })).isDone).toBe(true);
        person.addresses = person.addresses.filter((other) => other !== address);
        break;
      case "addPhone":
        if (!person.isErased) expect((await update({ addPhones: [this.phone(person)] })).isDone).toBe(true);
        break;
      case "merge": {
        const into = this.root(one.into);
        const { isDone } = await run(
          "mutation ($from: ID!, $into: ID!) { contactMerge(contact: { id: $from }, into: { id: $into }) { cursor } }",
          { from: named, into: (this.people[one.into] as Person).id },
        );
        // The same merge again changes nothing; a thing into itself is a slip.
        const isRepeated = person === into && named !== person.id;
        expect(isDone).toBe(isRepeated || (person !== into && !person.isErased && !into.isErased));
        if (!isDone || isRepeated) break;
        person.mergedInto = this.people.indexOf(into);
        into.tokens.push(...person.tokens);
        into.addresses.push(...person.addresses.splice(0));
        into.externalIds.push(...person.externalIds.splice(0));
        into.future.push(...person.future.splice(0));
        break;
      }
      case "receive":
        if (!written) break;
        await run(
          'mutation ($code: String!, $from: TicketContactInput!) { messageReceive(ticket: { code: $code }, input: { from: $from, bodyText: "Hello" }) { cursor } }',
          {
            code: this.tickets[one.on]?.code,
            from: { person: { email: written } },
          },
        );
        break;
      case "reply": {
        const next = one.which === 4 ? this.address() : null;
        if (next) person.future.push(next);
        await run(
          'mutation ($code: String!, $cc: [EmailAddress!]) { ticketReply(ticket: { code: $code }, input: { bodyText: "Hi", cc: $cc, status: OPEN }) { cursor } }',
          {
            code: this.tickets[one.on]?.code,
            cc: [next ?? written ?? []].flat(),
          },
        );
        break;
      }
      case "participate":
        await run(
          "mutation ($code: String!, $id: ID!) { ticketParticipantsUpdate(ticket: { code: $code }, input: { addParticipants: [{ id: $id }] }) { cursor } }",
          {
            code: this.tickets[one.on]?.code,
            id: named,
          },
        );
        break;
      case "open": {
        if (!written) break;
        const name = this.token();
        person.tokens.push(name);
        await run(
          'mutation ($contact: TicketContactInput!) { ticketCreate(input: { subject: "x", contact: $contact }) { cursor } }',
          { contact: { person: { name, email: written } } },
          this.typing,
        );
        break;
      }
      case "upsert": {
        const [externalId] = person.externalIds;
        if (!externalId || person.isErased) break;
        const [note, other] = [
          this.token(),
          this.people.find((somebody) => somebody !== person && somebody.addresses.length > 0),
        ];
        person.tokens.push(note);
        const rows = [
          { externalId, notes: note },
          ...(one.isPerRow && other ? [{ externalId, email: other.addresses[0] }] : []),
        ];
        const { data, errors } = await run(
          "mutation ($input: [ContactUpsertInput!]!, $mode: UpsertMode) { contactsUpsert(input: $input, mode: $mode) { results { outcome contact { id } error { message } } } }",
          { input: rows, mode: one.isPerRow ? "PER_ROW" : "ALL_OR_NOTHING" },
          this.client,
          { "idempotency-key": `key-${++made}` },
        );
        expect(errors).toEqual([]);
        expect(data.contactsUpsert.results[0]).toMatchObject({ outcome: "UPDATED", contact: { id: person.id } });
        if (rows.length > 1) expect(data.contactsUpsert.results[1]).toMatchObject({ outcome: "FAILED", contact: null });
        break;
      }
      case "anonymize":
        expect(
          (await run("mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { cursor } }", { id: named }))
            .isDone,
        ).toBe(true);
        person.isErased = true;
        person.addresses = [];
        break;
    }
  }

  /** Every id, externalId and address finds the right one or nothing, by reference and by filter. */
  async check(): Promise<void> {
    const wanted: Record<string, string | null> = {};
    const queries: string[] = [];
    const ask = (by: string, filter: string | null, id: string | null) => {
      const alias = `a${queries.length}`;
      queries.push(`${alias}: contact(by: ${by}) { id }`);
      wanted[alias] = id;
      if (!filter) return;
      queries.push(`f${alias}: contacts(filter: ${filter}) { nodes { id } }`);
      wanted[`f${alias}`] = id;
    };
    for (const [who, { id }] of this.people.entries()) ask(`{ id: "${id}" }`, null, this.root(who).id);
    for (const person of this.people) {
      for (const externalId of person.externalIds)
        ask(`{ externalId: "${externalId}" }`, null, person.isErased ? null : person.id);
      for (const [place, address] of person.addresses.entries()) {
        const form = JSON.stringify(write(address, place % 4));
        ask(`{ email: ${form} }`, `{ email: { eq: ${form} } }`, person.id);
      }
    }
    for (let from = 0; from < queries.length; from += 10) {
      const { data, errors } = await this.client.ask(`{ ${queries.slice(from, from + 10).join(" ")} }`);
      expect(errors.filter(({ extensions }) => extensions.code !== "NOT_FOUND")).toEqual([]);
      for (const [alias, answer] of Object.entries(
        data as Record<string, { id?: string; nodes?: { id: string }[] } | null>,
      )) {
        const found = answer?.nodes ? answer.nodes.map(({ id }) => id) : answer ? [answer.id] : [];
        expect(
          found,
          queries.find((query) => query.startsWith(`${alias}:`)),
        ).toEqual(wanted[alias] === null ? [] : [wanted[alias]]);
      }
    }
    for (const person of this.people) if (person.isErased) for (const token of person.tokens) erased.add(token);
  }
}

it("200 histories: all that a contact was known by finds it or nothing, and of who was erased nothing is left", async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 24 }), async (list) => {
      const history = new History();
      await history.open();
      for (const one of list) await history.take(one);
      await history.check();
      steps += list.length;
    }),
    { numRuns: 200, seed: testSeed(), endOnFailure: true },
  );
  const tables = await test.database.query(
    "select n.nspname || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'tiketti', 'graphile_worker')",
  );
  let [found, rows] = [0, 0];
  for (const { name } of tables)
    for (const { text } of await test.database.query(`select t::text as text from ${name} t`)) {
      rows++;
      for (const [token] of String(text).matchAll(/zq\d+z|7\d{10}/gi)) {
        found++;
        expect(erased.has(token.toLowerCase()), `${name}: ${text}`).toBe(false);
      }
    }
  console.log(
    `${steps} steps; ${erased.size} words of erased people; ${rows} rows of ${tables.length} tables, ${found} words of others found`,
  );
  // The scan sees what it looks for.
  expect(erased.size).toBeGreaterThan(500);
  expect(found).toBeGreaterThan(5_000);
}, 300_000);

it("an address that was written to before it was the contact's goes too, also when it was taken away again", async () => {
  const shop = await test.world.organization("Shop");
  const { client } = await shop.member("Admin");
  const { code } = await shop.ticket({});
  const cc = (address: string) =>
    client.get(
      'mutation ($code: String!, $cc: [EmailAddress!]) { ticketReply(ticket: { code: $code }, input: { bodyText: "x", cc: $cc, status: OPEN }) { cursor } }',
      { code, cc: [address] },
    );
  const update = (id: string, input: object) =>
    client.get(
      "mutation ($id: ID!, $input: ContactUpdateInput!) { contactUpdate(contact: { id: $id }, input: $input) { cursor } }",
      { id, input },
    );
  const left = async () =>
    (
      await test.database.query("select address from message_addresses where organization_id = $1 order by address", [
        shop.organizationId,
      ])
    )
      .map(({ address }) => address)
      .filter((address: string) => address.startsWith("canary"));
  const [ada, ben] = [shop.globalId("Contact", await shop.contact()), shop.globalId("Contact", await shop.contact())];
  await cc("canary1@x.test");
  await update(ada, { addEmails: ["canary1@x.test", "canary2@x.test"] });
  await cc("canary2@x.test");
  await update(ada, { removeEmails: ["canary1@x.test", "canary2@x.test"] });
  // It is another's by now: what was written to that one stays, and what was written to her goes.
  await update(ben, { addEmails: ["canary2@x.test"] });
  await cc("CANARY2@x.test");
  await client.get("mutation ($id: ID!) { contactAnonymize(contact: { id: $id }) { cursor } }", { id: ada });
  expect(await left()).toEqual([]);
  expect(
    await test.database.query(
      "select address, contact_id from message_addresses where organization_id = $1 and address ilike 'canary%'",
      [shop.organizationId],
    ),
  ).toMatchObject([{ address: "CANARY2@x.test" }]);
  const { contact } = await client.get('{ contact(by: { email: "canary2@x.test" }) { id } }');
  expect(contact.id).toBe(ben);
});
