/** The compiler of filters against a naive evaluation of the same random trees in memory: both must agree. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemViewer } from "../../src/access/system-viewer.ts";
import { visibleTicketsAndTrash } from "../../src/access/visibility.ts";
import { conditionToSql } from "../../src/db/condition-sql.ts";
import { Prisma } from "../../src/db/index.ts";
import { filterOf, liveFilterOf } from "../../src/entities/filters.ts";
import { type CompileContext, compileFilter } from "../../src/filters/compile.ts";
import { parseFilterDate } from "../../src/filters/dates.ts";
import type { FieldSpec, FilterSpec } from "../../src/filters/filter.ts";
import { matches } from "../../src/filters/match.ts";
import "../../src/schema.ts";
import { priorityOfRank } from "../../src/tickets/ticket.priority.ts";
import { ticketStatuses } from "../../src/tickets/ticket.status.ts";
import { toGlobalId } from "../../src/wire/ids.ts";
import { testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

type Row = Record<string, unknown>;
type Filter = Record<string, unknown>;

const cases = 10_000;
const now = new Date("2026-11-20T12:00:00Z");
const timeZone = "Europe/Berlin";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let rows: Row[];
let context: CompileContext;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Agent");
  const ben = await acme.member("Admin");
  const labels = [await acme.label("VIP"), await acme.label("100%_sure"), await acme.label("Gone")];
  const companies = [
    await acme.company("İnitech", ["initech.test", "eu.initech.test"]),
    await acme.company("Globex", []),
  ];
  const contacts = [
    await acme.contact("Ann@Initech.test", "Ann ΝΙΚΟΣ"),
    await acme.contact("a_b@mail.test", "100%"),
    await acme.contact("axb@mail.test", "Straße"),
  ];
  for (let index = 0; index < 36; index++)
    await acme.ticket({
      subject: `Ticket ${index}`,
      contact: contacts[index % 3] as string,
      status: ticketStatuses[index % 4] as "OPEN",
      priority: index % 4,
      assignee: [null, ada, ben][index % 3] as Person | null,
      companyId: [null, companies[0], companies[1]][index % 5 > 2 ? 0 : ((index % 5) as number)] as string | null,
      labelIds: labels.filter((_, place) => (index >> place) % 2 === 1),
    });
  const id = acme.organizationId;
  await test.database.query("update tickets set waiting_since = null where organization_id = $1 and number % 3 = 0", [
    id,
  ]);
  await test.database.query(
    "update tickets set external_id = 'Ext-' || number where organization_id = $1 and number % 4 < 2",
    [id],
  );
  await test.database.query("update tickets set deleted_at = now() where organization_id = $1 and number % 6 = 5", [
    id,
  ]);
  await test.database.query(
    "update tickets set created_at = timestamptz '2026-11-18T22:30:00Z' + number * interval '41 minutes', last_activity_at = timestamptz '2026-11-20T12:00:00Z' - number * interval '9 hours', first_replied_at = case when number % 2 = 0 then now() end where organization_id = $1",
    [id],
  );
  await test.database.query(
    "update contacts set is_blocked = true, company_id = null, company_source = 'MANUAL' where id = $1",
    [contacts[2]],
  );
  await test.database.query("update contacts set external_id = null where id = $1", [contacts[1]]);
  await test.database.query("update companies set archived_at = now() where id = $1", [companies[1]]);
  await test.database.query("update labels set deleted_at = now() where id = $1", [labels[2]]);
  await test.database.query(
    `insert into time_entries (organization_id, id, member_id, ticket_id, ticket_code, ticket_subject, contact_id, worked_on,
       started_at, duration_minutes, billed_minutes, rate_source, currency, created_at, updated_at)
     select organization_id, gen_random_uuid(), $2, id, code, subject, contact_id, '2026-11-20', now(), 5, 5, 'NONE', 'EUR', now(), now()
     from tickets where organization_id = $1 and number % 3 = 1`,
    [id, ada.uuid],
  );
  await test.database.query(
    "insert into contact_addresses values ($1, 'nikos@mail.test', 'Nikos@mail.test', $2, now(), 'nikos@mail.test')",
    [id, contacts[0]],
  );
  const company = { include: { domains: true } };
  const found = (await test.server.services.database.for(id).ticket.findMany({
    include: {
      assignee: { include: { role: true } },
      contact: { include: { company, addresses: true } },
      company,
      labels: { include: { label: true } },
      timeEntries: true,
    },
  })) as unknown as Row[];
  rows = found.map((row) => ({ ...row, worked: (row.timeEntries as unknown[])[0] ?? null }));
  context = { now, timeZone, memberId: ada.uuid, can: () => true, visible: () => ({}) };
});
afterAll(() => test.close());

/** What a filter means, said as plainly as possible. */
function holds(spec: FilterSpec, row: Row, filter: Filter): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    if (name === "and") return (value as Filter[]).every((one) => holds(spec, row, one));
    if (name === "or") return (value as Filter[]).some((one) => holds(spec, row, one));
    if (name === "not") return !holds(spec, row, value as Filter);
    return holdsField(name, spec.fields[name] as FieldSpec, row, value as Filter);
  });
}

