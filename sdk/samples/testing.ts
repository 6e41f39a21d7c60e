import { createTiketti } from "@tiketti/sdk";
import { fakeApi } from "@tiketti/sdk/testing";

// The API in memory, for tests of your program.
const api = fakeApi().on("ticketReply", { message: { id: "message_1", bodyText: "Hello" }, ticket: null, cursor: "c" });
const tiketti = createTiketti({ url: "https://desk.test", apiKey: "tk_test", fetch: api.fetch });

// The connection is cut twice; the client repeats the call with the same idempotency key.
api.cut(2);
await tiketti.tickets.reply({ ticketId: "ticket_1", body: "Hello" });
console.log(api.operations.length, api.operations[0]?.variables);
