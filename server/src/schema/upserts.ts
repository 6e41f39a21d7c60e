/** The results of upserts, shared by contacts and companies. */

import type { Context } from "../context.ts";
import { type Upserted, type UpsertMode, type UpsertOutcome, unpackUpserts } from "../inputs/outcome.ts";
import type { DomainError, ErrorCode } from "../wire/errors.ts";
import type { IdType } from "../wire/ids.ts";
import { builder } from "./builder.ts";
import { describedEnum, ErrorCodeEnum } from "./enums.ts";
import { withGlobalIds } from "./error-format.ts";
import { fieldOf } from "./fields.ts";
import type { PayloadField } from "./mutation.ts";

const Outcome = describedEnum<UpsertOutcome>("UpsertOutcome", "The outcome of an upsert.", {
  CREATED: "The object didn't exist and was created.",
  UPDATED: "The object existed, differed and was updated.",
  UNCHANGED: "The object existed and already matched; nothing was written.",
  FAILED: "The row was refused and nothing of it was written; `error` has the reason. Only with the mode PER_ROW.",
});

/** The argument `mode` of upserts of many. */
describedEnum<UpsertMode>("UpsertMode", "The handling of a refused row among many.", {
  ALL_OR_NOTHING: "Nothing is written, and the error names the row.",
  PER_ROW: "The other rows are written, and each result has the outcome of its row.",
});

interface RowFault {
  code: ErrorCode;
  message: string;
  details: Record<string, unknown> | null;
}

const RowError = builder.objectRef<RowFault>("RowError").implement({
  description: "The reason why a row was not written.",
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: "The error code, as for an error of the whole call.",
      resolve: ({ code }) => code,
    }),
    message: t.exposeString("message", {
      description:
        "The message: what is wrong, the rule, and what to do. The answer to a repeated Idempotency-Key leaves it out, because it can name people.",
    }),
    details: t.field({
      type: "JSON",
      nullable: true,
      description:
        "Machine-readable details, such as the `contactId` of the contact that has the address; null if there are none.",
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
  `This row was refused with ${code}. The message isn't stored; send the row again with another Idempotency-Key to read it.`;

/** The fields of a payload: `results`, in the order of the input, with the row under `field`. */
export function upsertResults<Row extends { id: string }>(
  typeName: string,
  field: string,
  type: IdType,
  find: (context: Context, ids: string[]) => Promise<Row[]>,
): PayloadField<"results"> {
  const Item = builder.objectRef<Result<Row>>(typeName).implement({
    description: "The result for one item.",
    fields: (t) => ({
      [field]: t.field({
        type,
        nullable: true,
        description:
          "The object as it is now; null if the viewer can't see it, or if this is a repeated answer and the object was deleted in the meantime.",
        resolve: ({ row }) => row,
      }),
      error: t.field({
        type: RowError,
        nullable: true,
        description: "The error; null if the row was written.",
        resolve: ({ error }) => error,
      }),
      outcome: t.field({ type: Outcome, description: "The outcome.", resolve: ({ outcome }) => outcome }),
    }),
  });
  const options = {
    type: [Item],
    description: "The result for each item, in the order of the input.",
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
