import { builder } from "../schema/builder.ts";
import { Money } from "../schema/money.ts";
import type { TotalsShape } from "./time-totals.read.ts";

export const TimeTotals = builder.objectRef<TotalsShape>("TimeTotals").implement({
  description:
    "Sums of finished time entries. Amounts and unpricedCount cover what the viewer can see: all entries with `report.view`, `time.manage` or `team.manage`, otherwise the viewer's own.",
  fields: (t) => ({
    entryCount: t.exposeInt("entryCount", { description: "The number of entries." }),
    minutes: t.exposeInt("minutes", { description: "The sum of the entries' durations." }),
    billableMinutes: t.exposeInt("billableMinutes", {
      description: "The sum of the durations of billable entries.",
    }),
    billedMinutes: t.exposeInt("billedMinutes", {
      description:
        "The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged.",
    }),
    unpricedCount: t.exposeInt("unpricedCount", {
      description: "The number of billable entries without a rate, which the amounts leave out.",
    }),
    amounts: t.field({
      type: [Money],
      description: "The sum of the rounded amounts in each currency; empty if nothing has a price.",
      resolve: ({ amounts }) => amounts,
    }),
  }),
});
