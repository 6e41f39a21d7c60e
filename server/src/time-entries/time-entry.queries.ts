import { memberId, requireViewer } from "../access/viewer.ts";
import { visibleTimeEntries } from "../access/visibility.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import type { Connection } from "../schema/connections.ts";
import { rootList } from "../schema/root-lists.ts";
import { TimeEntry, TimeEntryConnection, TimeEntryOrder } from "./time-entry.type.ts";
import { readTotals } from "./time-totals.read.ts";
import { TimeTotals } from "./time-totals.type.ts";

builder.objectField(TimeEntryConnection, "totals", (t) =>
  t.field({
    type: TimeTotals,
    description: "The sums over the whole filtered list, not just the page; running timers don't count yet.",
    resolve: (list, _args, context) => readTotals(context, (list as Connection<unknown>).where ?? {}),
  }),
);

builder.queryFields((t) => ({
  timeEntries: rootList(t, "TimeEntry", {
    connection: TimeEntryConnection,
    order: TimeEntryOrder,
    defaultOrder: "WORKED_ON DESC",
    filter: "The entries to include. Default: all.",
    description: "Logged time and running timers: those on tickets that the viewer can see, and the viewer's own.",
    errors: ["VALIDATION", "FORBIDDEN"],
    visible: (viewer) => visibleTimeEntries(viewer) as Condition,
  }),
  runningTimer: t.prismaField({
    type: TimeEntry,
    nullable: true,
    description: "Returns the viewer's running timer, or null if none is running. Always null for API keys.",
    resolve: (query, _root, _args, context) => {
      const self = memberId(requireViewer(context));
      if (!self) return null;
      return context.db.timeEntry.findFirst({ ...query, where: { memberId: self, durationMinutes: null } });
    },
  }),
}));
