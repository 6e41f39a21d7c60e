/** A document that knows its types, as other tools' typed documents do: `__apiType` never exists at run time. */
export interface Typed<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
}

/** A document as text. */
export type TypedText<Result, Variables> = string & Typed<Result, Variables>;

/** A document node of `graphql`, gql.tada or codegen. */
export interface DocumentNodeLike {
  readonly kind: unknown;
  readonly definitions: readonly unknown[];
}

/** A document to send: a text or a document node, with its types if it has them. */
export type Askable<Result, Variables> = (string | DocumentNodeLike) & Typed<Result, Variables>;

export function text(parts: readonly string[]): string {
  return parts.join(" ");
}
