/**
 * Filters, declared once per type: the GraphQL input and the condition in the database derive from
 * the same table of fields.
 */

import type { Permission } from "../access/permissions.ts";
import type { Condition } from "../lib/condition.ts";
import { toKey, toSearchKey } from "../lib/key.ts";
import { addressKey, addressPartKey } from "../lib/mail-address.ts";
import type { IdType } from "../wire/ids.ts";

export type FieldSpec = {
  description: string;
  /** The right that seeing the field needs: who lacks it (of a list: all of them) can't filter by it either. */
  permission?: Permission | readonly Permission[];
} & (
  | { kind: "id"; type: IdType; column: string; isNullable?: boolean }
  /** `column` holds what is compared; `toKey` brings the given value into the same form, as what wrote the column did. */
  | ({ kind: "text"; column: string; isNullable?: boolean; toKey: (value: string) => string } & TextSearch)
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

interface TextSearch {
  /** What `contains` and `startsWith` look into, where it isn't the column itself. */
  search?: { column: string; toKey: (value: string) => string };
  /** The list that the column's value is one of: for who holds the permission any of it matches. */
  anyOf?: {
    permission: Permission;
    relation: string;
    column: string;
    search: { column: string; toKey: (value: string) => string };
  };
}

export interface FilterSpec {
  /** Of the GraphQL input type. */
  name: string;
  description: string;
  /** A column that always has a value. Default: id. */
  key?: string;
  fields: Record<string, FieldSpec>;
}

/** A name: `eq` and `in` ask without case, `contains` and `startsWith` without accents too. */
export const byName = {
  kind: "text",
  column: "nameKey",
  toKey,
  search: { column: "searchKey", toKey: toSearchKey },
} as const;

/** An address that nobody has several of. */
export const byAddress = {
  kind: "text",
  column: "emailKey",
  toKey: addressKey,
  search: { column: "emailKey", toKey: addressPartKey },
} as const;
