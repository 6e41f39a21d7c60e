import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { verifyWebhook, WebhookError } from "@tiketti/sdk/webhooks";

const secret = process.env.TIKETTI_WEBHOOK_SECRET ?? "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

const server = createServer(async (req, res) => {
  try {
    // Pass on the body exactly as it came: parsing and printing changes it.
    const event = await verifyWebhook({ secret, headers: req.headers, body: await buffer(req) });
    if (event.type === "ticket.created" && "code" in event.data) console.log("new ticket", event.data.code);
    res.writeHead(204).end();
  } catch (error) {
    res.writeHead(error instanceof WebhookError ? 400 : 500).end();
  }
});
server.listen(0, () => server.close());
