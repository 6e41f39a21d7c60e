/** What upserts answer with, for contacts and companies alike. */
import type { ObjectRef } from "@pothos/core";
import type { Context } from "../context.ts";
import type { ErrorCode } from "../errors.ts";
import { type Upserted, type UpsertMode, type UpsertOutcome, unpackUpserts } from "../inputs/outcome.ts";
import { builder } from "./builder.ts";
import { describedEnum } from "./enums.ts";
import type { Types } from "./mutation.ts";

const Outcome = describedEnum<UpsertOutcome>("UpsertOutcome", "What an upsert did.", {
  CREATED: "There was none, and there is now.",
  UPDATED: "It was there and differed.",
  UNCHANGED: "It was there and as wished; nothing was written.",
  FAILED: "It broke a rule, and nothing of it was written; `error` says why. Only with the mode PER_ROW.",
});

/** The argument `mode` of upserts of many. */
export const UpsertModeEnum = describedEnum<UpsertMode>("UpsertMode", "What happens when one of many can't be done.", {
  ALL_OR_NOTHING: "Nothing is done, and the error names the place.",
  PER_ROW: "The others are done, and each result says what became of it.",
});

const RowError = builder.objectRef<{ code: ErrorCode; message: string }>("RowError").implement({
  description: "Why one of many was left as it was.",
  fields: (t) => ({
    code: t.field({ type: "ErrorCode" as never, description: "The code.", resolve: ({ code }) => code as never }),
    message: t.exposeString("message", {
      description: "The rule and the way out; a repeated answer to the same Idempotency-Key has the code alone.",
    }),
  }),
});

interface Result<Row> {
  row: Row | null;
  outcome: UpsertOutcome;
  error: { code: ErrorCode; message: string } | null;
}

const notKept = (code: ErrorCode) =>
  `This was refused with ${code}; its words aren't kept, so send it again under another Idempotency-Key to read them.`;

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
        error: t.field({
          type: RowError,
          nullable: true,
          description: "Why it failed; null when it didn't.",
          resolve: ({ error }) => error,
        }),
        outcome: t.field({ type: Outcome, description: "What was done.", resolve: ({ outcome }) => outcome }),
      }) as never,
  });
  return {
    type: [Item],
    description: "What became of each item, in the order of the input.",
    resolve: async (
      { ids, once }: { ids: { results: string }; once: Map<number, string> | null },
      _args: object,
      context: Context,
    ) => {
      const list: Upserted[] = unpackUpserts(ids.results);
      const rows = new Map(
        (
          await find(
            context,
            list.flatMap(({ id }) => id ?? []),
          )
        ).map((row) => [row.id, row]),
      );
      return list.map((one, place) => ({
        row: (one.id && rows.get(one.id)) || null,
        outcome: one.outcome,
        error: "code" in one ? { code: one.code, message: once?.get(place) ?? notKept(one.code) } : null,
      }));
    },
  };
}
