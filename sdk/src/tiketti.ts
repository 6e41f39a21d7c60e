import { resources } from "./_generated/resources.ts";
import { type Client, clientOf } from "./client.ts";
import { Core } from "./core.ts";
import type { ExportArguments, ExportedFile, ExportOptions } from "./export.ts";
import type { ClientOptions } from "./options.ts";
import { callsOf } from "./resource.ts";

type Resources = ReturnType<typeof resources>;

/** Methods that aren't fields of the API. */
interface Exports {
  time: {
    /**
     * The same entries as a CSV file, streamed: everyone's with `report.view`, otherwise your own. It is retried like
     * other calls until the file begins; `timeoutMs` covers that time.
     *
     * @example
     * const file = await tiketti.time.export({ filter: { workedOn: { gte: "2026-11-01" } } }, { onProgress: show });
     * await writeFile(file.filename, file.stream);
     */
    export(args?: ExportArguments, options?: ExportOptions): Promise<ExportedFile>;
  };
}

/** A method for everything, and your own queries. */
export type Tiketti = Resources & Exports & Client;

/**
 * @throws TikettiError with INVALID_OPTIONS
 * @example
 * const tiketti = createTiketti({ url: "https://desk.example.com", apiKey: process.env.TIKETTI_API_KEY });
 * const { ticket } = await tiketti.tickets.reply({ ticket: { code: "ACME-42" }, body: "Please try another bulb." });
 */
export function createTiketti(options: ClientOptions): Tiketti {
  const core = new Core(options);
  const client = clientOf(core);
  // Next to the methods, getters included.
  const all = Object.defineProperties(resources(callsOf(core)), Object.getOwnPropertyDescriptors(client)) as Tiketti;
  all.time.export = async (args, options) => (await import("./export.ts")).exportTimeEntries(core, args, options);
  return all;
}
