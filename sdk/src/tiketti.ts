import { resources } from "./_generated/resources.ts";
import { type Client, clientOf } from "./client.ts";
import { Core } from "./core.ts";
import type { ClientOptions } from "./options.ts";
import { callsOf } from "./resource.ts";

/** A method for everything, and your own queries. */
export type Tiketti = ReturnType<typeof resources> & Client;

/**
 * @throws TikettiError with INVALID_OPTIONS
 * @example
 * const tiketti = createTiketti({ url: "https://desk.example.com", apiKey: process.env.TIKETTI_API_KEY });
 * const { ticket } = await tiketti.tickets.reply({ ticket: { code: "ACME-42" }, body: "Please try another bulb." });
 */
export function createTiketti(options: ClientOptions): Tiketti {
  const core = new Core(options);
  const client = clientOf(core);
  // Beside the methods, getters included.
  return Object.defineProperties(resources(callsOf(core)), Object.getOwnPropertyDescriptors(client)) as Tiketti;
}
