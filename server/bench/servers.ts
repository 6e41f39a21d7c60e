/** The two servers under test, in a process of their own: ours, and the limit (one statement served by node:http). */
import { createServer as createHttpServer } from "node:http";
import { Session } from "node:inspector/promises";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { createServer } from "../src/server.ts";
import { casesFor } from "./cases.ts";

const { databaseUrl, superuserUrl, organizationId, threadCode, secret } = JSON.parse(process.argv[2] as string);
const server = await createServer({ databaseUrl, secret, host: "127.0.0.1", port: 0 });

const session = new Session();
session.connect();
const profiler = {
  start: async () => {
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
  },
  stop: async () => (await session.post("Profiler.stop")).profile,
};

const pool = new pg.Pool({ connectionString: superuserUrl, max: 10, options: "-c random_page_cost=1.1" });
const statements = casesFor(threadCode).map(({ statement }) => statement);
const limit = createHttpServer((req, res) => {
  const index = Number(req.url?.slice(1));
  const text = statements[index];
  req.resume();
  if (!text) {
    res.writeHead(404);
    res.end();
    return;
  }
  pool.query({ name: `case${index}`, text, values: [organizationId, threadCode] }).then(
    ({ rows }) => {
      res.writeHead(200, { "content-type": "application/json" });
      res.end(`{"data":${rows[0].data}}`);
    },
    (error) => {
      res.writeHead(500);
      res.end(String(error));
    },
  );
});
await new Promise<void>((resolve) => limit.listen(0, "127.0.0.1", resolve));
process.on("message", async (message) => {
  if (message === "profile") await profiler.start();
  else if (message === "report") process.send?.({ profile: await profiler.stop() });
});
process.send?.({ url: server.url, limitUrl: `http://127.0.0.1:${(limit.address() as AddressInfo).port}` });
process.on("SIGTERM", async () => {
  limit.close();
  limit.closeAllConnections();
  await pool.end();
  await server.close(1_000);
  process.exit(0);
});
