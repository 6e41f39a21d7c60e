import type { DocumentNode } from "graphql";
import type { Typed } from "./typed.ts";

/** A document node for urql, Apollo and others. */
export type TypedDocument<Result, Variables> = DocumentNode & Typed<Result, Variables>;

export function document<Result, Variables>(definitions: readonly unknown[]): TypedDocument<Result, Variables> {
  return { kind: "Document", definitions } as unknown as TypedDocument<Result, Variables>;
}
