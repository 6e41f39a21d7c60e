/** A row as the change log keeps it: its columns and what is linked to it, but for what its entity keeps out of the log. */
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