function holdsField(name: string, field: FieldSpec, row: Row, value: Filter): boolean {
  switch (field.kind) {
    case "one": {
      const { isNull, ...rest } = value;
      if (typeof isNull === "boolean" && (row[field.column] === null) !== isNull) return false;
      if (Object.values(rest).every((part) => part === null || part === undefined)) return true;
      const other = row[field.relation] as Row | null;
      return other !== null && holds(field.filter(), other, rest);
    }
    case "many": {
      const all = (row[field.relation] as Row[])
        .map((item) => (field.through ? (item[field.through] as Row) : item))
        .filter((item) => !("deletedAt" in item) || item.deletedAt === null);
      const matching = (inner: unknown) => all.filter((item) => holds(field.filter(), item, inner as Filter)).length;
      return (
        (value.some == null || matching(value.some) > 0) &&
        (value.none == null || matching(value.none) === 0) &&
        (value.every == null || matching(value.every) === all.length)
      );
    }
    case "isMe":
      return (row[field.column] === ada.uuid) === (value as unknown);
    case "boolean": {
      const isSet = {
        isDeleted: row.deletedAt,
        isArchived: row.archivedAt,
        isAnonymous: row.anonymizedAt,
        hasTime: row.worked,
      }[name];
      return (isSet === undefined ? row[field.column] : isSet !== null) === (value as unknown);
    }
    default:
      return Object.entries(value).every(([comparator, wanted]) =>
        placesOf(field, row, comparator).some((stored) => compare(field, stored, comparator, wanted)),
      );
  }
}

const isPattern = (comparator: string) => comparator === "contains" || comparator === "startsWith";

/** What is compared: one value, or each of a list. */
function placesOf(field: FieldSpec & { column: string }, row: Row, comparator: string): unknown[] {
  if (field.kind !== "text" || comparator === "isNull") return [row[field.column]];
  const { anyOf, search } = field;
  if (!anyOf) return [row[isPattern(comparator) && search ? search.column : field.column]];
  const column = isPattern(comparator) ? anyOf.search.column : anyOf.column;
  return (row[anyOf.relation] as Row[]).map((one) => one[column]);
}

