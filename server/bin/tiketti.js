#!/usr/bin/env node
// Plain JavaScript, so that a too old Node can still read it and say what to do.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    `Tiketti needs Node 24.12 or newer and this is ${process.version}.\n` +
      "The project brings its own: run it as `npm start`, or `npm exec tiketti -- --help`.",
  );
  process.exit(1);
}
const { main } = await import("../src/main.ts");
await main(process.argv.slice(2));
