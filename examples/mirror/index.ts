/**
 * Keeps a copy of all tickets in a SQLite file: lists them once, then goes on with the changes from where it was, over
 * lost connections and its own restarts. Nothing is missed: the position is stored in the same transaction as what it
 * brought. node index.ts tickets.sqlite [--once]
 */
import { DatabaseSync } from "node:sqlite";
import { createTiketti, isTikettiError } from "@tiketti/sdk";

const [file = "tickets.sqlite", once] = process.argv.slice(2);
if (!process.env.TIKETTI_API_KEY) {
  console.error(
    "Set TIKETTI_API_KEY, such as the one that npm start prints; TIKETTI_URL if it isn't http://127.0.0.1:4000.",
  );
  process.exit(2);
}
const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "http://127.0.0.1:4000",
  apiKey: process.env.TIKETTI_API_KEY,
});
type Ticket = Awaited<ReturnType<typeof tiketti.tickets.get>>;

const db = new DatabaseSync(file);
db.exec(`
  pragma journal_mode = wal;
  create table if not exists tickets (id text primary key, code text, subject text, status text, contact text, json text);
  create table if not exists position (one integer primary key check (one = 1), cursor text not null);
`);
const put = db.prepare("insert or replace into tickets values (?, ?, ?, ?, ?, ?)");
const remove = db.prepare("delete from tickets where id = ?");
const setPosition = db.prepare("insert or replace into position values (1, ?)");

const save = (ticket: Ticket) =>
  put.run(ticket.id, ticket.code, ticket.subject, ticket.status, ticket.contact.name, JSON.stringify(ticket));

function inOneTransaction(run: () => void): void {
  db.exec("begin");
  try {
    run();
    db.exec("commit");
  } catch (error) {
    db.exec("rollback");
    throw error;
  }
}

/** Everything anew, and the position that it is of. */
async function copyAll(): Promise<string> {
  const all: Ticket[] = [];
  let asOf = "";
  for await (const page of tiketti.tickets.list({ first: 100 }).pages()) {
    // The first page's: what changes while the others are read is told again, and changes nothing twice.
    asOf ||= page.asOf;
    all.push(...page.nodes);
  }
  inOneTransaction(() => {
    db.exec("delete from tickets");
    all.forEach(save);
    setPosition.run(asOf);
  });
  console.log(`copied ${all.length} tickets`);
  return asOf;
}

/** Page by page what changed after that position; of each ticket as it is now. */
async function readOn(after: string): Promise<number> {
  let count = 0;
  for await (const page of tiketti.changes.list({ after, first: 500 }).pages()) {
    const tickets = new Map(
      page.nodes.filter(({ subjectType }) => subjectType === "TICKET").map((one) => [one.subjectId, one.subject]),
    );
    inOneTransaction(() => {
      for (const [id, ticket] of tickets)
        if (ticket?.__typename === "Ticket") save(ticket);
        else remove.run(id);
      setPosition.run(page.cursor);
    });
    count += tickets.size;
  }
  return count;
}

const stored = db.prepare("select cursor from position").get() as { cursor: string } | undefined;
const controller = new AbortController();
process.once("SIGTERM", () => controller.abort());
process.once("SIGINT", () => controller.abort());
const after = stored?.cursor ?? (await copyAll());

if (once) {
  // What was missed, then the end: for a job that runs now and then.
  try {
    console.log(`${await readOn(after)} tickets changed since`);
  } catch (error) {
    if (!isTikettiError(error, "CURSOR_EXPIRED")) throw error;
    await copyAll();
  }
} else {
  try {
    for await (const change of tiketti.tickets.changes({ after, signal: controller.signal })) {
      if (change.type === "RESET") {
        await copyAll();
        continue;
      }
      inOneTransaction(() => {
        if (change.ticket && change.setChange !== "LEFT") save(change.ticket);
        else remove.run(change.ticketId);
        setPosition.run(change.cursor);
      });
      console.log(`${change.setChange.toLowerCase()} ${change.ticket?.code ?? change.ticketId}`);
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
}
db.close();
