/** A field of an entity: one declaration that output, inputs, filters, orders and the change log derive from. */
import type { ZodType } from "zod";
import type { Permission } from "../access/permissions.ts";
import type { FieldSpec } from "../filters/filter.ts";
import type { IdType } from "../wire/ids.ts";

/** How values of a kind look in the API, in the table and in inputs. */
export interface Kind {
  /** The scalar or enum of the schema; null for what has no output of its own kind, such as references. */
  graphql: string | null;
  isList?: true;
  /** The rule of a given value. */
  input?: ZodType;
  /** The columns that a given value sets, without the field's own. */
  toColumns?(column: string, value: unknown): Record<string, unknown>;
  /** A column's value as the API has it. */
  fromColumn?(value: unknown): unknown;
  /** A column's value as the change log keeps it. */
  toImage?(value: unknown): unknown;
  /** What the change log keeps as the API has it. */
  fromImage?(value: unknown): unknown;
  /** Further columns that go with it, such as the key of a name. */
  keys?: readonly string[];
  filter?(column: string, isNullable: boolean): Omit<FieldSpec, "description" | "permission">;
  order?: { column?: string; kind: "instant" | "text" | "number" };
  /** What a reference points to. */
  type?: IdType;
}

/** How an input takes a field. */
export interface InputUse {
  description: string;
  /** Whether null is taken as left out, though the column can't be null. */
  takesNull?: true;
  /** What a left out value means, shown in the schema. */
  defaultValue?: unknown;
  /** The right that giving the field needs. `isEnforcedHere: false` where the operation asks it. */
  access?: { permission: Permission; isEnforcedHere?: false };
}

export interface Options {
  /** Of the output field; left out where the field has none, or one that is written by hand. */
  description?: string;
  /** Default: the field's name, with `Id` for a reference. */
  column?: string;
  isNullable?: true | undefined;
  /** The right (one of a list) that its value needs, wherever it shows. */
  read?: Permission | readonly Permission[];
  /** A column with the id of the member who reads it without that right. */
  ownerReads?: string;
  /** What inputs take it, by what they are for: create, update, upsert. */
  inputs?: Inputs | undefined;
  /** Filterable: the description, or how where the kind's own way isn't it. */
  filter?: string | FieldSpec;
  /** Of a reference's filter: rows that the viewer can't see match no condition but isNull. */
  isSeenOnly?: true;
  /** Whether the live filter has it too: only what changes with the row itself. A text is its description there. */
  isLive?: true | string;
  /** The value of the order's enum, and its description. */
  order?: readonly [name: string, description: string] | readonly [name: string, description: string, column: string];
  /** False: never in the change log. */
  isLogged?: false;
}

export interface Field {
  kind: Kind;
  options: Options;
}

export type Inputs = Readonly<Record<string, string | InputUse>>;

/** A field with what inputs make of it: the type of a value, whether null is one, and their uses. */
export interface FieldOf<In, Null, Uses> extends Field {
  /** Only for the types. */
  readonly taken?: { value: In; isNullable: Null; uses: Uses };
}

/** What a field is declared with. */
export type Declared<Null extends true | undefined, Uses extends Inputs> = Omit<Options, "isNullable" | "inputs"> & {
  isNullable?: Null;
  inputs?: Uses;
};

export type Fields = Readonly<Record<string, Field>>;

/** The column that holds the field. */
export function columnOf(name: string, { kind, options }: Pick<Field, "kind" | "options">): string {
  return options.column ?? (kind.graphql === null && kind.type ? `${name}Id` : name);
}
