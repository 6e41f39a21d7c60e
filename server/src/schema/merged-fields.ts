/** The payload fields of merges besides the kept object, shared by contacts, companies and labels. */

import { type MergedField, type MergeSource, unpackMerged } from "../inputs/merged.ts";
import { builder } from "./builder.ts";
import { describedEnum } from "./enums.ts";
import { fieldOf } from "./fields.ts";
import type { PayloadField } from "./mutation.ts";

const Source = describedEnum<MergeSource>("MergeSource", "The side whose value of a field stays after a merge.", {
  KEPT: "The value of the kept one.",
  OTHER: "The value of the merged one, because the kept one had none.",
  BOTH: "The values of both, combined.",
});

const Field = builder.objectRef<MergedField>("MergedField").implement({
  description: "The result of a merge for one field.",
  fields: (t) => ({
    field: t.exposeString("field", {
      description:
        "The field: name, emails, phones, notes, externalId, company, domains, hourlyRate, currency, ticketPrefix, color or description.",
    }),
    from: t.field({ type: Source, description: "The side whose value stays.", resolve: ({ from }) => from }),
    isOtherDropped: t.exposeBoolean("isOtherDropped", {
      description: "Whether the merged one had a different value, which isn't kept.",
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
        "The kept value of each field that at least one of the two had; empty if the same merge is repeated. After the merge, the merged one's id and externalId find the kept one: in references, upserts and `node`, but not in filters.",
      resolve: ({ ids }: { ids: { kept: string } }) => unpackMerged(ids.kept),
    }),
};
