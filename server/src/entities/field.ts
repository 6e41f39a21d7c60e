/** A field of an entity: one declaration that output, inputs, filters, orders and the change log derive from. */
import type { ZodType } from "zod";
import type { Permission } from "../access/permissions.ts";
import type { FieldSpec } from "../filters/filter.ts";
import type { IdType } from "../wire/ids.ts";

/** The form of a kind's values in the API, in the table and in inputs. */
export interface Kind {
  /** The scalar or enum of the schema; null for kinds without an output of their own, such as references. */
  graphql: string | null;
  isList?: true;
  /** The rule of a given value. */
  input?: ZodType;
  /** The columns that a given value sets, besides the field's own. */
  toColumns?(column: string, value: unknown): Record<string, unknown>;
  /** Converts a column's value to the API's form. */
  fromColumn?(value: unknown): unknown;
  /** Converts a column's value to the change log's form. */
  toImage?(value: unknown): unknown;
  /** Converts the change log's form to the API's. */
  fromImage?(value: unknown): unknown;
  /** Further columns that belong to it, such as the key of a name. */
  keys?: readonly string[];
  filter?(column: string, isNullable: boolean): Omit<FieldSpec, "description" | "permission">;
  order?: { column?: string; kind: "instant" | "text" | "number" };
  /** The entity that a reference points to. */
  type?: IdType;
}

/** How an input takes a field. */
export interface InputUse {
  description: string;
  /** Whether null counts as left out, because the column can't be null. */
  takesNull?: true;
  /** The default, shown in the schema. */
  defaultValue?: unknown;
  /** The permission needed to give the field. `isEnforcedHere: false` where the operation checks it. */
  access?: { permission: Permission; isEnforcedHere?: false };
}

export interface Options {
  /** The output field's description; left out if the field has no output, or a hand-written one. */
  description?: string;
  /** Default: the field's name, with `Id` for a reference. */
  column?: string;
  isNullable?: true | undefined;
  /** The permission (any one of a list) needed to see its value anywhere. */
  read?: Permission | readonly Permission[];
  /** A column with the id of the member who can read it without that permission. */
  ownerReads?: string;
  /** The inputs that take it, by purpose: create, update, upsert. */
  inputs?: Inputs | undefined;
  /** The filter's description, or its definition if it differs from the kind's default. */
  filter?: string | FieldSpec;
  /** For a reference's filter: rows that the viewer can't see match no condition except isNull. */
  isSeenOnly?: true;
  /**
   * Whether the live filter has it, too: only for values that change with the row itself. A text is its description
   * there.
   */
  isLive?: true | string;
  /** The enum value of the order, and its description. */
  order?: readonly [name: string, description: string] | readonly [name: string, description: string, column: string];
  /** False: never in the change log. */
  isLogged?: false;
}

export interface Field {
  kind: Kind;
  options: Options;
}

export type Inputs = Readonly<Record<string, string | InputUse>>;

/** A field with its types for inputs: the type of a value, whether it can be null, and the inputs that take it. */
export interface FieldOf<In, Null, Uses> extends Field {
  /** Exists only for the type checker. */
  readonly taken?: { value: In; isNullable: Null; uses: Uses };
}

/** The options of a field's declaration. */
export type Declared<Null extends true | undefined, Uses extends Inputs> = Omit<Options, "isNullable" | "inputs"> & {
  isNullable?: Null;
  inputs?: Uses;
};

export type Fields = Readonly<Record<string, Field>>;

/** The column that stores the field. */
export function columnOf(name: string, { kind, options }: Pick<Field, "kind" | "options">): string {
  return options.column ?? (kind.graphql === null && kind.type ? `${name}Id` : name);
}
