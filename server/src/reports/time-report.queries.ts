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
      "Finished time in sums, by up to three groups. Without `report.view` it is about the viewer's own time.",
    errors: ["VALIDATION", "FORBIDDEN"],
    args: {
      filter: t.arg({ type: filterInput(filterOf("TimeEntry")), description: "Only these entries. Default: all." }),
      groupBy: t.arg({
        type: [TimeReportGroupBy],
        description: "What the groups are made of, up to three. Default: none, only the totals.",
      }),
    },
    resolve: (_root, { filter, groupBy }, context) => {
      const viewer = requireViewer(context);
      const groups = groupBy ?? [];
      const isTwice = new Set(groups).size < groups.length;
      if (groups.length > 3 || isTwice)
        throw invalid(
          ["groupBy"],
          `Give up to three different ones of ${groupings.join(", ")}.`,
          isTwice ? "DUPLICATE" : "TOO_MANY",
        );
      const compiled = filter
        ? compileFilter(filterOf("TimeEntry"), filter, filterContext(viewer, context.clock.now()))
        : {};
      return { where: { AND: [reportedTimeEntries(viewer), compiled] }, groupBy: groups };
    },
  }),
}));
