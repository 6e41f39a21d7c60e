import { createClient } from "@tiketti/sdk";

const client = createClient({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});

// One request for exactly these fields; $ holds the arguments.
const { tickets } = await client.query({
  tickets: {
    $: { first: 25, filter: { status: { in: ["OPEN", "PENDING"] }, assignee: { isMe: true } } },
    totalCount: true,
    nodes: { code: true, subject: true, assignee: { name: true }, labels: { name: true } },
  },
});
for (const { code, assignee } of tickets.nodes) console.log(code, assignee?.name ?? "nobody");

// For interfaces and unions, select by type.
const { node } = await client.query({
  node: { $: { id: process.env.SOME_ID ?? "" }, on: { Ticket: { subject: true }, Contact: { email: true } } },
});
if (node?.__typename === "Ticket") console.log(node.subject);
