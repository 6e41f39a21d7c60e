import { createTiketti } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});
const waiting = { filter: { status: { eq: "OPEN" } }, orderBy: { field: "WAITING_SINCE", direction: "ASC" } } as const;

// Await the list for its first page: one request.
const page = await tiketti.tickets.list(waiting);
console.log(page.nodes.length, page.pageInfo.endCursor);

// Loop over the list for every row; the loop fetches the next page when it gets there.
for await (const ticket of tiketti.tickets.list(waiting)) {
  console.log(ticket.code, ticket.waitingSince);
  if (ticket.priority === "LOW") break;
}

// Or take it as an array with a limit, or page by page.
const fifty = await tiketti.tickets.list(waiting).toArray({ limit: 50 });
for await (const { nodes, pageInfo } of tiketti.contacts.list({ first: 100 }).pages())
  console.log(nodes.length, pageInfo.endCursor, fifty.length);
