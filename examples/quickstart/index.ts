/** Opens a ticket, answers it, and hears of both as it happens. TIKETTI_URL and TIKETTI_API_KEY say where. */
import { createTiketti, isTikettiError } from "@tiketti/sdk";

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

try {
  const { asOf } = await tiketti.tickets.list({ first: 1 });
  const { ticket } = await tiketti.tickets.create({
    subject: "The lamp flickers",
    contact: { person: { name: "Ada Byron", email: "ada@example.com" } },
    description: "Since yesterday, every few minutes.",
  });
  if (!ticket) throw new Error("The key may open tickets, but not see them.");
  console.log(`opened ${ticket.code}: ${ticket.subject}`);

  const reply = await tiketti.tickets.reply({
    ticketId: ticket.id,
    body: "Please try another bulb.",
    status: "RESOLVED",
  });
  console.log(`answered it; it is ${reply.ticket?.status} now`);

  // From a position before both: what happened since is told first, then what happens.
  for await (const change of tiketti.tickets.activity({ ticketId: ticket.id, after: asOf })) {
    if (change.type === "RESET") continue;
    console.log(`heard ${change.kinds.join(", ")}`);
    if (change.kinds.includes("TICKET_STATUS_CHANGED")) break;
  }

  // Exactly these fields, and their types.
  const { tickets } = await tiketti.query({
    tickets: {
      $: { first: 5, filter: { status: { eq: "OPEN" } } },
      totalCount: true,
      nodes: { code: true, subject: true, assignee: { name: true } },
    },
  });
  console.log(`${tickets.totalCount} open tickets`);
  for (const { code, subject, assignee } of tickets.nodes)
    console.log(`  ${code}  ${subject}  (${assignee?.name ?? "nobody"})`);
} catch (error) {
  if (!isTikettiError(error)) throw error;
  console.error(`${error.code}: ${error.message}${error.requestId ? ` (${error.requestId})` : ""}`);
  process.exitCode = 1;
}
