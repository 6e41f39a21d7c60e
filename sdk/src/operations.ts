/** Ready-made documents as texts, each its own export: `client.request(TicketReply, …)`. */
export * from "./_generated/operations.ts";
