/** Upserts of many, all or nothing or row by row: the same for contacts and companies. */
import { type ZodType, z } from "zod";
import { maxUpserts, packUpserts, type Upserted, type UpsertMode, upsertModes } from "../inputs/outcome.ts";
import { DomainError } from "../wire/errors.ts";
import { tryRow } from "../writes/rows.ts";
import type { Write } from "../writes/write.ts";
import { parseInput } from "./operation.ts";

/** The rows are looked at one by one later: with PER_ROW one that breaks a rule fails alone. */
export const upsertRowsInput = (what: string, row: ZodType) =>
  z.object({
    input: z
      .array(z.unknown().meta({ typedAs: row }))
      .min(1, "must not be empty")
      .max(maxUpserts, `must have at most ${maxUpserts} ${what}`)
      .describe(`The ${what} to create or update.`),
    mode: z.enum(upsertModes).nullish().meta({
      graphql: "UpsertMode",
      description: "What happens when one row is refused. Default: ALL_OR_NOTHING.",
    }),
  });

interface Rows<Input> {
  type: z.ZodType<Input>;
  /** Keeps others from the same keys: of all rows at once, so that two lists never wait in a circle. */
  hold(write: Write, inputs: Input[]): Promise<void>;
  /** The ids of those that are as wished already, by their place. */
  findUnchanged(write: Write, inputs: Input[]): Promise<Map<number, string>>;
  upsert(write: Write, input: Input, path: (string | number)[]): Promise<Upserted>;
}

/** What became of each row; `once` are the errors of those that failed, by their place. */
export async function upsertRows<Input>(
  write: Write,
  { input: raw, mode }: { input: unknown[]; mode?: UpsertMode | null | undefined },
  rows: Rows<Input>,
): Promise<{ ids: { results: string }; once: Map<number, DomainError> }> {
  const parsed =
    mode === "PER_ROW"
      ? raw.map((row) => parseRow(rows.type, row))
      : parseInput(z.object({ input: z.array(rows.type) }), { input: raw }).input;
  const valid = parsed.flatMap((row, place) => (row instanceof DomainError ? [] : [{ row, place }]));
  const inputs = valid.map(({ row }) => row);
  await rows.hold(write, inputs);
  const unchanged = await rows.findUnchanged(write, inputs);
  const done: (Upserted | DomainError)[] = parsed.map((row) => row as DomainError);
  for (const [index, { row, place }] of valid.entries()) {
    const id = unchanged.get(index);
    const upsert = (one: Write) => rows.upsert(one, row, mode === "PER_ROW" ? [] : ["input", place]);
    if (id) done[place] = { id, outcome: "UNCHANGED" };
    else done[place] = mode === "PER_ROW" ? await tryRow(write, upsert) : await upsert(write);
  }
  const results = done.map(
    (one): Upserted => (one instanceof DomainError ? { id: null, outcome: "FAILED", code: one.code } : one),
  );
  const errors = done.flatMap((one, place): [number, DomainError][] =>
    one instanceof DomainError ? [[place, one]] : [],
  );
  return { ids: { results: packUpserts(results) }, once: new Map(errors) };
}

function parseRow<Input>(type: z.ZodType<Input>, row: unknown): Input | DomainError {
  try {
    return parseInput(type, row);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
