/** What an operation's cost depends on: the rows that it can answer with, and what it brings. */

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import type { Operation } from "../limits/cost.ts";
import { defaultChanges, defaultPageSize } from "../wire/page-size.ts";
import { fragmentsOf } from "./document-guard.ts";
import { refuse } from "./document-refusal.ts";
import { limits } from "./limits.ts";

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Variables = Readonly<Record<string, unknown>>;

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
  given: Record<string, unknown>,
): Operation {
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  if (!operation) return { kind: "query", fields: [], rows: 0, inputRows: 0 };
  const kind = operation.operation;
  const variables = Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => {
      const name = variable.name.value;
      // A null that is given is no default: the field then takes its own.
      return [name, name in given ? given[name] : defaultValue && plain(defaultValue, {})];
    }),
  );
  const root = fieldsOf(operation.selectionSet, fragments);
  const rows = countRows(operation.selectionSet, fragments, variables, kind === "subscription");
  refuse("estimated rows", rows, limits.nodes.value);
  const inputRows =
    kind === "mutation"
      ? root
          .flatMap((field) => field.arguments ?? [])
          .reduce((sum, { value }) => sum + weigh(plain(value, variables)), 0)
      : 0;
  return { kind, fields: root.map(({ name }) => name.value), rows, inputRows: Math.floor(inputRows) };
}

function countRows(root: SelectionSetNode, fragments: Fragments, variables: Variables, isEvent: boolean): number {
  // Counted once for each fragment: spread twice in each other they would double with every step.
  const known = new Map<string, number>();
  const pages = isEvent ? pagesBelow : pagesOfQueries;
  return nodes(root, [], true);

  function nodes(set: SelectionSetNode, path: string[], isRoot: boolean): number {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.selectionSet) {
          const whole = isRoot ? wholeLists.get(selection.name.value) : undefined;
          const size = whole ?? rowsOf(selection, variables, pages);
          total += size + size * nodes(selection.selectionSet, path, false);
        }
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        total += nodes(selection.selectionSet, path, isRoot);
      } else {
        total += nodesOfFragment(selection.name.value, path, isRoot);
      }
    }
    return total;
  }

  function nodesOfFragment(name: string, path: string[], isRoot: boolean): number {
    const counted = known.get(name);
    const fragment = fragments.get(name);
    if (counted !== undefined || !fragment || path.includes(name)) return counted ?? 0;
    const total = nodes(fragment.selectionSet, [...path, name], isRoot);
    known.set(name, total);
    return total;
  }
}

/** Fields at the root, through fragments; validation has refused those that spread themselves. */
function fieldsOf(set: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments);
    return fieldsOf((fragments.get(selection.name.value) as FragmentDefinitionNode).selectionSet, fragments);
  });
}

/** Characters of a text that cost as much as a row. */
const charactersPerRow = 5_000;

/** Items of all lists in a value, and its long texts. Its depth is limited, so a recursion ends. */
function weigh(value: unknown): number {
  if (typeof value === "string") return Math.floor(value.length / charactersPerRow);
  if (value === null || typeof value !== "object") return 0;
  const items = Object.values(value);
  return items.reduce((total, item) => total + weigh(item), Array.isArray(value) ? items.length : 0);
}

/** How many rows a field can have: what it asks for, a page where it asks for nothing, else one. */
function rowsOf(field: FieldNode, variables: Variables, pages: ReadonlyMap<string, number>): number {
  const asked = (field.arguments ?? []).filter(({ name }) => ["first", "last", "ids"].includes(name.value));
  const sizes = asked.map(({ value }) => {
    const given = plain(value, variables);
    if (Array.isArray(given)) return given.length;
    return typeof given === "number" && given > 0 ? given : null;
  });
  return sizes.find((size) => size !== null) ?? pages.get(field.name.value) ?? 1;
}

/** A value as it is once its variables are put in; what no cost depends on may be anything. */
function plain(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.INT:
      return Number(value.value);
    case Kind.STRING:
      return value.value;
    case Kind.LIST:
      return value.values.map((item) => plain(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(value.fields.map((field) => [field.name.value, plain(field.value, variables)]));
    default:
      return null;
  }
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

/** Lists at the root that come whole, with how many rows they are taken to have; held against the schema by a test. */
export const wholeLists: ReadonlyMap<string, number> = new Map([
  ["labels", 200],
  ["roles", 20],
  ["apiKeys", 50],
  ["sessions", 20],
  ["permissions", 30],
]);
