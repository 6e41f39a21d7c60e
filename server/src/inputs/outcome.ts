/** The outcomes of upserts. */
import type { ErrorCode } from "../wire/errors.ts";

export const upsertOutcomes = ["CREATED", "UPDATED", "UNCHANGED", "FAILED"] as const;
export type UpsertOutcome = (typeof upsertOutcomes)[number];

export const upsertModes = ["ALL_OR_NOTHING", "PER_ROW"] as const;
export type UpsertMode = (typeof upsertModes)[number];

export type Upserted =
  | { id: string; outcome: "CREATED" | "UPDATED" | "UNCHANGED" }
  /** Only with PER_ROW. */
  | { id: null; outcome: "FAILED"; code: ErrorCode };

export const maxUpserts = 100;

/**
 * The form in which the results of a batch are stored for a replay: one text, without messages, which can name people.
 */
export function packUpserts(list: readonly Upserted[]): string {
  return list.map((one) => `${one.id ?? ("code" in one ? one.code : "")} ${one.outcome}`).join(",");
}

export function unpackUpserts(text: string): Upserted[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [id, outcome] = part.split(" ") as [string, UpsertOutcome];
      return outcome === "FAILED" ? { id: null, outcome, code: id as ErrorCode } : { id, outcome };
    });
}
