/** Documents that are kept parsed: those that were found right, since anybody can send new ones that aren't. */
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import { limits } from "./limits.ts";

/** Texts of what was parsed and isn't found right yet. */
const texts = new WeakMap<DocumentNode, string>();

const kept = new LRUCache<string, DocumentNode>({
  maxSize: limits.documentCacheTokens.value,
  // A token is some 600 bytes once it is parsed.
  sizeCalculation: ({ tokenCount }) => Math.max(1, tokenCount ?? 1),
});

/** For yoga, which keeps what it has parsed before it looks whether it is right. */
export function keptDocuments() {
  return {
    // as never: yoga asks for a whole cache and uses these two.
    documentCache: {
      get: (text: string) => kept.get(text),
      set: (text: string, document: DocumentNode) => void texts.set(document, text),
    } as never,
    errorCache: { get: () => undefined, set: () => undefined },
  };
}

/** It was found right. */
export function keepDocument(document: DocumentNode): void {
  const text = texts.get(document);
  if (text !== undefined) kept.set(text, document);
}
