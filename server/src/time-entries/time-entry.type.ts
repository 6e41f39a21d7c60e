import { memberId, requireViewer } from "../access/viewer.ts";
import { moneyPermissions, seesMoney, visibleTimeEntries } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { fromDate } from "../lib/calendar.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, type ListSpec, orderInput, type PageArgs, readPage } from "../schema/connections.ts";
import { Node } from "../schema/interfaces.ts";
import {
  countFor,
  findVisibleCompany,
  findVisibleContact,
  findVisibleMessage,
  findVisibleTicket,
  loaderOf,
} from "../schema/loaders.ts";
import { Money, toMoney } from "../schema/money.ts";
import { pageArgs, relatedPage } from "../schema/related.ts";
import { toGlobalId } from "../wire/ids.ts";
import { RateSourceEnum } from "./time-entry.enums.ts";
import type { RateSource } from "./time-entry.rate.ts";
import { timeEntryAbilities } from "./time-entry.service.ts";
import { noTime, readTotalsBy, type TotalsShape } from "./time-totals.read.ts";
import { TimeTotals } from "./time-totals.type.ts";
import { isStale } from "./timer.steps.ts";

export const timeEntryList: ListSpec = {
  name: "TimeEntry",
  orders: {
    WORKED_ON: { column: "workedOn", kind: "instant", description: "The day of the work." },
    CREATED_AT: { column: "createdAt", kind: "instant", description: "When it was logged or started." },
  },
  defaultOrder: { field: "WORKED_ON", direction: "DESC" },
};

export const TimeEntryOrder = orderInput(timeEntryList);

const TimeEntryAbilities = builder.objectRef<ReturnType<typeof timeEntryAbilities>>("TimeEntryAbilities").implement({
  description: "What the viewer may do with a time entry.",
  fields: (t) => ({
    update: t.exposeBoolean("update", { description: "Change it; an invoiced one is fixed." }),
    delete: t.exposeBoolean("delete", { description: "Delete it, or discard the running timer." }),
    stop: t.exposeBoolean("stop", { description: "Stop it: one's own running timer." }),
  }),
});

/** Rates show with a permission for money. */
const rates = { nullable: true, access: { permission: moneyPermissions } } as const;

