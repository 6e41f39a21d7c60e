/**
 * Brings contacts from a CSV file (columns externalId, name, email, phone) into the helpdesk: new ones are created, known
 * ones updated. Run it as often as you like: node index.ts contacts.csv
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createTiketti, isTikettiError } from "@tiketti/sdk";

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
let read = 0;

async function send(contacts: Contact[], firstLine: number): Promise<void> {
  if (contacts.length === 0) return;
  try {
    // One request and one idempotency key: a lost answer is asked for again, and nothing is done twice.
    const { results } = await tiketti.contacts.upsertMany(contacts);
    for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  } catch (error) {
    // One that can't be taken refuses its whole batch: the halves say which.
    if (!isTikettiError(error) || !["VALIDATION", "ALREADY_EXISTS", "CONFLICT", "NOT_FOUND"].includes(error.code))
      throw error;
    if (contacts.length === 1) {
      refused++;
      console.error(`line ${firstLine} (${contacts[0]?.externalId}): ${error.issues[0]?.message ?? error.message}`);
      return;
    }
    const half = Math.ceil(contacts.length / 2);
    await send(contacts.slice(0, half), firstLine);
    await send(contacts.slice(half), firstLine + half);
  }
}

let header: string[] | null = null;
let batch: Contact[] = [];
for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
  // Excel puts a byte order mark in front, and many editors an empty line behind.
  const cells = parseLine(line.replace(/^\uFEFF/, ""));
  if (line.trim() === "") continue;
  if (!header) {
    header = cells;
    continue;
  }
  read++;
  const row = Object.fromEntries(header.map((name, index) => [name, cells[index] || undefined]));
  batch.push(row as unknown as Contact);
  if (batch.length < atOnce) continue;
  await send(batch, read - batch.length + 2);
  batch = [];
  process.stdout.write(`\r${read} contacts`);
}
await send(batch, read - batch.length + 2);
const told = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome.toLowerCase()}`);
console.log(`\r${read} contacts: ${[...told, ...(refused > 0 ? [`${refused} refused`] : [])].join(", ")}`);
process.exitCode = refused > 0 ? 1 : 0;

/** One line of RFC 4180, without line breaks in cells. */
function parseLine(line: string): string[] {
  const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim(),
  );
  return cells.slice(0, line.endsWith(",") ? undefined : -1);
}
