/** Loaded when a document node is sent: the build puts the printer into this file. */
import { print as printNode } from "@0no-co/graphql.web";
import type { DocumentNodeLike } from "../typed.ts";

export function print(document: DocumentNodeLike): string {
  return printNode(document as Parameters<typeof printNode>[0]);
}
