/** `npm run sdk:generate`: schema.graphql and the SDK's operations become its types, documents and methods. */
import type { CodegenConfig } from "@graphql-codegen/cli";

const own = (part: string) => [{ "./sdk/codegen/plugin.ts": { part } }];

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "sdk/src/operations/**/*.graphql",
  generates: {
    "sdk/src/_generated/types.ts": {
      plugins: [
        {
          "typescript-operations": {
            enumType: "string-literal",
            useTypeImports: true,
            skipTypename: true,
            generateOperationTypes: true,
            maybeValue: "T | null",
            inputMaybeValue: "T | null | undefined",
            defaultScalarType: "string",
            scalars: {
              ID: { input: "string", output: "string" },
              JSON: "unknown",
              Duration: { input: "string | number", output: "string" },
            },
            strictScalars: false,
            avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
            immutableTypes: false,
          },
        },
      ],
    },
    "sdk/src/_generated/shapes.ts": { plugins: own("shapes") },
    "sdk/src/_generated/arguments.ts": { plugins: own("arguments") },
    "sdk/src/_generated/operations.ts": { plugins: own("operations") },
    "sdk/src/_generated/documents.ts": { plugins: own("documents") },
    "sdk/src/_generated/introspection.ts": { plugins: own("introspection") },
    "sdk/src/_generated/resources.ts": { plugins: own("resources") },
  },
};

export default config;
