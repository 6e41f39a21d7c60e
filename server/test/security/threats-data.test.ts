/** Threats of the reliability goals, by their numbers: what belongs to others. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionNames } from "../../src/access/permissions.ts";
import { buildSchema } from "../../src/schema.ts";
import type { Client } from "../testkit/client.ts";
import { type Furnished, furnish, mutationFixtures, queryFixtures, type Variables } from "../testkit/fixtures.ts";
import { operationFor } from "../testkit/selection.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

const schema = buildSchema();

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let ours: Furnished;
let theirs: Furnished;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
  ours = await furnish(test.world, "ours", "ours");
  theirs = await furnish(test.world, "theirs", "zebra");
});
afterAll(() => test.close());

describe("T2: another organization's id in a nested input", () => {
  const inputs: [string, (its: Furnished) => string][] = [
    [
      "assignee of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, assignee: { id: "${its.agent.id}" } })`,
    ],
    ["contact of ticketCreate", (its) => `ticketCreate(input: { subject: "x", contact: { id: "${its.contact.id}" } })`],
    [
      "company of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, company: { id: "${its.company.id}" } })`,
    ],
    [
      "labels of ticketCreate",
      (its) =>
        `ticketCreate(input: { subject: "x", contact: { person: { email: "a@mail.test" } }, labels: [{ id: "${its.label.id}" }] })`,
    ],
    [
      "tickets of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ id: "${its.ticket.id}" }], input: { priority: LOW })`,
    ],
    [
      "assignee of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ code: "CODE" }], input: { assignee: { id: "${its.agent.id}" } })`,
    ],
    [
      "labels of ticketsBulkUpdate",
      (its) => `ticketsBulkUpdate(tickets: [{ code: "CODE" }], input: { addLabels: [{ id: "${its.label.id}" }] })`,
    ],
    ["into of ticketMerge", (its) => `ticketMerge(ticket: { code: "CODE" }, into: { id: "${its.ticket.id}" })`],
    [
      "participants",
      (its) =>
        `ticketParticipantsUpdate(ticket: { code: "CODE" }, input: { addParticipants: [{ id: "${its.contact.id}" }] })`,
    ],
    [
      "sender of messageReceive",
      (its) => `messageReceive(ticket: { code: "CODE" }, input: { bodyText: "x", from: { id: "${its.contact.id}" } })`,
    ],
    ["into of contactMerge", (its) => `contactMerge(contact: { id: "CONTACT" }, into: { id: "${its.contact.id}" })`],
    [
      "company of contactUpsert",
      (its) => `contactUpsert(input: { email: "n@mail.test", company: { id: "${its.company.id}" } })`,
    ],
    ["into of companyMerge", (its) => `companyMerge(company: { id: "COMPANY" }, into: { id: "${its.company.id}" })`],
    ["contact of companyCreate", (its) => `companyCreate(input: { name: "x", contact: { id: "${its.contact.id}" } })`],
    ["into of labelMerge", (its) => `labelMerge(label: { id: "LABEL" }, into: { id: "${its.label.id}" })`],
    [
      "role of memberUpdate",
      (its) => `memberUpdate(member: { id: "MEMBER" }, input: { role: { id: "${its.role.id}" } })`,
    ],
    ["role of memberInvite", (its) => `memberInvite(input: { email: "n@mail.test", role: { id: "${its.role.id}" } })`],
    [
      "role of memberAdd",
      (its) =>
        `memberAdd(input: { name: "x", email: "n2@mail.test", password: "a long enough one", role: { id: "${its.role.id}" } })`,
    ],
    [
      "reassignTo of roleDelete",
      (its) => `roleDelete(role: { id: "ROLE" }, input: { reassignTo: { id: "${its.role.id}" } })`,
    ],
    [
      "reassignTicketsTo of memberRemove",
      (its) => `memberRemove(member: { id: "MEMBER" }, input: { reassignTicketsTo: { id: "${its.agent.id}" } })`,
    ],
  ];

  it.each(inputs)("as %s is not found, and the same of one's own works", async (name, write) => {
    const send = (its: Furnished) =>
      ours.admin.client.ask(
        `mutation { ${write(its)
          .replace("CODE", ours.ticket.code)
          .replace("CONTACT", ours.contact.id)
          .replace("COMPANY", ours.company.id)
          .replace("LABEL", ours.label.id)
          .replace("ROLE", ours.role.id)
          .replace("MEMBER", ours.agent.id)} { cursor } }`,
      );
    expect((await send(theirs)).errors[0]?.extensions.code, name).toBe("NOT_FOUND");
    // The same call with one's own: whatever it says then, it isn't that the thing is not there.
    if (!/^(into|reassign)/.test(name))
      expect(
        (await send(ours)).errors.map(({ message }) => message),
        name,
      ).toEqual([]);
  });
});

describe("T3: an operation that the role doesn't hold", () => {
  it("is FORBIDDEN to a member without any right, for every operation that needs one", async () => {
    const nobody = await acme.member({});
    const its = await furnish(test.world, "t3", "t3");
    let refused = 0;
    for (const kind of ["query", "mutation"] as const) {
      const type = kind === "query" ? schema.getQueryType() : schema.getMutationType();
      for (const field of Object.values(type?.getFields() ?? {})) {
        if (!(field.extensions as { directives?: { access?: unknown } }).directives?.access) continue;
        const fixture = (kind === "query" ? queryFixtures : mutationFixtures)[field.name] as (
          f: Furnished,
        ) => Variables;
        expect(await nobody.client.code(operationFor(kind, field, 1), await fixture(its)), field.name).toBe(
          "FORBIDDEN",
        );
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(45);
  });
});

describe("T5: notes for who has no note.view", () => {
  it("appear in no query of the schema, no payload and no count", async () => {
    const its = await furnish(test.world, "t5", "t5");
    const canary = "canary-of-a-note";
    await its.admin.client.get(
      `mutation ($c: String!) { ticketNoteAdd(ticket: { code: $c }, input: { bodyText: "${canary}" }) { cursor } }`,
      { c: its.ticket.code },
    );
    const everything = Object.fromEntries(
      permissionNames
        .filter((name) => name !== "note.view")
        .map((name) => [name, name.match(/ticket\.(?!create)|note\.write|time\./) ? "ALL" : true]),
    );
    const blind = await its.organization.member(everything as never);
    const sighted = await its.organization.member("Admin");
    const ask = async (client: Client) => {
      const answers: string[] = [];
      for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
        const { data } = await client.ask(
          operationFor("query", field, 5),
          await (queryFixtures[field.name] as (f: Furnished) => Variables)(its),
        );
        answers.push(JSON.stringify(data));
      }
      const { data } = await client.ask(
        'mutation ($c: String!) { ticketUpdate(ticket: { code: $c }, input: { subject: "s" }) { ticket { timeline { totalCount nodes { ... on Message { bodyText } } } messages { nodes { bodyText } } lastMessage { bodyText } } } }',
        { c: its.ticket.code },
      );
      return [...answers, JSON.stringify(data)].join("\n");
    };
    expect(await ask(blind.client)).not.toContain(canary);
    expect(await ask(sighted.client)).toContain(canary);
  });
});

describe("T6: uniqueness, counts and answers as an oracle", () => {
  it("tell nothing of another organization: 200 guesses of names, addresses, domains and codes", async () => {
    const globex = await test.world.organization("Globex");
    const gina = await globex.member("Admin");
    for (let index = 0; index < 10; index++) {
      await acme.contact(`oracle${index}@mail.test`);
      await acme.label(`Oracle ${index}`);
      await acme.company(`Oracle ${index}`, [`oracle${index}.test`]);
      await acme.role({}, `Oracle ${index}`);
    }
    let guesses = 0;
    for (let index = 0; index < 10; index++) {
      const free = [
        `contactCreate(input: { name: "x", email: "oracle${index}@mail.test" })`,
        `labelCreate(input: { name: "Oracle ${index}", color: "#3b82f6" })`,
        `companyCreate(input: { name: "Oracle ${index}", domains: ["oracle${index}.test"] })`,
        `roleCreate(input: { name: "Oracle ${index}", grants: [] })`,
      ];
      for (const mutation of free) {
        expect(await gina.client.code(`mutation { ${mutation} { cursor } }`), mutation).toBeNull();
        guesses++;
      }
      const shape = async (query: string) => {
        const { status, data, errors } = await gina.client.ask(query);
        return {
          status,
          data,
          message: errors[0]?.message.replace(/"[^"]*"/g, '""'),
          code: errors[0]?.extensions.code,
        };
      };
      for (const [there, nowhere] of [
        [
          `{ ticket(by: { code: "${acme.prefix}-${index + 1}" }) { id } }`,
          '{ ticket(by: { code: "NOWHERE-1" }) { id } }',
        ],
        [`{ member(by: { email: "${ada.email}" }) { id } }`, '{ member(by: { email: "nobody@nowhere.test" }) { id } }'],
        [
          `{ contacts(filter: { email: { eq: "ext${index}@x.test" } }) { totalCount } }`,
          '{ contacts(filter: { email: { eq: "none@x.test" } }) { totalCount } }',
        ],
        [`{ contact(by: { externalId: "ext-${index}" }) { id } }`, '{ contact(by: { externalId: "none" }) { id } }'],
      ] as const) {
        expect(await shape(there), there).toEqual(await shape(nowhere));
        guesses += 4;
      }
    }
    expect(guesses).toBe(200);
  });
});

describe("T7: a ticket that moved out of reach", () => {
  it("is gone from the trash, the timeline, bulk, merge and messages, by old ids and cursors", async () => {
    const narrow = await acme.member({
      "ticket.view": "ASSIGNED",
      "ticket.delete": "ALL",
      "ticket.update": "ALL",
      "note.view": true,
    });
    const ticket = await acme.ticket({ assignee: narrow, messages: ["a", "b", "c"] });
    const page =
      "query ($c: String!, $after: Cursor) { ticket(by: { code: $c }) { timeline(kinds: [MESSAGE], first: 1, after: $after) { pageInfo { endCursor } nodes { ... on Message { id } } } } }";
    const { timeline } = (await narrow.client.get(page, { c: ticket.code })).ticket;
    await ada.client.get(
      "mutation ($c: String!, $id: ID!) { ticketAssign(ticket: { code: $c }, input: { assignee: { id: $id } }) { cursor } }",
      { c: ticket.code, id: ada.id },
    );
    expect(await narrow.client.code(page, { c: ticket.code, after: timeline.pageInfo.endCursor })).toBe("NOT_FOUND");
    expect(await narrow.client.code("query ($id: ID!) { node(id: $id) { id } }", { id: timeline.nodes[0].id })).toBe(
      "NOT_FOUND",
    );
    const mine = await acme.ticket({ assignee: narrow });
    for (const mutation of [
      `ticketsBulkUpdate(tickets: [{ id: "${ticket.id}" }], input: { priority: LOW })`,
      `ticketMerge(ticket: { id: "${mine.id}" }, into: { id: "${ticket.id}" })`,
      `ticketMerge(ticket: { id: "${ticket.id}" }, into: { id: "${mine.id}" })`,
      `ticketDelete(ticket: { id: "${ticket.id}" })`,
    ])
      expect(await narrow.client.code(`mutation { ${mutation} { cursor } }`), mutation).toBe("NOT_FOUND");
    await ada.client.get("mutation ($c: String!) { ticketDelete(ticket: { code: $c }) { cursor } }", {
      c: ticket.code,
    });
    expect(
      (await narrow.client.get("{ tickets(filter: { isDeleted: true }) { totalCount } }")).tickets.totalCount,
    ).toBe(0);
    expect(
      await narrow.client.code("mutation ($c: String!) { ticketRestore(ticket: { code: $c }) { cursor } }", {
        c: ticket.code,
      }),
    ).toBe("NOT_FOUND");
  });
});
