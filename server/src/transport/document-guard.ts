/**
 * Looks at a document before it is validated: validation itself can be made slow or overflow the
 * stack. Everything is counted after fragments are expanded, without expanding them.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type Token,
  TokenKind,
} from "graphql";
import { countSpreads, guardMerges } from "./document-merges.ts";
import { refuse, tooComplex } from "./document-refusal.ts";
import { limits } from "./limits.ts";

/** @throws QUERY_TOO_COMPLEX, or a syntax error */
export function parseGuarded(source: string): DocumentNode {
  const most = limits.documentBytes.value;
  if (source.length > most) throw tooComplex(`has ${source.length} characters and the limit is ${most}`);
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens: limits.tokens.value });
  } catch (error) {
    if (/more than \d+ tokens/.test((error as Error).message))
      throw tooComplex(`has more than ${limits.tokens.value} tokens`);
    throw error;
  }
  guardNames(document);
  guardDocument(document);
  return document;
}

/** A name comes back in answers and errors, once a row: a long one would make a small request a large answer. */
function guardNames({ loc }: DocumentNode): void {
  for (let token: Token | null = loc?.startToken ?? null; token; token = token.next)
    if (token.kind === TokenKind.NAME && token.value.length > limits.nameLength.value)
      throw tooComplex(`has a name of ${token.value.length} characters and the limit is ${limits.nameLength.value}`);
}

interface Counts {
  depth: number;
  aliases: number;
  directives: number;
  fields: number;
}

/** @throws QUERY_TOO_COMPLEX, naming the limit and what the document has */
function guardDocument(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Counts>();
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const isOnlyIntrospection = operations.every(isIntrospection);
  for (const operation of operations) {
    const counts = count(operation.selectionSet, []);
    counts.directives += operation.directives?.length ?? 0;
    check(counts);
    refuse("root fields", counts.fields, limits.rootFields.value);
  }
  refuse("fragment spreads", countSpreads(document), limits.spreads.value);
  // Validation compares what is in fragments that nothing spreads too.
  guardMerges([...operations, ...fragments.values()], fragments);
  // An unused fragment is validated too.
  for (const name of fragments.keys()) check(countFragment(name, []));

  function count(set: SelectionSetNode, path: string[], depth = 0): Counts {
    const total: Counts = { depth: 0, aliases: 0, directives: 0, fields: 0 };
    // Far beyond the limit nothing is gained by looking further, and the stack is not endless.
    if (depth > limits.depth.value * 4) return { ...total, depth: limits.depth.value * 4 };
    for (const selection of set.selections) {
      total.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        total.fields++;
        if (selection.alias) total.aliases++;
        const below = selection.selectionSet && count(selection.selectionSet, path, depth + 1);
        add(total, { ...(below ?? { aliases: 0, directives: 0 }), depth: 1 + (below?.depth ?? 0), fields: 0 });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(total, count(selection.selectionSet, path, depth + 1));
      } else {
        add(total, countFragment(selection.name.value, path));
      }
    }
    return total;
  }

  function countFragment(name: string, path: string[]): Counts {
    const counted = known.get(name);
    if (counted) return counted;
    const fragment = fragments.get(name);
    // What is unknown or goes in a circle is validation's to say; here it must only end.
    if (!fragment || path.includes(name)) return { depth: 0, aliases: 0, directives: 0, fields: 0 };
    const counts = count(fragment.selectionSet, [...path, name]);
    counts.directives += fragment.directives?.length ?? 0;
    known.set(name, counts);
    return counts;
  }

  function check(counts: Counts): void {
    if (!isOnlyIntrospection) refuse("levels deep", counts.depth, limits.depth.value);
    refuse("aliases", counts.aliases, limits.aliases.value);
    refuse("directives", counts.directives, limits.directives.value);
  }
}

function add(total: Counts, more: Counts): void {
  total.depth = Math.max(total.depth, more.depth);
  total.aliases += more.aliases;
  total.directives += more.directives;
  total.fields += more.fields;
}

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const found = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return new Map(found.map((fragment) => [fragment.name.value, fragment]));
}

/** Whether the operation asks for the schema and nothing else. */
function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && ["__schema", "__type", "__typename"].includes(selection.name.value),
  );
}
