import { requireViewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { Node } from "../schema/interfaces.ts";
import { Money, toMoney } from "../schema/money.ts";
import { toGlobalId } from "../wire/ids.ts";
import { ClosedTicketReply, OutboundMailboxMode } from "./organization.enums.ts";

export const Organization = builder.prismaObject("Organization", {
  description: "The tenant: tickets, contacts, members and settings belong to exactly one, and nothing crosses.",
  interfaces: [Node] as never,
  select: { id: true },
  findUnique: ({ id }) => ({ id }),
  fields: (t) => ({
    id: t.id({
      description: "The global id, for the header `X-Organization-Id`.",
      resolve: ({ id }) => toGlobalId("Organization", id),
    }),
    name: t.exposeString("name", { description: "The name." }),
    ticketPrefix: t.exposeString("ticketPrefix", { description: "The prefix of ticket codes, unique on this server." }),
    defaultCurrency: t.expose("defaultCurrency", {
      type: "CurrencyCode",
      description: "The currency of rates without another.",
    }),
    timeZone: t.expose("timeZone", {
      type: "TimeZone",
      description: "What a day is here: bare dates in filters, days in reports.",
    }),
    defaultHourlyRate: t.field({
      type: Money,
      nullable: true,
      access: { permission: ["report.view", "time.manage", "team.manage"] },
      select: { defaultHourlyRate: true, defaultCurrency: true },
      description:
        "The hourly rate where nothing closer says another; null when not set or without a permission for money.",
      resolve: ({ defaultHourlyRate, defaultCurrency }) => toMoney(defaultHourlyRate, defaultCurrency),
    }),
    logoUrl: t.expose("logoUrl", { type: "URL", nullable: true, description: "The logo; null without one." }),
    primaryColor: t.expose("primaryColor", {
      type: "HexColor",
      nullable: true,
      description: "The colour of the brand; null without one.",
    }),
    emailSignature: t.exposeString("emailSignature", {
      nullable: true,
      description: "What stands below replies by mail; null: nothing.",
    }),
    outboundMailboxMode: t.field({
      type: OutboundMailboxMode,
      select: { outboundMailboxMode: true },
      description: "Through which mailbox replies go out.",
      resolve: ({ outboundMailboxMode }) => outboundMailboxMode as never,
    }),
    closedTicketReply: t.field({
      type: ClosedTicketReply,
      select: { closedTicketReply: true },
      description: "What a customer's message to a closed ticket does.",
      resolve: ({ closedTicketReply }) => closedTicketReply as never,
    }),
    reopenWithinDays: t.exposeInt("reopenWithinDays", {
      description: "For how many days after closing a message may reopen a ticket.",
    }),
    autoCloseResolvedAfterDays: t.exposeInt("autoCloseResolvedAfterDays", {
      nullable: true,
      description: "After how many days a RESOLVED ticket closes by itself; null: never.",
    }),
    billingIncrementMinutes: t.exposeInt("billingIncrementMinutes", {
      description: "To what billed minutes are rounded up.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When its settings changed last." }),
    version: t.exposeInt("version", { description: "Counts the changes of its settings." }),
  }),
});

const currencies = new WeakMap<Context, Promise<string>>();

/** The organization's default currency, read once a request. */
export function currencyOf(context: Context): Promise<string> {
  let currency = currencies.get(context);
  if (!currency) {
    const where = { id: requireViewer(context).organizationId };
    currency = context.db.organization
      .findFirstOrThrow({ where, select: { defaultCurrency: true } })
      .then((organization) => organization.defaultCurrency);
    currencies.set(context, currency);
  }
  return currency;
}
