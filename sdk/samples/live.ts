import { createTiketti, isTikettiError } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});
const filter = { status: { eq: "OPEN" } } as const;

// List, then follow from the list's position: you miss no change, and get none twice.
const page = await tiketti.tickets.list({ filter, first: 100 });
const tickets = new Map(page.nodes.map((ticket) => [ticket.id, ticket]));

console.log(`${tickets.size} open tickets`);

try {
  for await (const change of tiketti.tickets.changes({
    filter,
    after: page.asOf,
    signal: AbortSignal.timeout(3_000),
  })) {
    if (change.type === "RESET") {
      // The cursor expired, or your role changed: read the list again.
      tickets.clear();
      for (const ticket of await change.snapshot()) tickets.set(ticket.id, ticket);
    } else if (change.setChange === "LEFT" || !change.ticket) tickets.delete(change.ticketId);
    else tickets.set(change.ticketId, change.ticket);
    console.log(`${tickets.size} open tickets`);
  }
} catch (error) {
  // A loop ends with `break`, or rejects when its signal aborts; lost connections don't end it.
  if (!isTikettiError(error, "ABORTED")) throw error;
}
