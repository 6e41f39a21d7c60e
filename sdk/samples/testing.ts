import { createTiketti } from "@tiketti/sdk";
import { fakeApi } from "@tiketti/sdk/testing";

// For tests of your program: the API in memory.
const api = fakeApi().on("ticketReply", { message: { id: "message_1", bodyText: "Hello" }, ticket: null, cursor: "c" });
const tiketti = createTiketti({ url: "https://desk.test", apiKey: "tk_test", fetch: api.fetch });

// It is cut off twice, and tried again under the same idempotency key.
api.cut(2);
await tiketti.tickets.reply({ ticketId: "ticket_1", body: "Hello" });
console.log(api.operations.length, api.operations[0]?.variables);
