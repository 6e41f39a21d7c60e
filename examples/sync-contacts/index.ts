/**
 * Brings contacts from a CSV file (columns externalId, name, email, phone) into the helpdesk: new ones are created, known
 * ones updated. Run it as often as you like: node index.ts contacts.csv
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createTiketti } from "@tiketti/sdk";

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: node index.ts contacts.csv");
  process.exit(2);
}
if (!process.env.TIKETTI_API_KEY) {
  console.error(
    "Set TIKETTI_API_KEY, such as the one that npm start prints; TIKETTI_URL if it isn't http://127.0.0.1:4000.",
  );
  process.exit(2);
}
const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "http://127.0.0.1:4000",
  apiKey: process.env.TIKETTI_API_KEY,
  onRetry: ({ error, delayMs }) => console.error(`${error.message} Trying again in ${Math.round(delayMs)} ms.`),
});

interface Contact {
  externalId: string;
  name?: string;
  email?: string;
  phone?: string;
}

const atOnce = 100;
const outcomes: Record<string, number> = {};
let refused = 0;

interface Row {
  line: number;
  contact: Contact;
}

async function send(rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  // One request and one idempotency key: a lost answer is asked for again, and nothing is done twice. A row that can't be
  // taken is refused alone.
  const { results } = await tiketti.contacts.upsertMany(
    rows.map(({ contact }) => contact),
    { mode: "PER_ROW" },
  );
  for (const [index, { outcome, error }] of results.entries()) {
    if (!error) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      continue;
    }
    refused++;
    const { line, contact } = rows[index] as Row;
    console.error(`line ${line} (${contact.externalId}): ${error.message}`);
  }
}

let header: string[] | null = null;
let batch: Row[] = [];
let line = 0;
let read = 0;
for await (const text of createInterface({ input: createReadStream(file, "utf8") })) {
  line++;
  if (text.trim() === "") continue;
  // Excel puts a byte order mark in front.
  const cells = parseLine(text.replace(/^\uFEFF/, ""));
  if (!header) {
    header = cells;
    continue;
  }
  read++;
  const contact = Object.fromEntries(header.map((name, index) => [name, cells[index] || undefined]));
  batch.push({ line, contact: contact as unknown as Contact });
  if (batch.length < atOnce) continue;
  await send(batch);
  batch = [];
  process.stdout.write(`\r${read} contacts`);
}
await send(batch);
const told = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome.toLowerCase()}`);
console.log(`\r${read} contacts: ${[...told, ...(refused > 0 ? [`${refused} refused`] : [])].join(", ")}`);
process.exitCode = refused > 0 ? 1 : 0;

/** One line of RFC 4180, without line breaks in cells. */
function parseLine(text: string): string[] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim(),
  );
  return cells.slice(0, text.endsWith(",") ? undefined : -1);
}
