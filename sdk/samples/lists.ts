import { createTiketti } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});
const waiting = { filter: { status: { eq: "OPEN" } }, orderBy: { field: "WAITING_SINCE", direction: "ASC" } } as const;

// Awaited: one request, its first page.
const page = await tiketti.tickets.list(waiting);
console.log(page.nodes.length, page.pageInfo.endCursor);

// Looped over: every row; the next page is fetched when the loop gets there.
for await (const ticket of tiketti.tickets.list(waiting)) {
  console.log(ticket.code, ticket.waitingSince);
  if (ticket.priority === "LOW") break;
}

// As an array, with an end; or page by page, to go on another time.
const fifty = await tiketti.tickets.list(waiting).toArray({ limit: 50 });
for await (const { nodes, pageInfo } of tiketti.contacts.list({ first: 100 }).pages())
  console.log(nodes.length, pageInfo.endCursor, fifty.length);
