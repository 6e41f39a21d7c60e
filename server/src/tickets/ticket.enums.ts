import { describedEnum } from "../schema/enums.ts";
import type { ticketPriorities } from "./ticket.priority.ts";
import type { ticketStatuses } from "./ticket.status.ts";

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
