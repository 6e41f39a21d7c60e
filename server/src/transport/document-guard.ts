/**
 * Looks at a document before it is validated: validation itself can be made slow or overflow the
 * stack. Everything is counted after fragments are expanded, without expanding them.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type Token,
  TokenKind,
  type ValueNode,
  visit,
} from "graphql";
import type { Operation } from "../limits/cost.ts";
import { defaultChanges, defaultPageSize } from "../schema/page-size.ts";
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

/**
 * Estimates how many rows the operation can answer with: each list multiplies what is below it by the
 * page asked for.
 *
 * @returns the estimate, with what else the operation's cost depends on
 * @throws QUERY_TOO_COMPLEX
 */
export function guardNodes(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): Operation {
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  if (!operation) return { kind: "query", rootFields: 0, rows: 0, inputRows: 0 };
  const kind = operation.operation;
  const sizes = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      variables[variable.name.value] ?? (defaultValue && literal(defaultValue)),
    ]),
  );
  // Counted once for each fragment: spread twice in each other they would double with every step.
  const known = new Map<string, number>();
  const pages = kind === "subscription" ? pagesBelow : pagesOfQueries;
  const rows = nodes(operation.selectionSet, []);
  refuse("estimated rows", rows, limits.nodes.value);
  const inputRows = kind === "mutation" ? countItems(variables) + countListItems(operation) : 0;
  return { kind, rootFields: countFields(operation.selectionSet, fragments), rows, inputRows };

  function nodes(set: SelectionSetNode, path: string[]): number {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) {
          const size = rowsOf(selection, sizes, pages);
          total += size + size * nodes(selection.selectionSet, path);
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        total += nodes(selection.selectionSet, path);
      } else {
        total += nodesOfFragment(selection.name.value, path);
      }
    }
    return total;
  }

  function nodesOfFragment(name: string, path: string[]): number {
    const counted = known.get(name);
    const fragment = fragments.get(name);
    if (counted !== undefined || !fragment || path.includes(name)) return counted ?? 0;
    const total = nodes(fragment.selectionSet, [...path, name]);
    known.set(name, total);
    return total;
  }
}

/** Fields at the root, through fragments; validation has refused those that spread themselves. */
function countFields(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number {
  let fields = 0;
  for (const selection of set.selections)
    if (selection.kind === Kind.FIELD) fields++;
    else if (selection.kind === Kind.INLINE_FRAGMENT) fields += countFields(selection.selectionSet, fragments);
    else fields += countFields((fragments.get(selection.name.value) as FragmentDefinitionNode).selectionSet, fragments);
  return fields;
}

/** Items of all lists in the variables. Their depth is limited, so a recursion ends. */
function countItems(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  const items = Object.values(value);
  return items.reduce((total, item) => total + countItems(item), Array.isArray(value) ? items.length : 0);
}

/** The same of lists that stand in the document. */
function countListItems(operation: OperationDefinitionNode): number {
  let items = 0;
  visit(operation, {
    ListValue({ values }) {
      items += values.length;
    },
  });
  return items;
}

/** How many rows a field can have: what it asks for, a page where it asks for nothing, else one. */
function rowsOf(field: FieldNode, variables: ReadonlyMap<string, unknown>, pages: ReadonlyMap<string, number>): number {
  const asked = (field.arguments ?? []).filter(({ name }) => ["first", "last", "ids"].includes(name.value));
  const sizes = asked.map(({ value }) => {
    const given = value.kind === Kind.VARIABLE ? variables.get(value.name.value) : literal(value);
    if (Array.isArray(given)) return given.length;
    return typeof given === "number" && given > 0 ? given : null;
  });
  return sizes.find((size) => size !== null) ?? pages.get(field.name.value) ?? 1;
}

function literal(value: ValueNode): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  return value.kind === Kind.LIST ? value.values : null;
}

/** Fields that are pages without saying their size; held against the schema by a test. */
const pagesBelow = new Map(
  [
    ...["tickets", "messages", "contacts", "companies", "members", "invitations", "timeline", "timeEntries"],
    "groups",
  ].map((name) => [name, defaultPageSize]),
);
/** What is a page of changes in a query is one change in a subscription. */
export const pagesOfQueries: ReadonlyMap<string, number> = new Map([...pagesBelow, ["changes", defaultChanges]]);

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
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

function refuse(what: string, has: number, limit: number): void {
  if (has > limit) throw tooComplex(`has ${has} ${what} and the limit is ${limit}`);
}

function tooComplex(what: string): GraphQLError {
  return new GraphQLError(`The document ${what}; split it, or ask for less at once.`, {
    extensions: { code: "QUERY_TOO_COMPLEX", http: { status: 400 } },
  });
}
