import { printSchemaWithDirectives } from "@graphql-tools/utils";
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  lexicographicSortSchema,
} from "graphql";
import { buildSchema } from "./schema.ts";

/** The schema as text, sorted, with the directives that graphql's own printer drops. */
export function printSchema(): string {
  const schema = lexicographicSortSchema(buildSchema());
  showDefaults(schema);
  return `# Printed from the code by \`npm run schema:print\`. Don't edit.\n\n${printSchemaWithDirectives(schema)}\n`;
}

/** Pothos gives defaults as graphql 16 did, the printer looks for them where graphql 17 has them. */
function showDefaults(schema: GraphQLSchema): void {
  const show = (input: GraphQLArgument | GraphQLInputField) => {
    const literal = input.defaultValue === undefined ? null : astFromValue(input.defaultValue, input.type);
    // as never: graphql 17 has no public type for it.
    if (literal) input.default = { literal } as never;
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) Object.values(type.getFields()).forEach(show);
    if (isObjectType(type))
      Object.values(type.getFields())
        .flatMap(({ args }) => [...args])
        .forEach(show);
  }
}