function compare(field: FieldSpec, stored: unknown, comparator: string, wanted: unknown): boolean {
  if (wanted === null || wanted === undefined) return true;
  if (comparator === "isNull") return (stored === null) === wanted;
  if (stored === null) return false;
  if (field.kind === "instant") {
    const { from, until } = parseFilterDate(wanted as string, context) as { from: Date; until: Date };
    const isDay = until > from;
    const at = stored as Date;
    if (comparator === "eq") return isDay ? at >= from && at < until : at.getTime() === from.getTime();
    if (comparator === "gte") return at >= from;
    if (comparator === "gt") return isDay ? at >= until : at > from;
    if (comparator === "lt") return at < from;
    return isDay ? at < until : at <= from;
  }
  const same = (text: unknown) => {
    if (field.kind === "id") return toGlobalId(field.type, stored as string) === text;
    if (field.kind === "enum" && field.name === "TicketPriority") return priorityOfRank(stored as number) === text;
    return String(stored) === caseOf(field, text as string);
  };
  if (comparator === "eq") return same(wanted);
  if (comparator === "in") return (wanted as unknown[]).some(same);
  const text = searchFormOf(field, wanted as string);
  return comparator === "contains" ? String(stored).includes(text) : String(stored).startsWith(text);
}

/** What the forms are is told by security/text.test.ts and lib.test.ts, by value. */
function caseOf(field: FieldSpec, text: string): string {
  return field.kind === "text" ? field.toKey(text) : text;
}

function searchFormOf(field: FieldSpec, text: string): string {
  if (field.kind !== "text") return text;
  return (field.anyOf?.search ?? field.search ?? field).toKey(text);
}

/** Values that some row has, in another case, and values that none has. */
function valuesOf(spec: FilterSpec, field: FieldSpec): fc.Arbitrary<unknown> {
  if (field.kind === "instant" && field.isAbsolute)
    return fc.constantFrom(
      ...rows.slice(0, 8).flatMap((row) => [row.createdAt, row.lastActivityAt].filter((at) => at !== null) as Date[]),
      new Date("2026-11-19T00:00:00Z"),
    );
  if (field.kind === "instant")
    return fc.constantFrom(
      "-PT30H",
      "-P2D",
      "2026-11-19",
      "2026-11-18",
      "2026-11-18T23:11:00Z",
      "2026-11-19T01:00:00+01:00",
      "P1D",
    );
  if (field.kind === "enum")
    return fc.constantFrom(
      ...({ TicketStatus: ticketStatuses, TicketPriority: ["LOW", "NORMAL", "HIGH", "URGENT"] }[field.name] ?? [
        "EMAIL",
        "API",
        "MANUAL",
      ]),
    );
  const stored = [
    ...new Set(everyRow(spec).flatMap((row) => row[(field as { column: string }).column] ?? [])),
  ] as string[];
  if (field.kind === "id")
    return fc.constantFrom(
      ...stored.slice(0, 5).map((id) => toGlobalId(field.type, id)),
      toGlobalId(field.type, acme.organizationId),
    );
  const texts = stored.slice(0, 6).flatMap((text) => [text, text.slice(0, 3), text.slice(-4), flip(field, text)]);
  return fc.constantFrom(...texts, "_", "%", "zzz");
}

function flip(field: FieldSpec, text: string): string {
  const other = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
  // Only what comes back as the same key: ß has no single upper case.
  return caseOf(field, other) === caseOf(field, text) ? other : text;
}

/** All rows of a spec's type that are reachable from the tickets. */
function everyRow(spec: FilterSpec): Row[] {
  const some = (list: unknown[]) => list.filter((row) => row !== null && row !== undefined) as Row[];
  const assignees = some(rows.map((row) => row.assignee));
  const companies = some(rows.map((row) => row.company));
  const byName: Record<string, Row[]> = {
    TicketFilter: rows,
    MemberFilter: assignees,
    RoleFilter: some(assignees.map(({ role }) => role)),
    ContactFilter: some(rows.map((row) => row.contact)),
    ContactAddressFilter: some(rows.flatMap((row) => (row.contact as { addresses: Row[] }).addresses)),
    CompanyFilter: companies,
    CompanyDomainFilter: some(companies.flatMap(({ domains }) => domains)),
    LabelFilter: some(rows.flatMap((row) => (row.labels as { label: Row }[]).map(({ label }) => label))),
  };
  return byName[spec.name.replace("LiveFilter", "Filter")] as Row[];
}

