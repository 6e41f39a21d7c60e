/** What an upsert did. */
export const upsertOutcomes = ["CREATED", "UPDATED", "UNCHANGED"] as const;
export type UpsertOutcome = (typeof upsertOutcomes)[number];

export interface Upserted {
  id: string;
  outcome: UpsertOutcome;
}

export const maxUpserts = 100;

/** How results of many are kept for a replay: as one text. */
export function packUpserts(list: readonly Upserted[]): string {
  return list.map(({ id, outcome }) => `${id} ${outcome}`).join(",");
}

export function unpackUpserts(text: string): Upserted[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [id, outcome] = part.split(" ") as [string, UpsertOutcome];
      return { id, outcome };
    });
}
