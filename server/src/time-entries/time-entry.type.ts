import { moneyPermissions } from "../access/permissions.ts";
import { memberId, requireViewer } from "../access/viewer.ts";
import { seesMoney, visibleTimeEntries } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { listOf } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import {
  findVisibleCompany,
  findVisibleContact,
  findVisibleMessage,
  findVisibleTicket,
  loaderOf,
} from "../schema/loaders.ts";
import { Money, toMoney } from "../schema/money.ts";
import { relatedList } from "../schema/related.ts";
import { timeEntryEntity } from "./time-entry.entity.ts";
import { timeEntryAbilities } from "./time-entry.service.ts";
import { noTime, readTotalsBy, type TotalsShape } from "./time-totals.read.ts";
import { TimeTotals } from "./time-totals.type.ts";
import { isStale } from "./timer.steps.ts";

export const TimeEntryOrder = orderInput(listOf("TimeEntry"));

const TimeEntryAbilities = builder.objectRef<ReturnType<typeof timeEntryAbilities>>("TimeEntryAbilities").implement({
  description: "What the viewer can do with a time entry.",
  fields: (t) => ({
    update: t.exposeBoolean("update", { description: "Whether the viewer can change it; an invoiced entry is fixed." }),
    delete: t.exposeBoolean("delete", {
      description: "Whether the viewer can delete it, or discard the running timer.",
    }),
    stop: t.exposeBoolean("stop", { description: "Whether the viewer can stop it: true for their own running timer." }),
  }),
});

/** Rates are visible with a permission for money. */
const rates = { nullable: true, access: { permission: moneyPermissions } } as const;

/** So are amounts; those of the viewer's own time need no permission. */
const amounts = {
  nullable: true,
  isViewersOwn: true,
  access: { permission: moneyPermissions, isEnforcedHere: false },
} as const;

function isShown(context: Context, owner: string): boolean {
  const viewer = requireViewer(context);
  return seesMoney(viewer) || owner === memberId(viewer);
}

export const TimeEntry = builder.prismaObject("TimeEntry", {
  ...objectOf(timeEntryEntity),
  fields: (t) => ({
    ...fieldsOf(t, timeEntryEntity),
    member: t.relation("member", { description: "The member whose time it is." }),
    ticket: t.field({
      type: "Ticket",
      nullable: true,
      select: { ticketId: true },
      description: "The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it.",
      resolve: ({ ticketId }, _args, context) => findVisibleTicket(context, ticketId),
    }),
    company: t.field({
      type: "Company",
      nullable: true,
      select: { companyId: true },
      description:
        "The company that the ticket had when the time was logged; null if there was none or the viewer can't see it.",
      resolve: ({ companyId }, _args, context) => findVisibleCompany(context, companyId),
    }),
    contact: t.field({
      type: "Contact",
      nullable: true,
      select: { contactId: true },
      description: "The contact that the ticket had when the time was logged; null if the viewer can't see it.",
      resolve: ({ contactId }, _args, context) => findVisibleContact(context, contactId),
    }),
    message: t.field({
      type: "Message",
      nullable: true,
      select: { messageId: true },
      description: "The reply or note that it was logged with; null if there is none or the viewer can't see it.",
      resolve: ({ messageId }, _args, context) => findVisibleMessage(context, messageId),
    }),
    isRunning: t.boolean({
      select: { durationMinutes: true },
      description: "Whether its timer is running.",
      resolve: ({ durationMinutes }) => durationMinutes === null,
    }),
    isStale: t.boolean({
      select: { durationMinutes: true, startedAt: true },
      description: "Whether its timer has run for more than 10 hours; stopping it then requires a duration.",
      resolve: (entry, _args, context) => isStale(entry, context.clock.now()),
    }),
    rate: t.field({
      type: Money,
      ...rates,
      select: { rate: true, currency: true },
      description:
        "The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.",
      resolve: ({ rate, currency }) => toMoney(rate, currency as string),
    }),
    amount: t.field({
      type: Money,
      ...amounts,
      select: { memberId: true, amount: true, currency: true },
      description:
        "Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.",
      resolve: ({ memberId: owner, amount, currency }, _args, context) =>
        isShown(context, owner) ? toMoney(amount, currency as string) : null,
    }),
    viewerCan: t.field({
      type: TimeEntryAbilities,
      isViewersOwn: true,
      select: {
        memberId: true,
        durationMinutes: true,
        invoiceReference: true,
        ticket: { select: { assigneeId: true } },
      },
      description: "What the viewer can do with it, by the same rules that the mutations enforce.",
      resolve: ({ ticket, ...entry }, _args, context) => timeEntryAbilities(requireViewer(context), entry, ticket),
    }),
  }),
});

export const TimeEntryConnection = connectionType("TimeEntry", TimeEntry, true);
const NestedTimeEntryConnection = connectionType("TimeEntry", TimeEntry, false, "NestedTimeEntryConnection");

builder.prismaObjectFields("Ticket", (t) => ({
  timeEntries: relatedList(t, {
    connection: NestedTimeEntryConnection,
    of: "TimeEntry",
    relation: "timeEntries",
    parent: "ticketId",
    description: "The time logged on it and running timers, by day of the work, latest first.",
    where: (context) => visibleTimeEntries(requireViewer(context)) as Condition,
  }),
  timeSummary: t.field({
    type: TimeTotals,
    isViewersOwn: true,
    description: "The sums of the finished time entries on it.",
    resolve: (ticket, _args, context) => summaryOf(context, "ticketId", (ticket as unknown as { id: string }).id),
  }),
}));

builder.prismaObjectFields("Company", (t) => ({
  timeSummary: t.field({
    type: TimeTotals,
    isViewersOwn: true,
    description: "The sums of the finished time entries logged for it that the viewer can see.",
    resolve: (company, _args, context) => summaryOf(context, "companyId", (company as unknown as { id: string }).id),
  }),
}));

/** One statement for all tickets or companies of a list. */
function summaryOf(context: Context, column: "ticketId" | "companyId", id: string): Promise<TotalsShape> {
  const visible = visibleTimeEntries(requireViewer(context));
  const load = (ids: readonly string[]) => readTotalsBy(context, column, ids, visible);
  return loaderOf(context, `time by ${column}`, load, noTime).load(id);
}