function fieldFilters(spec: FilterSpec, name: string, field: FieldSpec, depth: number): fc.Arbitrary<Filter> {
  const wrap = (value: fc.Arbitrary<unknown>) => value.map((given) => ({ [name]: given }) as Filter);
  switch (field.kind) {
    case "isMe":
    case "boolean":
      return wrap(fc.boolean());
    case "one": {
      const isNull = fc.boolean().map((given) => ({ isNull: given }) as Filter);
      if (depth <= 0) return wrap(isNull);
      const inner = trees(field.filter(), depth - 1);
      return wrap(
        fc.oneof(
          isNull,
          inner,
          fc.tuple(isNull, inner).map(([a, b]) => ({ ...b, ...a })),
        ),
      );
    }
    case "many":
      return wrap(
        depth <= 0
          ? fc.constantFrom({ some: {} }, { none: {} }, { every: {} })
          : fc
              .tuple(fc.constantFrom("some", "none", "every"), trees(field.filter(), depth - 1))
              .map(([quantifier, inner]) => ({ [quantifier]: inner })),
      );
    default: {
      const value = valuesOf(spec, field);
      const comparators: fc.Arbitrary<Filter>[] = [
        value.map((eq) => ({ eq })),
        fc.boolean().map((isNull) => ({ isNull })),
      ];
      if (field.kind === "instant")
        comparators.push(
          fc.tuple(fc.constantFrom("gte", "gt", "lte", "lt"), value).map(([name, given]) => ({ [name]: given })),
        );
      else comparators.push(fc.array(value, { maxLength: 3 }).map((list) => ({ in: list })));
      if (field.kind === "text")
        comparators.push(
          fc.tuple(fc.constantFrom("contains", "startsWith"), value).map(([name, given]) => ({ [name]: given })),
        );
      return wrap(fc.oneof(...comparators, fc.constant({ eq: null })));
    }
  }
}

const known = new Map<string, fc.Arbitrary<Filter>>();

function trees(spec: FilterSpec, depth: number): fc.Arbitrary<Filter> {
  const key = `${spec.name} ${depth}`;
  let made = known.get(key);
  if (!made) {
    const leaf = fc.oneof(
      ...Object.entries(spec.fields).map(([name, field]) => fieldFilters(spec, name, field, depth)),
    );
    const both = fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b }));
    const inner = depth > 0 ? trees(spec, depth - 1) : leaf;
    made = fc.oneof(
      { weight: 5, arbitrary: leaf },
      { weight: 2, arbitrary: both },
      { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }).map((and) => ({ and }) as Filter) },
      { weight: 2, arbitrary: fc.array(inner, { maxLength: 3 }).map((or) => ({ or }) as Filter) },
      { weight: 3, arbitrary: inner.map((not) => ({ not }) as Filter) },
      { weight: 1, arbitrary: fc.constant({}) },
    );
    known.set(key, made);
  }
  return made;
}

const numbersOf = (list: { number: unknown }[]) => list.map(({ number }) => number as number).sort((a, b) => a - b);

async function compiled(filter: Filter): Promise<number[]> {
  const where = {
    AND: [
      visibleTicketsAndTrash(systemViewer(acme.organizationId)),
      compileFilter(filterOf("Ticket"), filter, context),
    ],
  };
  const { database } = test.server.services;
  return numbersOf(await database.for(acme.organizationId).ticket.findMany({ where, select: { number: true } }));
}

/** The same through the SQL that sums, reports and exports are made with. */
async function compiledToSql(filter: Filter): Promise<number[]> {
  const where = {
    AND: [
      visibleTicketsAndTrash(systemViewer(acme.organizationId)),
      compileFilter(filterOf("Ticket"), filter, context),
    ],
  };
  const client = test.server.services.database.for(acme.organizationId);
  return numbersOf(
    await client.$queryRaw(Prisma.sql`select t.number from tickets t where ${conditionToSql("Ticket", where, "t")}`),
  );
}

