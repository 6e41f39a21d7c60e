import { moneyPermissions } from "../access/permissions.ts";
import { entity } from "../entities/entity.ts";
import {
  currency,
  decimal,
  enumeration,
  hexColor,
  instant,
  integer,
  integerBetween,
  line,
  longText,
  ticketPrefix,
  timeZone,
  url,
} from "../entities/kinds.ts";

export const outboundMailboxModes = ["RECEIVING", "DEFAULT"] as const;
export const closedTicketReplies = ["FOLLOW_UP", "REOPEN"] as const;

const priced = { permission: "time.manage" } as const;

export const organizationEntity = entity("Organization", {
  description: "The tenant: tickets, contacts, members and settings belong to exactly one, and nothing crosses.",
  idDescription: "The global id, for the header `X-Organization-Id`.",
  fields: {
    name: line(200, {
      description: "The name.",
      inputs: { create: "The name, at most 200 characters.", update: "The name; can't be cleared." },
    }),
    ticketPrefix: ticketPrefix({
      description: "The prefix of ticket codes, unique on this server.",
      inputs: {
        create: "The prefix of ticket codes: 2 to 10 of A-Z and 0-9, a letter first, unique on this server.",
        update:
          "The prefix of new tickets' codes: 2 to 10 of A-Z and 0-9, a letter first, unique on this server. Old codes stay.",
      },
    }),
    defaultCurrency: currency({
      description: "The currency of rates without another.",
      inputs: {
        create: {
          description: "The currency of rates without another.",
          defaultValue: "EUR",
        },
        update: {
          description:
            "The currency of rates without another. Members' rates and the default rate are in it: changing it relabels them and converts nothing.",
          access: priced,
        },
      },
    }),
    timeZone: timeZone({
      description: "What a day is here: bare dates in filters, days in reports.",
      inputs: {
        create: { description: "What a day is there.", defaultValue: "UTC" },
        update: "What a day is here.",
      },
    }),
    defaultHourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: {
        update: {
          description: "The hourly rate where nothing closer says another; null: none.",
          access: priced,
        },
      },
    }),
    logoUrl: url({
      isNullable: true,
      description: "The logo; null without one.",
      inputs: { update: "The logo; null: none." },
    }),
    primaryColor: hexColor({
      isNullable: true,
      description: "The colour of the brand; null without one.",
      inputs: { update: "The colour of the brand; null: none." },
    }),
    emailSignature: longText(5_000, {
      isNullable: true,
      description: "What stands below replies by mail; null: nothing.",
      inputs: { update: "What stands below replies by mail, at most 5,000 characters; null: nothing." },
    }),
    outboundMailboxMode: enumeration("OutboundMailboxMode", outboundMailboxModes, {
      description: "Through which mailbox replies go out.",
      inputs: { update: "Through which mailbox replies go out." },
    }),
    closedTicketReply: enumeration("ClosedTicketReply", closedTicketReplies, {
      description: "What a customer's message to a closed ticket does.",
      inputs: { update: "What a customer's message to a closed ticket does." },
    }),
    reopenWithinDays: integerBetween(0, 365, {
      description: "For how many days after closing a message may reopen a ticket.",
      inputs: { update: "For how many days after closing a message may reopen a ticket: 0 to 365." },
    }),
    autoCloseResolvedAfterDays: integerBetween(1, 365, {
      isNullable: true,
      description: "After how many days a RESOLVED ticket closes by itself; null: never.",
      inputs: { update: "After how many days a RESOLVED ticket closes by itself: 1 to 365; null: never." },
    }),
    billingIncrementMinutes: integerBetween(1, 240, {
      description: "To what billed minutes are rounded up.",
      inputs: { update: "To what billed minutes are rounded up: 1 to 240." },
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When its settings changed last." }),
    version: integer({ description: "Counts the changes of its settings." }),
  },
  inner: { plan: "The operator's." },
});
