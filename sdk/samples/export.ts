import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createTiketti } from "@tiketti/sdk";

const tiketti = createTiketti({
  url: process.env.TIKETTI_URL ?? "http://127.0.0.1:4000",
  apiKey: process.env.TIKETTI_API_KEY,
});

const file = await tiketti.time.export(
  { filter: { workedOn: { gte: "2026-01-01" } } },
  { onProgress: ({ rows, totalRows }) => process.stderr.write(`\r${rows} of ${totalRows ?? "?"}`) },
);
await pipeline(file, createWriteStream(process.env.CSV_FILE ?? file.filename));