/** A ticket as the change log has it: instants as text, what it points to by id. */
function imageOf(row: Row): Row {
  const labels = (row.labels as { label: { id: string; deletedAt: Date | null } }[]).map(({ label }) => label);
  const image = { ...row, labelIds: labels.filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id) };
  return JSON.parse(
    JSON.stringify(image, (key, value) => (["timeEntries", "worked"].includes(key) ? undefined : value)),
  );
}

describe("a live filter", () => {
  it("finds in images of the change log what its SQL finds in the tickets, in 2,000 random trees", async () => {
    const images = rows.map((row) => ({ number: row.number as number, image: imageOf(row) }));
    let matched = 0;
    for (const filter of fc.sample(trees(liveFilterOf("Ticket", ""), 2), {
      numRuns: 2_000,
      seed: testSeed(),
    })) {
      const where = {
        AND: [
          visibleTicketsAndTrash(systemViewer(acme.organizationId)),
          compileFilter(liveFilterOf("Ticket", ""), filter, context),
        ],
      };
      const { database } = test.server.services;
      const found = numbersOf(
        await database.for(acme.organizationId).ticket.findMany({ where, select: { number: true } }),
      );
      const live = numbersOf(
        images.filter(({ image }) => matches(liveFilterOf("Ticket", ""), filter, image, ada.uuid)),
      );
      expect(live, JSON.stringify(filter)).toEqual(found);
      matched += found.length;
    }
    console.log(`2,000 live filters agree; on average ${(matched / 2_000).toFixed(1)} of ${rows.length} tickets match`);
    expect(matched).toBeGreaterThan(2_000);
  }, 60_000);

  it("names nothing that changes without the ticket changing", () => {
    const kinds = Object.entries(liveFilterOf("Ticket", "").fields).map(([name, field]) => {
      if (field.kind === "one" || field.kind === "many") return [name, Object.keys(field.filter().fields)];
      return [name, field.kind === "instant" ? field.isAbsolute : true];
    });
    for (const [name, inner] of kinds)
      if (Array.isArray(inner))
        expect(
          inner.filter((one) => !["id", "isMe"].includes(one)),
          String(name),
        ).toEqual([]);
      else expect(inner, String(name)).toBe(true);
  });
});

describe("a compiled filter", () => {
  it(`finds what a naive evaluation finds, in ${cases.toLocaleString("en")} random trees, and its negation finds the rest`, async () => {
    const all = numbersOf(rows as never);
    let compared = 0;
    let matched = 0;
    const sample = fc.sample(trees(filterOf("Ticket"), 2), { numRuns: cases, seed: testSeed() });
    const queue = sample.entries();
    const worker = async () => {
      for (const [index, filter] of queue) {
        const expected = numbersOf(rows.filter((row) => holds(filterOf("Ticket"), row, filter)) as never);
        const found = await compiled(filter);
        expect(found, JSON.stringify(filter)).toEqual(expected);
        if (index % 4 === 0) expect(await compiledToSql(filter), JSON.stringify(filter)).toEqual(expected);
        compared++;
        matched += found.length;
        if (index % 5 !== 0) continue;
        const rest = await compiled({ not: filter });
        expect(
          [...found, ...rest].sort((a, b) => a - b),
          `not ${JSON.stringify(filter)}`,
        ).toEqual(all);
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    console.log(
      `${compared} filters agree; on average ${(matched / compared).toFixed(1)} of ${all.length} tickets match`,
    );
    expect(compared).toBe(cases);
    // Neither all nor nothing: the trees tell tickets apart.
    expect(matched / compared).toBeGreaterThan(all.length * 0.1);
    expect(matched / compared).toBeLessThan(all.length * 0.9);
  }, 240_000);
});
