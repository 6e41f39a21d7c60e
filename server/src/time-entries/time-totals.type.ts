import { builder } from "../schema/builder.ts";
import { Money } from "../schema/money.ts";
import type { TotalsShape } from "./time-totals.read.ts";

export const TimeTotals = builder.objectRef<TotalsShape>("TimeTotals").implement({
  description:
    "Sums of finished time entries. Amounts and what is unpriced are those that the viewer may see: all with `report.view`, `time.manage` or `team.manage`, else of the viewer's own time.",
  fields: (t) => ({
    entryCount: t.exposeInt("entryCount", { description: "How many entries." }),
    minutes: t.exposeInt("minutes", { description: "The sum of their durations." }),
    billableMinutes: t.exposeInt("billableMinutes", {
      description: "The sum of the durations of those that are billable.",
    }),
    billedMinutes: t.exposeInt("billedMinutes", {
      description: "The sum of their billed minutes: each duration rounded up to the increment of its time.",
    }),
    unpricedCount: t.exposeInt("unpricedCount", {
      description: "How many billable ones have no rate, and are missing in the amounts.",
    }),
    amounts: t.field({
      type: [Money],
      description: "The sum of the rounded amounts, one for each currency; empty when nothing has a price.",
      resolve: ({ amounts }) => amounts,
    }),
  }),
});
