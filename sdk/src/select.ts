/** Selections as objects, and their results. */
import { argumentTypes } from "./_generated/arguments.ts";
import type { Operation } from "./core.ts";
import { TikettiError } from "./errors.ts";

/** A field with a plain value. */
export interface Leaf<Value, Arguments = NoArguments> {
  value: Value;
  arguments: Arguments;
}

/** A field that has fields. `nulls` is a list whose items can be null. */
export interface Branch<Shape, How extends "one" | "null" | "list" | "nulls", Arguments = NoArguments> {
  of: Shape;
  how: How;
  arguments: Arguments;
}

export type NoArguments = Record<never, never>;

/** The selection of a type: `true` for values, an object for fields with fields, arguments under `$`. */
export type Selection<Shape> = {
  [Field in Exclude<keyof Shape, "__name" | "__on">]?: Choice<Shape[Field]>;
} & { __typename?: true } & (Shape extends { __on: infer Types }
    ? { on?: { [Type in keyof Types]?: Selection<Types[Type]> } & Others }
    : unknown) &
  Others;

/** Unknown names are let through, so that `Known` can name them. */
interface Others {
  [name: string]: unknown;
}

type Choice<Field> =
  Field extends Branch<infer Shape, infer _How, infer Arguments>
    ? Selection<Shape> & Given<Arguments>
    : Field extends Leaf<infer _Value, infer Arguments>
      ? NoArguments extends Arguments
        ? true | Given<Arguments>
        : Given<Arguments>
      : never;

type Given<Arguments> = keyof Arguments extends never
  ? { $?: never }
  : NoArguments extends Arguments
    ? { $?: Arguments }
    : { $: Arguments };

/**
 * The same selection, with a sentence in place of each field and argument that doesn't exist. The sentence is the name
 * of a property: as a string, `true & "There is no …"` would be never, and so would every field next to it.
 * It is written out, because the compiler shows an alias by its name.
 */
export type Known<Chosen, Shape, Arguments = NoArguments> = {
  [Field in keyof Chosen]: Field extends "__typename"
    ? true
    : Field extends "$"
      ? OnlyOf<Chosen[Field], Arguments>
      : Field extends "on"
        ? Shape extends { __on: infer Types }
          ? {
              [Type in keyof Chosen[Field]]: Type extends keyof Types
                ? Known<Chosen[Field][Type], Types[Type]>
                : { [Sentence in `There is no type ${Type & string}`]: true };
            }
          : { "There is no choice of types here": true }
        : Field extends Exclude<keyof Shape, "__name" | "__on">
          ? Shape[Field] extends Branch<infer Inner, infer _How, infer Given>
            ? Exclude<keyof Chosen[Field], "$"> extends never
              ? { [Sentence in `Nothing is selected of ${Field & string}`]: true }
              : Known<Chosen[Field], Inner, Given>
            : Shape[Field] extends Leaf<infer _Value, infer Given>
              ? Chosen[Field] extends true
                ? true
                : Known<Chosen[Field], NoArguments, Given>
              : { [Sentence in `There is no field ${Field & string}`]: true }
          : { [Sentence in `There is no field ${Field & string}`]: true };
};

type KeysOf<Value> = Value extends unknown ? keyof Value : never;
type At<Value, Key> = Value extends unknown ? (Key extends keyof Value ? Value[Key] : never) : never;
type Primitive = string | number | boolean | bigint | symbol | null | undefined | Date;

/** The same value, with a sentence in place of each key that the input doesn't have. */
type OnlyOf<Value, Input> = Value extends Primitive
  ? Value
  : Value extends readonly (infer _Item)[]
    ? { [Index in keyof Value]: OnlyOf<Value[Index], ItemOf<Input>> }
    : {
        [Key in keyof Value]: Key extends KeysOf<NonNullable<Input>>
          ? OnlyOf<Value[Key], At<NonNullable<Input>, Key>>
          : { [Sentence in `There is no argument ${Key & string}`]: true };
      };

type ItemOf<Input> = Input extends readonly (infer Item)[] ? Item : never;

/** The result of a selection. */
export type Result<Chosen, Shape> = Flat<
  Fields<Chosen, Shape, Exclude<keyof Chosen & keyof Shape, "$" | "on" | "__name" | "__on">> &
    (Chosen extends {
      __typename: true;
    }
      ? { __typename: NameOf<Shape> }
      : unknown) &
    (Chosen extends { on: infer Wanted }
      ? Shape extends { __on: infer Types }
        ? OneOf<Wanted, Types>
        : unknown
      : unknown)
>;

