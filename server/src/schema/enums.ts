import { permissionEnumValue, permissionNames, permissions, type Reach, reaches } from "../access/permissions.ts";
import { errorCodes } from "../errors.ts";
import type { ticketPriorities } from "../tickets/ticket.priority.ts";
import type { ticketStatuses } from "../tickets/ticket.status.ts";
import type { RateSource } from "../time-entries/time-entry.rate.ts";
import { builder } from "./builder.ts";

/** An enum whose values are described, each once. */
export function describedEnum<const Value extends string>(
  name: string,
  description: string,
  values: Record<Value, string>,
) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      Object.entries(values).map(([value, text]) => [value, { description: text as string }]),
    ) as Record<Value, { description: string }>,
  });
}

export const TicketStatus = describedEnum<(typeof ticketStatuses)[number]>("TicketStatus", "Where a ticket stands.", {
  OPEN: "New, or being worked on.",
  PENDING: "Waits for the customer or something outside.",
  RESOLVED: "The answer is given and awaits confirmation.",
  CLOSED: "Done and archived.",
});

export const TicketPriority = describedEnum<(typeof ticketPriorities)[number]>(
  "TicketPriority",
  "How urgent a ticket is.",
  {
    LOW: "Can wait (shown grey).",
    NORMAL: "The default (shown blue).",
    HIGH: "Soon (shown orange).",
    URGENT: "Now (shown red).",
  },
);

export const TicketChannel = describedEnum("TicketChannel", "How a ticket came in.", {
  EMAIL: "By mail.",
  API: "Created by an API key.",
  MANUAL: "Created by a member.",
});

export const MessageVisibility = describedEnum("MessageVisibility", "Who sees a message.", {
  PUBLIC: "A reply: the customer sees it.",
  INTERNAL: "A note: members only, it never leaves.",
});

export const MessageDirection = describedEnum("MessageDirection", "Which way a public message went.", {
  INBOUND: "From the customer.",
  OUTBOUND: "To the customer.",
});

export const DeliveryState = describedEnum("DeliveryState", "Whether a message goes out by mail.", {
  NONE: "Nothing is sent.",
  QUEUED: "Waits to be sent.",
});

export const RateSourceEnum = describedEnum<RateSource>("RateSource", "Where an entry's rate came from.", {
  ENTRY: "Given for the entry itself.",
  COMPANY: "The company's.",
  MEMBER: "The member's.",
  ORGANIZATION: "The organization's default.",
  NONE: "Nobody has set a rate that fits: the entry has no price, and can't be invoiced.",
});

export const CompanySource = describedEnum("CompanySource", "How a contact came to its company.", {
  DOMAIN: "By the domain of its address; follows a moved or removed domain.",
  MANUAL: "By a person; never overridden, also when the person removed the link.",
});

export const OutboundMailboxMode = describedEnum("OutboundMailboxMode", "Through which mailbox replies go out.", {
  RECEIVING: "The one that received the ticket.",
  DEFAULT: "Always the default one.",
});

export const ClosedTicketReply = describedEnum(
  "ClosedTicketReply",
  "What a customer's message to a closed ticket does.",
  {
    FOLLOW_UP: "Opens a new ticket that follows up the closed one.",
    REOPEN: "Reopens the ticket within `reopenWithinDays`, else as FOLLOW_UP.",
  },
);

export const OrderDirection = describedEnum(
  "OrderDirection",
  "Ascending or descending; what has no value comes last either way.",
  {
    ASC: "Smallest, oldest or first in the alphabet first.",
    DESC: "Largest, newest or last in the alphabet first.",
  },
);

export const Permission = builder.enumType("Permission", {
  description: "A right that a role can grant.",
  values: Object.fromEntries(
    permissionNames.map((name) => [
      permissionEnumValue(name),
      { value: name as string, description: `\`${name}\`: ${permissions[name].description}.` },
    ]),
  ),
});

const reachTexts: Record<Reach, string> = {
  ASSIGNED: "Tickets assigned to the member.",
  AVAILABLE: "Tickets assigned to the member or to nobody.",
  ALL: "All tickets.",
};

export const ReachEnum = describedEnum<Reach>(
  "Reach",
  "How far a ticket permission goes.",
  Object.fromEntries(reaches.map((reach) => [reach, reachTexts[reach]])) as Record<Reach, string>,
);

describedEnum("ErrorCode", "What `extensions.code` of an error can be.", errorCodes);
