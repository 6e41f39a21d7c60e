#!/usr/bin/env node
import { onCurrentNode } from "./current-node.js";

await onCurrentNode(async () => {
  const { makeDatabaseClient } = await import("../scripts/database-client.ts");
  await makeDatabaseClient();
  const { main } = await import("../src/main.ts");
  await main(process.argv.slice(2));
});