/** Maps over the shape's own names, so that each field keeps its description. */
type Fields<Chosen, Shape, Names extends keyof Shape> = {
  [Field in Names]: Field extends keyof Chosen ? ValueOf<Chosen[Field], Shape[Field]> : never;
};

type OneOf<Wanted, Types> =
  | {
      [Type in keyof Wanted & keyof Types]: { __typename: Type } & Result<Wanted[Type], Types[Type]>;
    }[keyof Wanted & keyof Types]
  | { __typename: Exclude<keyof Types, keyof Wanted> };

type NameOf<Shape> = Shape extends { __on: infer Types }
  ? keyof Types
  : Shape extends { __name: infer Name }
    ? Name
    : string;

type ValueOf<Chosen, Field> =
  Field extends Branch<infer Shape, infer How, infer _Arguments>
    ? How extends "list"
      ? Result<Chosen, Shape>[]
      : How extends "nulls"
        ? (Result<Chosen, Shape> | null)[]
        : How extends "null"
          ? Result<Chosen, Shape> | null
          : Result<Chosen, Shape>
    : Field extends Leaf<infer Value, infer _Arguments>
      ? Value
      : never;

type Flat<Value> = Value extends infer One ? { [Key in keyof One]: One[Key] } : never;

interface Chosen {
  [field: string]: unknown;
  $?: Record<string, unknown>;
  on?: Record<string, Chosen>;
}

export interface SelectedOperation extends Operation {
  /** Restores the requested names in an answer. */
  restore?: (data: object) => object;
}

/** The document and variables of a selection: arguments always go as variables, so equal selections are equal texts. */
export function toOperation(kind: "query" | "mutation" | "subscription", selection: object): SelectedOperation {
  if (selection === null || typeof selection !== "object")
    throw new TikettiError({
      code: "INVALID_OPTIONS",
      message: `A ${kind} takes a selection as an object, such as { viewer: { roleName: true } }; a document's text goes to request().`,
    });
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  let hasAliases = false;

  function fields(chosen: Chosen, aliasOf: (name: string) => string = () => ""): string {
    const parts = Object.entries(chosen).flatMap(([name, value]) => {
      if (name === "$" || !value) return [];
      if (name === "on") return ["__typename", ...fragments(value as Record<string, Chosen>)];
      if (value === true) return [`${aliasOf(name)}${name}`];
      const inner = value as Chosen;
      return [`${aliasOf(name)}${name}${given(name, inner.$)}${fields(inner) || nothing(name)}`];
    });
    return parts.length > 0 ? `{${parts.join(" ")}}` : "";
  }

  /** Two types can have fields of one name with different types, which one answer can't hold, so each gets an alias. */
  function fragments(types: Record<string, Chosen>): string[] {
    const names = Object.values(types).flatMap((chosen) => Object.keys(chosen));
    const isShared = (name: string) => name !== "__typename" && names.indexOf(name) !== names.lastIndexOf(name);
    return Object.entries(types).map(([type, chosen]) => {
      const inner = fields(chosen, (name) => {
        if (!isShared(name)) return "";
        hasAliases = true;
        return `${name}__${type}:`;
      });
      return `...on ${type}${inner || nothing(type)}`;
    });
  }

  function given(field: string, values: Record<string, unknown> = {}): string {
    const parts = Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const variable = `v${declared.length}`;
      declared.push(`$${variable}:${typeOf(field, name)}`);
      variables[variable] = value;
      return [`${name}:$${variable}`];
    });
    return parts.length > 0 ? `(${parts.join(" ")})` : "";
  }

  const body = fields(selection as Chosen) || nothing(kind);
  return {
    query: `${kind}${declared.length > 0 ? `(${declared.join(" ")})` : ""}${body}`,
    variables,
    ...(hasAliases ? { restore: withoutAliases } : {}),
  };
}

function nothing(name: string): never {
  throw new TikettiError({
    code: "INVALID_OPTIONS",
    message: `${name} has an empty selection; select at least one field.`,
  });
}

function withoutAliases<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutAliases) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.replace(/(?<=\w)__[A-Z]\w*$/, ""), withoutAliases(inner)]),
  ) as Value;
}

/** By `field.argument`, else by the argument's name alone; `*` stands for the field's name. */
function typeOf(field: string, argument: string): string {
  const type = argumentTypes[`${field}.${argument}`] ?? argumentTypes[argument];
  if (type === undefined)
    throw new TikettiError({ code: "INVALID_OPTIONS", message: `${field} has no argument ${argument}.` });
  return type.replace("*", field.charAt(0).toUpperCase() + field.slice(1));
}
