/** What each operation is answered with, as types whose fields carry the schema's descriptions. */
import {
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { comment, leafOf } from "./plugin.ts";

type Composite = GraphQLObjectType | GraphQLInterfaceType;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The type of an operation's answer, as text. */
export function resultType(
  schema: GraphQLSchema,
  { operation, selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
): string {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[operation];
  return new Printer(schema, fragments).objectOf(root as GraphQLObjectType, [selectionSet], "");
}

interface Chosen {
  field: GraphQLField<unknown, unknown> | null;
  inner: SelectionSetNode[];
}

class Printer {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;

  constructor(schema: GraphQLSchema, fragments: Fragments) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /** One object, or one of several where the type has several and the selection tells them apart. */
  typeOf(type: Composite, selections: SelectionSetNode[], indent: string): string {
    if (!isAbstractType(type) || !selections.some((one) => this.#tellsApart(one, type)))
      return this.objectOf(type, selections, indent);
    const possible = this.#schema.getPossibleTypes(type).map((one) => this.objectOf(one, selections, indent));
    return [...new Set(possible)].join(" | ");
  }

  objectOf(type: Composite, selections: SelectionSetNode[], indent: string): string {
    const inside = `${indent}  `;
    const fields = [...this.#collect(type, selections)].map(([name, { field, inner }]) => {
      if (!field) return `${inside}__typename: "${type.name}";`;
      const doc = field.description ? `${comment(field.description, inside)}\n` : "";
      return `${doc}${inside}${name}: ${this.#valueOf(field.type, inner, inside)};`;
    });
    return fields.length > 0 ? `{\n${fields.join("\n")}\n${indent}}` : "Record<PropertyKey, never>";
  }

  #valueOf(type: GraphQLOutputType, inner: SelectionSetNode[], indent: string): string {
    return isNonNullType(type)
      ? this.#presentOf(type.ofType, inner, indent)
      : `${this.#presentOf(type, inner, indent)} | null`;
  }

  #presentOf(type: GraphQLOutputType, inner: SelectionSetNode[], indent: string): string {
    if (isListType(type)) return `Array<${this.#valueOf(type.ofType, inner, indent)}>`;
    const named = getNamedType(type);
    if (isObjectType(named) || isInterfaceType(named) || isAbstractType(named))
      return this.typeOf(named as Composite, inner, indent);
    return leafOf(type)
      .replace(/ \| null$/, "")
      .replace(/^types\./, "");
  }

  /** By the name in the answer; null stands for __typename. */
  #collect(type: Composite, selections: SelectionSetNode[], chosen = new Map<string, Chosen>()): Map<string, Chosen> {
    for (const { selections: nodes } of selections)
      for (const node of nodes) {
        if (node.kind !== Kind.FIELD) {
          const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragmentOf(node.name.value) : node;
          const condition = fragment.typeCondition?.name.value;
          if (!condition || this.#isA(type, condition)) this.#collect(type, [fragment.selectionSet], chosen);
          continue;
        }
        const name = node.alias?.value ?? node.name.value;
        const field = node.name.value === "__typename" ? null : (type.getFields()[node.name.value] as Chosen["field"]);
        const known = chosen.get(name) ?? { field, inner: [] };
        if (node.selectionSet) known.inner.push(node.selectionSet);
        chosen.set(name, known);
      }
    return chosen;
  }

  #tellsApart({ selections }: SelectionSetNode, type: Composite): boolean {
    return selections.some((node) => {
      if (node.kind === Kind.FIELD) return node.name.value === "__typename";
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragmentOf(node.name.value) : node;
      return (
        (fragment.typeCondition && fragment.typeCondition.name.value !== type.name) ||
        this.#tellsApart(fragment.selectionSet, type)
      );
    });
  }

  #fragmentOf(name: string): FragmentDefinitionNode {
    return this.#fragments.get(name) as FragmentDefinitionNode;
  }

  #isA(type: Composite, name: string): boolean {
    const condition = this.#schema.getType(name);
    return (
      type.name === name || (isAbstractType(condition) && isObjectType(type) && this.#schema.isSubType(condition, type))
    );
  }
}
