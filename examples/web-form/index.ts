/**
 * The server behind a contact form. A post opens a ticket, or adds to the one that it names; the same post delivered
 * again, a minute or a month later, adds nothing. PORT (default 3000), TIKETTI_URL and TIKETTI_API_KEY say where.
 */
import { createServer } from "node:http";
import { createTiketti, isTikettiError } from "@tiketti/sdk";

if (!process.env.TIKETTI_API_KEY) {
  console.error(
    "Set TIKETTI_API_KEY to a key that may open tickets, and TIKETTI_URL if it isn't http://127.0.0.1:4000.",
  );
  process.exit(2);
}
const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "http://127.0.0.1:4000",
  apiKey: process.env.TIKETTI_API_KEY,
  // The person at the form waits: give up after five seconds, and let them post again.
  retryForMs: 5_000,
});

interface Post {
  /** Made once by the page, for example with crypto.randomUUID(), and sent with each attempt. */
  submissionId: string;
  name: string;
  email: string;
  message: string;
  /** The ticket that the customer writes to; without it a new one is opened. */
  code?: string;
}

// recipe: begin
async function receive({ submissionId, name, email, message, code }: Post): Promise<string | undefined> {
  const externalId = `form ${submissionId}`;
  const person = { name, email };
  try {
    if (code) {
      const { ticket } = await tiketti.tickets.receive({
        ticket: { code },
        from: { person },
        body: message,
        externalId,
      });
      return ticket?.code;
    }
    const subject = message.split("\n")[0]?.slice(0, 100) || "From the form";
    const { ticket } = await tiketti.tickets.create({ subject, contact: { person }, description: message, externalId });
    return ticket?.code;
  } catch (error) {
    // This post was already received: the details name its ticket, where the key may see it.
    if (isTikettiError(error, "ALREADY_EXISTS")) return (error.details as { code?: string } | null)?.code;
    throw error;
  }
}
// recipe: end

// A key that opens nothing shows now, and not with the first customer.
await tiketti.viewer.get();

const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  try {
    let text = "";
    for await (const chunk of request) text += chunk;
    answer(200, { code: await receive(JSON.parse(text)) });
  } catch (error) {
    if (error instanceof SyntaxError) answer(400, { message: "The post is not JSON." });
    // What is wrong with the words the customer can change; sending the same again would not help.
    else if (isTikettiError(error, "VALIDATION") || isTikettiError(error, "NOT_FOUND"))
      answer(422, { message: error.message });
    else {
      console.error(isTikettiError(error) ? `${error.code} ${error.requestId}: ${error.message}` : error);
      const isPassing = isTikettiError(error) && error.isRetryable;
      answer(isPassing ? 503 : 500, {
        message: isPassing
          ? "Please send it again in a moment."
          : "The form doesn't work at the moment; please call us.",
      });
    }
  }
});
server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1", () => {
  console.log(`listening on ${(server.address() as { port: number }).port}`);
});
