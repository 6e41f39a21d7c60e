import type { Condition } from "../lib/condition.ts";
import type { IdType } from "../wire/ids.ts";

/** The calls that work on rows of any type, with names that are known only at run time. */
export interface Delegate<Row extends { id: string } = { id: string }> {
  findMany(args: object): Promise<Row[]>;
  findFirst(args: object): Promise<Row | null>;
  count(args: { where: Condition }): Promise<number>;
  update(args: object): Promise<Row>;
  updateMany(args: object): Promise<unknown>;
  groupBy(args: object): Promise<Record<string, unknown>[]>;
}

/** Access to the rows of a type in a client or transaction. */
export function delegateOf<Row extends { id: string }>(db: object, type: IdType): Delegate<Row> {
  return (db as Record<string, Delegate<Row>>)[type.charAt(0).toLowerCase() + type.slice(1)] as Delegate<Row>;
}
