/** What merges answer with beside the kept thing, for contacts, companies and labels alike. */

import { type MergedField, type MergeSource, unpackMerged } from "../inputs/merged.ts";
import { builder } from "./builder.ts";
import { describedEnum } from "./enums.ts";
import { fieldOf } from "./fields.ts";
import type { PayloadField } from "./mutation.ts";

const Source = describedEnum<MergeSource>("MergeSource", "Whose value of a field stays after a merge.", {
  KEPT: "That of the one that stays.",
  OTHER: "That of the one that is gone: the other had none.",
  BOTH: "Those of both, together.",
});

const Field = builder.objectRef<MergedField>("MergedField").implement({
  description: "What a merge did with one field.",
  fields: (t) => ({
    field: t.exposeString("field", {
      description:
        "What it is about: name, emails, phones, notes, externalId, company, domains, hourlyRate, currency, ticketPrefix, color or description.",
    }),
    from: t.field({ type: Source, description: "Whose value stays.", resolve: ({ from }) => from }),
    isOtherDropped: t.exposeBoolean("isOtherDropped", {
      description: "Whether the one that is gone had another value, which isn't kept.",
    }),
  }),
});

/** The field `kept` of a merge's payload. */
export const keptFields: PayloadField<"kept"> = {
  key: "kept",
  make: (t) =>
    fieldOf(t, {
      type: [Field],
      description:
        "What was kept of both, for each field that one of them had; empty when the same merge is repeated. The id and externalId of the one that is gone find the one that stays from then on: in references, upserts and `node`, not in filters.",
      resolve: ({ ids }: { ids: { kept: string } }) => unpackMerged(ids.kept),
    }),
};
