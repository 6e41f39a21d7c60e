import { createTiketti } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "https://desk.example.com",
  apiKey: process.env.TIKETTI_API_KEY,
});

const { ticket } = await tiketti.tickets.create({
  subject: "The lamp flickers",
  contact: { person: { name: "Ada Byron", email: "ada@example.com" } },
  description: "Since yesterday, every few minutes.",
});
const { message } = await tiketti.tickets.reply({
  ticket: { code: ticket?.code ?? "" },
  body: "Please try another bulb.",
  status: "RESOLVED",
});
console.log(ticket?.code, message?.bodyText);
