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
  description:
    "The tenant: tickets, contacts, members and settings belong to exactly one, and nothing is visible across.",
  idDescription: "The global id, for the header `X-Organization-Id`.",
  fields: {
    name: line(200, {
      description: "The name.",
      inputs: { create: "The name, at most 200 characters.", update: "The name; can't be cleared." },
    }),
    ticketPrefix: ticketPrefix({
      description: "The prefix of ticket codes, unique on this server.",
      inputs: {
        create:
          "The prefix of ticket codes: 2 to 10 characters of A-Z and 0-9, starting with a letter, unique on this server.",
        update:
          "The prefix of codes of new tickets: 2 to 10 characters of A-Z and 0-9, starting with a letter, unique on this server. Existing codes stay.",
      },
    }),
    defaultCurrency: currency({
      description: "The default currency of rates.",
      inputs: {
        create: {
          description: "The default currency of rates.",
          defaultValue: "EUR",
        },
        update: {
          description:
            "The default currency of rates. Members' rates and the default rate are in it: changing it relabels them without converting amounts.",
          access: priced,
        },
      },
    }),
    timeZone: timeZone({
      description: "The time zone that defines a day: for bare dates in filters and days in reports.",
      inputs: {
        create: { description: "The time zone that defines a day.", defaultValue: "UTC" },
        update: "The time zone that defines a day.",
      },
    }),
    defaultHourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: {
        update: {
          description: "The hourly rate if neither the entry, the company nor the member has one; null for none.",
          access: priced,
        },
      },
    }),
    logoUrl: url({
      isNullable: true,
      description: "The address of the logo; null if there is none.",
      inputs: { update: "The address of the logo; null for none." },
    }),
    primaryColor: hexColor({
      isNullable: true,
      description: "The brand colour; null if there is none.",
      inputs: { update: "The brand colour; null for none." },
    }),
    emailSignature: longText(5_000, {
      isNullable: true,
      description: "The signature below replies sent by e-mail; null if there is none.",
      inputs: { update: "The signature below replies sent by e-mail, at most 5,000 characters; null for none." },
    }),
    outboundMailboxMode: enumeration("OutboundMailboxMode", outboundMailboxModes, {
      description: "The mailbox that sends replies.",
      inputs: { update: "The mailbox that sends replies." },
    }),
    closedTicketReply: enumeration("ClosedTicketReply", closedTicketReplies, {
      description: "The effect of a customer's message to a closed ticket.",
      inputs: { update: "The effect of a customer's message to a closed ticket." },
    }),
    reopenWithinDays: integerBetween(0, 365, {
      description: "The number of days after closing in which a message can reopen a ticket.",
      inputs: { update: "The number of days after closing in which a message can reopen a ticket: 0 to 365." },
    }),
    autoCloseResolvedAfterDays: integerBetween(1, 365, {
      isNullable: true,
      description: "The number of days after which a RESOLVED ticket closes automatically; null for never.",
      inputs: {
        update: "The number of days after which a RESOLVED ticket closes automatically: 1 to 365; null for never.",
      },
    }),
    billingIncrementMinutes: integerBetween(1, 240, {
      description: "The increment that billed minutes are rounded up to, in minutes.",
      inputs: { update: "The increment that billed minutes are rounded up to, in minutes: 1 to 240." },
    }),
    createdAt: instant({ description: "When it was created." }),
    updatedAt: instant({ description: "When its settings were last changed." }),
    version: integer({ description: "The version; it increases with every change of the settings." }),
  },
  inner: { plan: "The operator's." },
});