/** Amounts too, and those of one's own time without. */
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
  description:
    "Work on a ticket by a member, or a timer that still runs. It keeps code, subject, company and contact of the ticket as they were: what becomes of the ticket changes no past sum.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("TimeEntry", id) }),
    member: t.relation("member", { description: "Whose time it is." }),
    ticket: t.field({
      type: "Ticket" as never,
      nullable: true,
      select: { ticketId: true },
      description: "The ticket, the kept one after a merge; null when it is gone or the viewer can't see it.",
      resolve: ({ ticketId }, _args, context) => findVisibleTicket(context, ticketId) as never,
    }),
    ticketCode: t.exposeString("ticketCode", { description: "The ticket's code when the time was logged." }),
    ticketSubject: t.exposeString("ticketSubject", { description: "The ticket's subject when the time was logged." }),
    company: t.field({
      type: "Company" as never,
      nullable: true,
      select: { companyId: true },
      description:
        "The company that the ticket had when the time was logged; null without one, or when the viewer can't see it.",
      resolve: ({ companyId }, _args, context) => findVisibleCompany(context, companyId) as never,
    }),
    contact: t.field({
      type: "Contact" as never,
      nullable: true,
      select: { contactId: true },
      description: "The contact that the ticket had when the time was logged; null when the viewer can't see it.",
      resolve: ({ contactId }, _args, context) => findVisibleContact(context, contactId) as never,
    }),
    message: t.field({
      type: "Message" as never,
      nullable: true,
      select: { messageId: true },
      description: "The reply or note that it was logged with; null without one, or when the viewer can't see it.",
      resolve: ({ messageId }, _args, context) => findVisibleMessage(context, messageId) as never,
    }),
    description: t.exposeString("description", { description: "What was done; may be empty." }),
    isBillable: t.exposeBoolean("isBillable", { description: "Whether it is billed." }),
    workedOn: t.field({
      type: "Date",
      select: { workedOn: true },
      description: "The day of the work; of a timer, the day on which it was started.",
      resolve: ({ workedOn }) => fromDate(workedOn),
    }),
    durationMinutes: t.exposeInt("durationMinutes", {
      nullable: true,
      description: "How long it took, in minutes: 1 to 1,440; null while the timer runs.",
    }),
    billedMinutes: t.exposeInt("billedMinutes", {
      nullable: true,
      description:
        "The duration rounded up to the organization's billing increment of then; null while the timer runs.",
    }),
    startedAt: t.expose("startedAt", {
      type: "DateTime",
      nullable: true,
      description: "When its timer was started; null when it was logged without one.",
    }),
    isRunning: t.boolean({
      select: { durationMinutes: true },
      description: "Whether its timer runs.",
      resolve: ({ durationMinutes }) => durationMinutes === null,
    }),
    isStale: t.boolean({
      select: { durationMinutes: true, startedAt: true },
      description: "Whether its timer has run for more than 10 hours: it stops only with a duration.",
      resolve: (entry, _args, context) => isStale(entry, context.clock.now()),
    }),
    rate: t.field({
      type: Money,
      ...rates,
      select: { rate: true, currency: true },
      description:
        "What an hour costs, frozen when the time was logged; null while the timer runs, without a rate, and without a permission for money.",
      resolve: ({ rate, currency }) => toMoney(rate, currency as string),
    }),
    rateSource: t.field({
      type: RateSourceEnum,
      ...rates,
      select: { rateSource: true },
      description: "Where the rate came from; null while the timer runs, and without a permission for money.",
      resolve: ({ rateSource }) => rateSource as RateSource | null,
    }),
    currency: t.expose("currency", {
      type: "CurrencyCode",
      ...rates,
      description:
        "The currency of rate and amount, also where there is no rate; null while the timer runs, and without a permission for money.",
    }),
    amount: t.field({
      type: Money,
      ...amounts,
      select: { memberId: true, amount: true, currency: true },
      description:
        "Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 when not billable, null while the timer runs, without a rate, and to who may not see it.",
      resolve: ({ memberId: owner, amount, currency }, _args, context) =>
        isShown(context, owner) ? toMoney(amount, currency as string) : null,
    }),
    invoiceReference: t.exposeString("invoiceReference", {
      nullable: true,
      description: "The invoice that it is on, which makes it fixed; null: none.",
    }),
    invoicedOn: t.field({
      type: "Date",
      nullable: true,
      select: { invoicedOn: true },
      description: "The day of the invoice; null: none.",
      resolve: ({ invoicedOn }) => invoicedOn && fromDate(invoicedOn),
    }),
    invoicedAt: t.expose("invoicedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was put on the invoice; null: it wasn't.",
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
      description: "What the viewer may do with it, by the same rules that the mutations ask.",
      resolve: ({ ticket, ...entry }, _args, context) => timeEntryAbilities(requireViewer(context), entry, ticket),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was logged or started." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes; for `expectedVersion`." }),
  }),
});

export const TimeEntryConnection = connectionType("TimeEntry", TimeEntry, true);
const NestedTimeEntryConnection = connectionType("TimeEntry", TimeEntry, false, "NestedTimeEntryConnection");

builder.prismaObjectFields("Ticket", (t) => ({
  timeEntries: t.field({
    type: NestedTimeEntryConnection,
    description: "The time logged on it and timers that run, by the day of the work, the latest first.",
    args: pageArgs(t),
    select: (args, context, nested) =>
      relatedPage(
        context,
        timeEntryList,
        args as PageArgs,
        "timeEntries",
        "TimeEntry",
        nested as never,
        visibleTimeEntries(requireViewer(context)),
      ) as never,
    resolve: (ticket, args, context) =>
      readPage(context, timeEntryList, args as PageArgs).connect(
        (ticket as unknown as { timeEntries: { id: string }[] }).timeEntries,
        () => countEntries(context, (ticket as unknown as { id: string }).id),
      ) as never,
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
    description: "The sums of the finished time entries that were logged for it and that the viewer can see.",
    resolve: (company, _args, context) => summaryOf(context, "companyId", (company as unknown as { id: string }).id),
  }),
}));

/** One statement for all tickets or companies of a list. */
function summaryOf(context: Context, column: "ticketId" | "companyId", id: string): Promise<TotalsShape> {
  const visible = visibleTimeEntries(requireViewer(context));
  const load = (ids: readonly string[]) => readTotalsBy(context, column, ids, visible);
  return loaderOf(context, `time by ${column}`, load, noTime).load(id);
}

function countEntries(context: Context, ticketId: string): Promise<number> {
  return countFor(context, "time entries by ticket", ticketId, async (ids) => {
    const groups = await context.db.timeEntry.groupBy({
      by: ["ticketId"],
      where: { AND: [visibleTimeEntries(requireViewer(context)), { ticketId: { in: ids } }] },
      _count: { id: true },
    });
    return groups.map((group) => ({ parentId: group.ticketId as string, count: group._count.id }));
  });
}
