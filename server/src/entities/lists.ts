/** The orders of an entity's lists, from its table. */
import type { IdType } from "../wire/ids.ts";
import { entityOf } from "./entity.ts";
import { columnOf } from "./field.ts";

export interface OrderField {
  description: string;
  column: string;
  kind: "instant" | "text" | "number";
  isNullable?: boolean;
}

export interface ListSpec {
  /** The name of the listed type. */
  name: string;
  orders: Record<string, OrderField>;
  defaultOrder: Order;
}

export interface Order {
  field: string;
  direction: "ASC" | "DESC";
}

const lists = new Map<string, ListSpec>();

/** The orders that the entity's fields declare, and the default. @throws Error for an entity that isn't listed */
export function listOf(name: IdType): ListSpec {
  let list = lists.get(name);
  if (!list) {
    const { fields, defaultOrder } = entityOf(name);
    if (!defaultOrder) throw new Error(`The entity ${name} has no default order.`);
    const orders = Object.entries(fields).flatMap(([field, { kind, options }]) => {
      if (!options.order) return [];
      const [value, description, other] = options.order;
      const column = other ?? kind.order?.column ?? columnOf(field, { kind, options });
      const order = { description, column, kind: kind.order?.kind ?? "text" };
      return [[value, { ...order, ...(options.isNullable ? { isNullable: true } : {}) }] as const];
    });
    const [field, direction] = defaultOrder;
    list = { name, orders: Object.fromEntries(orders), defaultOrder: { field, direction } };
    lists.set(name, list);
  }
  return list;
}
