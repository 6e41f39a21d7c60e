/** What the package is asked to do in each runtime; it answers with what it saw. */
import { createTiketti, isTikettiError } from "@tiketti/sdk";
import { webhook } from "@tiketti/sdk/testing";
import { verifyWebhook } from "@tiketti/sdk/webhooks";

export async function program({ url, apiKey, live = "auto" }) {
  const tiketti = createTiketti({ url, apiKey, live });
  const { tickets } = await tiketti.query({ tickets: { $: { first: 2 }, asOf: true, nodes: { code: true } } });
  const { ticket } = await tiketti.tickets.create({
    subject: "From a runtime",
    contact: { person: { name: "Runtime", email: "runtime@example.com" } },
  });
  await tiketti.tickets.reply({ ticketId: ticket.id, body: "Hello" });
  const kinds = [];
  for await (const change of tiketti.tickets.activity({ ticketId: ticket.id, after: tickets.asOf })) {
    kinds.push(change.kinds[0]);
    if (change.message?.bodyText === "Hello") break;
  }
  const missing = await tiketti.tickets.get({ code: "NOPE-1" }).catch((error) => error);
  const secret = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
  const { headers, body } = await webhook({ secret, type: "ticket.created", data: { id: ticket.id } });
  const event = await verifyWebhook({ secret, headers, body });
  return {
    tickets: tickets.nodes.length,
    told: kinds.includes("MESSAGE_CREATED"),
    missing: isTikettiError(missing, "NOT_FOUND"),
    webhook: event.data.id === ticket.id,
  };
}
