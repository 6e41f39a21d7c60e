/** Validation of documents: faults are few, and name what is nearly right only to who is signed in. */
import { type DocumentNode, type GraphQLError, type GraphQLSchema, type ValidationRule, validate } from "graphql";
import { keepDocument } from "./kept-documents.ts";
import { limits } from "./limits.ts";

/**
 * The same faults with suggestions, for those who may see the schema's names; known only after validation. Made once
 * for a document, since looking for names that are nearly right is what costs most of it.
 */
const suggesting = new WeakMap<GraphQLError, () => readonly GraphQLError[]>();

export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: readonly ValidationRule[],
): readonly GraphQLError[] {
  const options = { maxErrors: limits.errors.value };
  const errors = validate(schema, document, rules, { ...options, hideSuggestions: true });
  let told: readonly GraphQLError[] | null = null;
  const again = () => {
    told ??= validate(schema, document, rules, options);
    return told;
  };
  if (errors.length === 0) keepDocument(document);
  for (const error of errors) suggesting.set(error, again);
  return errors;
}

export function withSuggestions(errors: readonly unknown[]): readonly unknown[] {
  const again = suggesting.get(errors[0] as GraphQLError);
  return again ? again() : errors;
}
