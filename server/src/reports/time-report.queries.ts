import { requireViewer } from "../access/viewer.ts";
import { reportedTimeEntries } from "../access/visibility.ts";
import { filterOf } from "../entities/filters.ts";
import { compileFilter } from "../filters/compile.ts";
import { filterContext } from "../filters/filter-context.ts";
import { builder } from "../schema/builder.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { invalid } from "../wire/errors.ts";
import { groupings } from "./time-report.read.ts";
import { TimeReport, TimeReportGroupBy } from "./time-report.type.ts";

builder.queryFields((t) => ({
  timeReport: t.field({
    type: TimeReport,
    description:
      "Sums of finished time, grouped by up to three keys. Without `report.view` the report covers only the viewer's own time.",
    errors: ["VALIDATION", "FORBIDDEN"],
    args: {
      filter: t.arg({
        type: filterInput(filterOf("TimeEntry")),
        description: "The entries to include. Default: all.",
      }),
      groupBy: t.arg({
        type: [TimeReportGroupBy],
        description: "The grouping keys, up to three. Default: none, only the totals.",
      }),
    },
    resolve: (_root, { filter, groupBy }, context) => {
      const viewer = requireViewer(context);
      const groups = groupBy ?? [];
      const isTwice = new Set(groups).size < groups.length;
      if (groups.length > 3 || isTwice)
        throw invalid(
          ["groupBy"],
          `groupBy takes up to three different values of ${groupings.join(", ")}.`,
          isTwice ? "DUPLICATE" : "TOO_MANY",
        );
      const compiled = filter
        ? compileFilter(filterOf("TimeEntry"), filter, filterContext(viewer, context.clock.now()))
        : {};
      return { where: { AND: [reportedTimeEntries(viewer), compiled] }, groupBy: groups };
    },
  }),
}));
