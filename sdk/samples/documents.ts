import { createClient } from "@tiketti/sdk";
import { TicketReply } from "@tiketti/sdk/operations";

const client = createClient({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});

// A ready-made document, or one of your own: from graphql-codegen or gql.tada, or plain text.
const { ticketReply } = await client.request(TicketReply, {
  ticket: { id: process.env.SOME_ID ?? "" },
  input: { bodyText: "On it!" },
});
console.log(ticketReply?.message?.delivery.state);
