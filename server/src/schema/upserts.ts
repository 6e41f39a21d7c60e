/** What upserts answer with, for contacts and companies alike. */
import type { ObjectRef } from "@pothos/core";
import type { Context } from "../context.ts";
import { type Upserted, type UpsertOutcome, unpackUpserts } from "../inputs/outcome.ts";
import { builder } from "./builder.ts";
import { describedEnum } from "./enums.ts";
import type { Types } from "./mutation.ts";

const Outcome = describedEnum<UpsertOutcome>("UpsertOutcome", "What an upsert did.", {
  CREATED: "There was none, and there is now.",
  UPDATED: "It was there and differed.",
  UNCHANGED: "It was there and as wished; nothing was written.",
});

interface Result<Row> {
  row: Row | null;
  outcome: UpsertOutcome;
}

/** The fields of a payload: `results`, in the order of the input, with the row under `field`. */
export function upsertResults<Row extends { id: string }>(
  typeName: string,
  field: string,
  type: ObjectRef<Types, Row>,
  find: (context: Context, ids: string[]) => Promise<Row[]>,
) {
  const Item = builder.objectRef<Result<Row>>(typeName).implement({
    description: "What became of one item.",
    fields: (t) =>
      ({
        [field]: t.field({
          type,
          nullable: true,
          description: "As it is now; null when the viewer can't see it, or it is gone when this is asked again.",
          resolve: ({ row }) => row as never,
        }),
        outcome: t.field({ type: Outcome, description: "What was done.", resolve: ({ outcome }) => outcome }),
      }) as never,
  });
  return {
    type: [Item],
    description: "What became of each item, in the order of the input.",
    resolve: async ({ ids }: { ids: { results: string } }, _args: object, context: Context) => {
      const list: Upserted[] = unpackUpserts(ids.results);
      const rows = new Map(
        (
          await find(
            context,
            list.map(({ id }) => id),
          )
        ).map((row) => [row.id, row]),
      );
      return list.map(({ id, outcome }) => ({ row: rows.get(id) ?? null, outcome }));
    },
  };
}
