// `node server/bin/run.js <file> [arguments]`: runs a script of this repository on a current Node.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { onCurrentNode } from "./current-node.js";

await onCurrentNode(async () => {
  const { makeDatabaseClient } = await import("../scripts/database-client.ts");
  await makeDatabaseClient();
  const [runner, , file, ...rest] = process.argv;
  const target = path.resolve(file);
  process.argv = [runner, target, ...rest];
  // What the script starts in turn finds this Node, and the tools, first.
  process.env.PATH = [path.dirname(process.execPath), path.resolve("node_modules/.bin"), process.env.PATH].join(
    path.delimiter,
  );
  // Each test file is a process of its own, which needn't compile what the one before it compiled.
  process.env.NODE_COMPILE_CACHE ??= path.resolve("node_modules/.cache/compile");
  await import(pathToFileURL(target).href);
});
