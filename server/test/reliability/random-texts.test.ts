/** Random texts through every text field, and back by every reference and filter: what was written is found, and nothing else. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
// As its own test holds it against Unicode's tables.
import { toKey } from "../../src/lib/key.ts";
import type { Client } from "../testkit/client.ts";
import { testSeed } from "../testkit/seed.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer({
    plans: { default: { pointsPerActor: 1_000_000_000, pointsPerOrganization: 1_000_000_000 } },
  });
});
afterAll(() => test.close());

const count = 5_000;

const pick = (parts: string) => fc.constantFrom(...parts);
/** Letters of many scripts, look-alikes, marks, emoji, joiners and what can't be seen, spaces, controls and halves of characters. */
const piece = fc.oneof(
  { weight: 6, arbitrary: pick("abcXYZ09éßſİıΣσςЖжя한글日本कखਗগ௧ไทยعربيנ") },
  { weight: 2, arbitrary: pick("aаɑοo0OІlI1|ＶＩＰⅤ①ﬁﬂ㎏Å℮KΩµ") },
  { weight: 2, arbitrary: pick("\u0301\u0308\u0323\u0345\u3099\u0e31\u094d\u05bc\u20e3") },
  { weight: 2, arbitrary: fc.constantFrom("👨‍👩‍👧", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇩🇪", "1️⃣", "☀") },
  { weight: 2, arbitrary: pick("\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u115f\ufe0f\u034f\u2800") },
  { weight: 2, arbitrary: pick(" \u00a0\u2003\u3000\t\n%_\\'\"#[].-,;") },
  { weight: 1, arbitrary: pick("\u0000\u0007\u202e\u2066\ud800\udc00\u0085") },
);
const text = fc.array(piece, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(""));

interface Field {
  /** Two texts are one where this is. */
  same(text: string): string;
  isUnique: boolean;
  type?: "EmailAddress";
  /** With the text as $t. */
  create: string;
  made: [payload: string, field: string];
  references: string[];
  filters: string[];
}

const asGiven = (given: string) => given.trim();
const asAddress = (given: string) => given.trim().normalize("NFC").toLowerCase().replaceAll("ς", "σ");

const fields = (code: string): Record<string, Field> => ({
  "a contact's name": {
    ...{ same: toKey, isUnique: false, made: ["contactCreate", "contact"] },
    create: 'contactCreate(input: { name: $t, phone: "030 1" }) { contact { id } }',
    references: [],
    filters: ["contacts(filter: { name: { eq: $t } })", "contacts(filter: { name: { in: [$t] } })"],
  },
  "a company's name": {
    ...{ same: toKey, isUnique: false, made: ["companyCreate", "company"] },
    create: "companyCreate(input: { name: $t }) { company { id } }",
    references: [],
    filters: ["companies(filter: { name: { eq: $t } })", "companies(filter: { or: [{ name: { in: [$t] } }] })"],
  },
  "a label's name": {
    ...{ same: toKey, isUnique: true, made: ["labelCreate", "label"] },
    create: 'labelCreate(input: { name: $t, color: "#3b82f6" }) { label { id } }',
    references: ["label(by: { name: $t })"],
    filters: [],
  },
  "a contact's externalId": {
    ...{ same: asGiven, isUnique: true, made: ["contactCreate", "contact"] },
    create:
      'contactCreate(input: { name: "made for another field", phone: "030 1", externalId: $t }) { contact { id } }',
    references: ["contact(by: { externalId: $t })"],
    filters: ["contacts(filter: { externalId: { eq: $t } })"],
  },
  "a company's externalId": {
    ...{ same: asGiven, isUnique: true, made: ["companyCreate", "company"] },
    create: 'companyCreate(input: { name: "made for another field", externalId: $t }) { company { id } }',
    references: ["company(by: { externalId: $t })"],
    filters: ["companies(filter: { externalId: { in: [$t] } })"],
  },
  "a ticket's externalId": {
    ...{ same: asGiven, isUnique: true, made: ["ticketCreate", "ticket"] },
    create:
      'ticketCreate(input: { subject: "x", contact: { person: { email: "maker@y.test" } }, externalId: $t }) { ticket { id } }',
    references: ["ticket(by: { externalId: $t })"],
    filters: ["tickets(filter: { externalId: { eq: $t } })"],
  },
  "a message's externalId": {
    ...{ same: asGiven, isUnique: true, made: ["messageReceive", "message"] },
    create: `messageReceive(ticket: { code: "${code}" }, input: { bodyText: "x", externalId: $t }) { message { id } }`,
    references: ["message(by: { externalId: $t })"],
    filters: [],
  },
  "a contact's address": {
    ...{ same: asAddress, isUnique: true, type: "EmailAddress", made: ["contactCreate", "contact"] },
    create: 'contactCreate(input: { name: "made for another field", email: $t }) { contact { id } }',
    references: ["contact(by: { email: $t })"],
    // A filter compares texts, and so takes them as such.
    filters: [
      "contacts(filter: { email: { eq: $s } })",
      "contacts(filter: { emails: { some: { address: { eq: $s } } } })",
    ],
  },
});

const tally = { kept: 0, taken: 0, refused: 0, lookUps: 0 };

it(`${count.toLocaleString("en")} texts are found again by every reference and filter, and find nothing else`, async () => {
  const shop = await test.world.organization("Shop");
  const { code } = await shop.ticket({});
  const texts = fc.sample(text, { numRuns: count, seed: testSeed() });
  const lanes = Object.entries(fields(code));
  await Promise.all(
    lanes.map(async ([name, field], lane) => {
      const { client } = await shop.member("Admin");
      const own = texts.filter((_, index) => index % lanes.length === lane);
      const given = field.type ? own.map((one, index) => `${one}@${index % 2 ? "x" : "ÄÖ"}.test`) : own;
      const model = new Map<string, string[]>();
      for (const [place, one] of given.entries()) {
        await write(client, name, field, model, one);
        // Itself, itself between blanks, and another one.
        await find(client, name, field, model, [one, ` ${one}\u00a0`, given[(place * 7) % given.length] as string]);
      }
    }),
  );
  console.log(
    `${count} texts: ${tally.kept} kept, ${tally.taken} taken already, ${tally.refused} refused; ${tally.lookUps} look-ups`,
  );
  expect(tally.kept).toBeGreaterThan(count / 3);
  expect(tally.refused).toBeGreaterThan(count / 20);
  expect(tally.taken).toBeGreaterThan(20);
}, 240_000);

async function write(client: Client, name: string, field: Field, model: Map<string, string[]>, one: string) {
  const earlier = model.get(field.same(one)) ?? [];
  const says = `${name}: ${JSON.stringify(one)}`;
  const { data, errors } = await client.ask(`mutation ($t: ${field.type ?? "String"}!) { ${field.create} }`, {
    t: one,
  });
  const code = errors[0]?.extensions.code;
  if (code === "ALREADY_EXISTS") tally.taken++;
  else if (code === "VALIDATION") tally.refused++;
  else tally.kept++;
  if (code === "VALIDATION") return;
  expect(code, says).toBe(field.isUnique && earlier.length > 0 ? "ALREADY_EXISTS" : undefined);
  if (code === undefined) model.set(field.same(one), [...earlier, data[field.made[0]][field.made[1]].id]);
}

async function find(client: Client, name: string, field: Field, model: Map<string, string[]>, asked: string[]) {
  const ways = [
    ...field.references.map((way) => `${way} { id }`),
    ...field.filters.map((way) => `${way} { nodes { id } }`),
  ];
  const places = asked.flatMap((one, place) =>
    ways.map((way, index) => ({ one, place, way, alias: `a${place}_${index}` })),
  );
  const roots = places.map(({ place, way, alias }) => `${alias}: ${way.replace(/\$([ts])/, `$$$1${place}`)}`);
  const declared = asked.flatMap((_one, place) => [
    ...(ways.some((way) => way.includes("$t")) ? [`$t${place}: ${field.type ?? "String"}!`] : []),
    ...(ways.some((way) => way.includes("$s")) ? [`$s${place}: String!`] : []),
  ]);
  const variables = Object.fromEntries(
    asked.flatMap((one, place) => [
      [`t${place}`, one],
      [`s${place}`, one],
    ]),
  );
  const { data, errors } = await client.ask(`query (${declared.join(", ")}) { ${roots.join(" ")} }`, variables);
  // What can't be a text at all is said to be none.
  for (const { extensions } of errors)
    expect(["NOT_FOUND", "VALIDATION"], JSON.stringify(asked)).toContain(extensions.code);
  for (const { one, way, alias } of places) {
    tally.lookUps++;
    const answer = data?.[alias];
    const found = answer ? (answer.nodes ?? [answer]).map(({ id }: { id: string }) => id).toSorted() : [];
    const wanted = (model.get(field.same(one)) ?? []).toSorted();
    // A list that can't be asked for leaves no answer to the others either: nothing with such a text was kept.
    if (data === null && wanted.length > 0 && errors.some(({ extensions }) => extensions.code === "VALIDATION"))
      continue;
    expect(found, `${name} by ${way}: ${JSON.stringify(one)}`).toEqual(wanted);
  }
}
