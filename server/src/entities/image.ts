/** A row as the change log stores it: its columns and linked ids, except those that its entity excludes. */
import type { Entity } from "./entity.ts";

export function imageOf({ name, columns, extras = {} }: Entity, row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (column in extras) return [[column, value]];
      const known = columns.get(column);
      if (!known) throw new Error(`The entity ${name} names no column ${column}.`);
      if (!known.isLogged) return [];
      const { toImage } = known.field?.kind ?? {};
      return [[column, toImage ? toImage(value) : value]];
    }),
  );
}
