/** The package's README, with its code out of samples/, which are compiled and run by tests; --check says whether it is fresh. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const template = await readFile(path.join(import.meta.dirname, "readme.template.md"), "utf8");
let text = template;
for (const [mark, name] of template.matchAll(/<!-- sample: ([\w-]+) -->/g)) {
  const code = await readFile(path.join(root, `samples/${name}.ts`), "utf8");
  text = text.replace(mark, () => `\`\`\`ts\n${code.trim()}\n\`\`\``);
}
const file = path.join(root, "README.md");
if (!process.argv.includes("--check")) await writeFile(file, text);
else if ((await readFile(file, "utf8")) !== text) {
  console.error("sdk/README.md is not fresh; run npm run sdk:generate");
  process.exit(1);
}
