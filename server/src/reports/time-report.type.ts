import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import type { ListSpec } from "../entities/lists.ts";
import { isoWeek } from "../lib/calendar.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput, type PageArgs, readPage } from "../schema/connections.ts";
import { describedEnum } from "../schema/enums.ts";
import { findVisibleCompany, findVisibleTicket } from "../schema/loaders.ts";
import { pageArgs } from "../schema/related.ts";
import { readTotals, toTotals } from "../time-entries/time-totals.read.ts";
import { TimeTotals } from "../time-entries/time-totals.type.ts";
import { type IdType, toGlobalId } from "../wire/ids.ts";
import {
  countGroups,
  type Grouping,
  type GroupRow,
  orderColumns,
  type ReportOrder,
  readGroups,
} from "./time-report.read.ts";

export const TimeReportGroupBy = describedEnum<Grouping>("TimeReportGroupBy", "A grouping key of a time report.", {
  MEMBER: "The member whose time it is.",
  COMPANY: "The company that the ticket had when the time was logged.",
  TICKET: "The ticket, by its code when the time was logged.",
  LABEL: "The labels that the ticket has now. An entry counts in the group of each label, but only once in the totals.",
  DAY: "The day of the work.",
  WEEK: "The week of the work (ISO 8601, starting on Monday).",
  MONTH: "The month of the work.",
});

interface ReportShape {
  where: Condition;
  groupBy: Grouping[];
}

type GroupShape = GroupRow & { groupBy: Grouping[] };

const typeOf: Partial<Record<Grouping, IdType>> = { MEMBER: "Member", COMPANY: "Company", LABEL: "Label" };

interface KeyShape {
  by: Grouping;
  key: string | null;
  name: string | null;
}

const TimeReportKey = builder.objectRef<KeyShape>("TimeReportKey").implement({
  description: "The value of one grouping key in a group.",
  fields: (t) => ({
    by: t.field({ type: TimeReportGroupBy, description: "The grouping key.", resolve: ({ by }) => by }),
    key: t.string({
      nullable: true,
      description:
        "The id of the member, company or label, the ticket's code, the day (`2026-11-25`), the week (`2026-W48`) or the month (`2026-11`); null for entries that have none.",
      resolve: ({ by, key }) => {
        if (key === null) return null;
        if (by === "WEEK") return isoWeek(key);
        const type = typeOf[by];
        return type ? toGlobalId(type, key) : key;
      },
    }),
    name: t.string({
      nullable: true,
      description:
        "The text to show for it; null for entries that have none, and for a company that the viewer can't see.",
      resolve: ({ by, key, name }) => (by === "WEEK" && key ? isoWeek(key) : name),
    }),
    startsOn: t.field({
      type: "Date",
      nullable: true,
      description: "The first day of the day, week or month; null for other groupings.",
      resolve: ({ by, key }) => {
        if (by === "DAY" || by === "WEEK") return key;
        return by === "MONTH" ? `${key}-01` : null;
      },
    }),
  }),
});

const keyFor = ({ groupBy, keys }: GroupShape, grouping: Grouping) => keys[groupBy.indexOf(grouping)] ?? null;
const rowOf = (context: Context, id: string | null) =>
  id === null ? null : { organizationId: requireViewer(context).organizationId, id };

const TimeReportGroup = builder.objectRef<GroupShape>("TimeReportGroup").implement({
  description: "One line of a time report.",
  fields: (t) => ({
    keys: t.field({
      type: [TimeReportKey],
      description: "Its keys, in the order of groupBy.",
      resolve: ({ groupBy, keys, names }) =>
        groupBy.map((by, index) => ({ by, key: keys[index] ?? null, name: names[index] ?? null })),
    }),
    member: t.field({
      type: "Member",
      nullable: true,
      description: "The member; null if the report isn't grouped by member.",
      resolve: (group, _args, context) => rowOf(context, keyFor(group, "MEMBER")),
    }),
    company: t.field({
      type: "Company",
      nullable: true,
      description:
        "The company; null if there is none, the report isn't grouped by company, or the viewer can't see it.",
      resolve: (group, _args, context) => findVisibleCompany(context, keyFor(group, "COMPANY")),
    }),
    ticket: t.field({
      type: "Ticket",
      nullable: true,
      description:
        "The ticket as it is now, after a merge the kept one; null if it was deleted, the report isn't grouped by ticket, or the viewer can't see it.",
      resolve: ({ ticketId }, _args, context) => findVisibleTicket(context, ticketId),
    }),
    label: t.field({
      type: "Label",
      nullable: true,
      description: "The label; null for tickets without one, or if the report isn't grouped by label.",
      resolve: (group, _args, context) => rowOf(context, keyFor(group, "LABEL")),
    }),
    totals: t.field({ type: TimeTotals, description: "Its sums.", resolve: (group) => toTotals(group) }),
  }),
});

const orderTexts: Record<ReportOrder, string> = {
  NAME: "By the displayed keys, in the order of groupBy and ignoring case; days, weeks and months chronologically.",
  MINUTES: "By the sum of durations.",
  BILLED_MINUTES: "By the sum of billed minutes.",
  AMOUNT: "By the amount in the organization's default currency; groups without such an amount sort below zero.",
};

const groupList: ListSpec = {
  name: "TimeReportGroup",
  orders: Object.fromEntries(
    Object.entries(orderColumns).map(([field, order]) => [
      field,
      { ...order, description: orderTexts[field as ReportOrder] },
    ]),
  ),
  defaultOrder: { field: "NAME", direction: "ASC" },
};

const TimeReportGroupOrder = orderInput(groupList);
const TimeReportGroupConnection = connectionType("TimeReportGroup", TimeReportGroup, false);

export const TimeReport = builder.objectRef<ReportShape>("TimeReport").implement({
  description: "A report on finished time.",
  fields: (t) => ({
    totals: t.field({
      type: TimeTotals,
      description: "The sums over the whole filtered set, counting each entry once.",
      resolve: ({ where }, _args, context) => readTotals(context, where),
    }),
    groups: t.field({
      type: TimeReportGroupConnection,
      description: "The groups; empty without groupBy.",
      args: {
        orderBy: t.arg({ type: TimeReportGroupOrder, description: "The order. Default: NAME ASC." }),
        ...pageArgs(t),
      },
      resolve: async ({ where, groupBy }, args, context) => {
        // A cursor is valid only for the grouping it came from.
        const page = readPage(
          context,
          { ...groupList, name: `TimeReportGroup ${groupBy.join(" ")}` },
          args as PageArgs,
        );
        if (groupBy.length === 0) return page.connect<GroupShape>([], async () => 0);
        const order = (args.orderBy ?? groupList.defaultOrder) as { field: ReportOrder; direction: "ASC" | "DESC" };
        const rows = await readGroups(context, where, groupBy, order, page);
        return page.connect(
          rows.map((row) => ({ ...row, groupBy })),
          () => countGroups(context, where, groupBy),
        );
      },
    }),
  }),
});
