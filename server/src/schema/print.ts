import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { lexicographicSortSchema } from "graphql";
import { buildSchema } from "./index.ts";

/** The schema as text, sorted, with the directives that graphql's own printer drops. */
export function printSchema(): string {
  const schema = lexicographicSortSchema(buildSchema());
  return `# Printed from the code by \`npm run schema:print\`. Don't edit.\n\n${printSchemaWithDirectives(schema)}\n`;
}
