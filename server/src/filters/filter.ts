/**
 * Filters, declared once per type: the GraphQL input and the condition in the database derive from
 * the same table of fields.
 */

import type { Permission } from "../access/permissions.ts";
import { toKey } from "../lib/key.ts";
import type { IdType } from "../schema/ids.ts";

export type FieldSpec = {
  description: string;
  /** The right that seeing the field needs: who lacks it (of a list: all of them) can't filter by it either. */
  permission?: Permission | readonly Permission[];
} & (
  | { kind: "id"; type: IdType; column: string; isNullable?: boolean }
  /** `column` holds what is compared; `toKey` brings the given value into the same form. */
  | { kind: "text"; column: string; isNullable?: boolean; toKey: (value: string) => string }
  | { kind: "enum"; column: string; name: string; isNullable?: boolean; toColumn: (value: string) => string | number }
  /** `isAbsolute`: only instants are given, whose meaning never changes. */
  | { kind: "instant"; column: string; isNullable?: boolean; isAbsolute?: true }
  /** A day without a time. */
  | { kind: "day"; column: string; isNullable?: boolean }
  /** `widens`: rows that are left out without this filter can match with it. */
  | { kind: "boolean"; column: string; widens?: boolean; toCondition?: (value: boolean) => Condition }
  /**
   * To at most one row of another type; `column` points to it. `seenAs`: rows of this type that the viewer
   * can't see exist for no condition but isNull, where the row that points there shows by itself.
   */
  | {
      kind: "one";
      relation: string;
      column: string;
      isNullable: boolean;
      seenAs?: IdType;
      filter: () => FilterSpec;
    }
  /** To many rows; `through` names the to-one relation of a join table's row. */
  | {
      kind: "many";
      relation: string;
      through?: string;
      /** Only rows of the other type that hold this count; the others don't exist for anybody. */
      existing?: Condition;
      filter: () => FilterSpec;
    }
  /** True matches the viewer's own row. */
  | { kind: "isMe"; column: string }
);

export interface FilterSpec {
  /** Of the GraphQL input type. */
  name: string;
  description: string;
  /** A column that always has a value. Default: id. */
  key?: string;
  fields: Record<string, FieldSpec>;
}

/** A condition as Prisma's `where` takes it. */
export type Condition = Record<string, unknown>;

export const lowerCase = (value: string) => toKey(value.trim());
export const upperCase = (value: string) => value.trim().toUpperCase();
export const asIs = (value: string) => value;
