/** Ready-made documents as nodes, for urql, Apollo and others. */
export * from "./_generated/documents.ts";
export type { TypedDocument } from "./typed-document.ts";
