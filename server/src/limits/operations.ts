/** The operations that a server runs, where the operator allows no others (TIKETTI_OPERATIONS). */
import { createHash } from "node:crypto";
import { GraphQLError, type GraphQLSchema, Kind, parse, stripIgnoredCharacters, validate } from "graphql";
import { OperatorError } from "../wire/errors.ts";
import { readJson } from "./plans.ts";

/** The format of codegen's client-preset: the document's SHA-256, or any other id, and its text. */
type ById = Record<string, string>;

/** The format of Apollo's tools. */
interface ApolloManifest {
  format: "apollo-persisted-query-manifest";
  operations: { id: string; body: string }[];
}

export class AllowedOperations {
  readonly #byId: ReadonlyMap<string, string>;
  readonly #texts: ReadonlySet<string>;
  readonly #documents: ReadonlyMap<string, string>;

  /** @param documents by id; a request can name each by text, by id, or by the SHA-256 of its text */
  constructor(documents: ReadonlyMap<string, string>) {
    this.#documents = documents;
    this.#byId = new Map([
      ...[...documents.values()].map((text) => [createHash("sha256").update(text).digest("hex"), text] as const),
      ...documents,
    ]);
    this.#texts = new Set([...documents.values()].map(stripIgnoredCharacters));
  }

  get size(): number {
    return this.#texts.size;
  }

  /** What is wrong with the listed documents, by id; empty when each is one operation that is valid in the schema. */
  faults(schema: GraphQLSchema): string[] {
    return [...this.#documents].flatMap(([id, text]) => {
      const document = parse(text);
      const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      if (operations.length !== 1) return [`${id} has ${operations.length} operations, and must have one`];
      return validate(schema, document)
        .slice(0, 1)
        .map(({ message }) => `${id}: ${message}`);
    });
  }

  /** The document with this id; null when it isn't listed. */
  find(id: string): string | null {
    return this.#byId.get(id.replace(/^sha256:/, "")) ?? null;
  }

  /** Whether the document is listed; spaces and comments make no difference. */
  allows(document: string): boolean {
    try {
      return this.#texts.has(stripIgnoredCharacters(document));
    } catch (error) {
      if (error instanceof GraphQLError) return false;
      throw error;
    }
  }
}

/** @throws OperatorError that names the listed documents that don't fit the schema */
export function refuseFaults(operations: AllowedOperations, schema: GraphQLSchema): void {
  const faults = operations.faults(schema);
  if (faults.length > 0) throw new OperatorError(`TIKETTI_OPERATIONS is wrong:\n  ${faults.join("\n  ")}`);
}

/** @throws OperatorError that names the fault in a file, and where it is */
export function readOperations(files: readonly string[]): AllowedOperations {
  const documents = new Map<string, string>();
  for (const file of files)
    for (const [id, text] of entriesOf(file, readJson(file, "TIKETTI_OPERATIONS"))) {
      try {
        parse(text);
      } catch (error) {
        throw new OperatorError(
          `TIKETTI_OPERATIONS (${file}): ${id} is not a GraphQL document:  ${(error as Error).message}`,
          {
            cause: error,
          },
        );
      }
      documents.set(id, text);
    }
  return new AllowedOperations(documents);
}

function entriesOf(file: string, content: unknown): [string, string][] {
  const manifest = content as ApolloManifest;
  if (manifest?.format === "apollo-persisted-query-manifest" && Array.isArray(manifest.operations))
    return manifest.operations.map(({ id, body }) => [String(id), String(body)]);
  const entries = Object.entries((content ?? {}) as ById);
  if (Array.isArray(content) || entries.length === 0 || entries.some(([, text]) => typeof text !== "string"))
    throw new OperatorError(
      `TIKETTI_OPERATIONS (${file}) must be a JSON object of documents by id, or an Apollo persisted query manifest.`,
    );
  return entries;
}
