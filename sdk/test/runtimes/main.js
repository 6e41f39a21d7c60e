import { program } from "./program.js";

const [url, apiKey] = process.argv.slice(2);
console.log(JSON.stringify(await program({ url, apiKey })));
process.exit(0);
