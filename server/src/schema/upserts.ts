/** What upserts answer with, for contacts and companies alike. */

import type { Context } from "../context.ts";
import { type Upserted, type UpsertMode, type UpsertOutcome, unpackUpserts } from "../inputs/outcome.ts";
import type { DomainError, ErrorCode } from "../wire/errors.ts";
import type { IdType } from "../wire/ids.ts";
import { builder } from "./builder.ts";
import { describedEnum, ErrorCodeEnum } from "./enums.ts";
import { withGlobalIds } from "./error-format.ts";
import { fieldOf } from "./fields.ts";
import type { PayloadField } from "./mutation.ts";

const Outcome = describedEnum<UpsertOutcome>("UpsertOutcome", "What an upsert did.", {
  CREATED: "There was none, and there is now.",
  UPDATED: "It was there and differed.",
  UNCHANGED: "It was there and as wished; nothing was written.",
  FAILED: "It was refused, and nothing of it was written; `error` says why. Only with the mode PER_ROW.",
});

/** The argument `mode` of upserts of many. */
export const UpsertModeEnum = describedEnum<UpsertMode>("UpsertMode", "What happens when one row of many is refused.", {
  ALL_OR_NOTHING: "Nothing is done, and the error names the place.",
  PER_ROW: "The other rows are written, and each result says what became of its row.",
});

interface RowFault {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown> | null;
}

const RowError = builder.objectRef<RowFault>("RowError").implement({
  description: "Why a row was not written.",
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: "The code, as an error of the whole call would have it.",
      resolve: ({ code }) => code,
    }),
    message: t.exposeString("message", {
      description:
        "What is wrong, the rule and the way out. The answer to a repeated Idempotency-Key doesn't have it: it may name people.",
    }),
    details: t.field({
      type: "JSON",
      nullable: true,
      description:
        "What it is about, for a program: `contactId` of who has the address, say; null when there is no more to say.",
      resolve: ({ details }) => details,
    }),
  }),
});

interface Result<Row> {
  row: Row | null;
  outcome: UpsertOutcome;
  error: RowFault | null;
}

function faultOf(code: ErrorCode, error: DomainError | undefined): RowFault {
  if (!error) return { code, message: notKept(code), details: null };
  return { code, message: error.message, details: withGlobalIds(error.details ?? null) as RowFault["details"] };
}

const notKept = (code: ErrorCode) =>
  `This row was refused with ${code}. The message isn't kept; send the row again with another Idempotency-Key to read it.`;

/** The fields of a payload: `results`, in the order of the input, with the row under `field`. */
export function upsertResults<Row extends { id: string }>(
  typeName: string,
  field: string,
  type: IdType,
  find: (context: Context, ids: string[]) => Promise<Row[]>,
): PayloadField<"results"> {
  const Item = builder.objectRef<Result<Row>>(typeName).implement({
    description: "What became of one item.",
    fields: (t) => ({
      [field]: t.field({
        type,
        nullable: true,
        description: "As it is now; null when the viewer can't see it, or it is gone when this is asked again.",
        resolve: ({ row }) => row,
      }),
      error: t.field({
        type: RowError,
        nullable: true,
        description: "Why it failed; null when it didn't.",
        resolve: ({ error }) => error,
      }),
      outcome: t.field({ type: Outcome, description: "What was done.", resolve: ({ outcome }) => outcome }),
    }),
  });
  const options = {
    type: [Item],
    description: "What became of each item, in the order of the input.",
    resolve: async (
      { ids, once }: { ids: { results: string }; once: Map<number, DomainError> | null },
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
        error: "code" in one ? faultOf(one.code, once?.get(place)) : null,
      }));
    },
  };
  return {
    key: "results",
    make: (t) => fieldOf(t, options),
  };
}
