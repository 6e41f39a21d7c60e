import { describedEnum } from "../schema/enums.ts";
import type { ticketPriorities } from "./ticket.priority.ts";
import type { ticketStatuses } from "./ticket.status.ts";

export const TicketStatus = describedEnum<(typeof ticketStatuses)[number]>("TicketStatus", "The status of a ticket.", {
  OPEN: "New, or being worked on.",
  PENDING: "Waiting for the customer or something outside.",
  RESOLVED: "Answered and awaiting confirmation.",
  CLOSED: "Done and archived.",
});

export const TicketPriority = describedEnum<(typeof ticketPriorities)[number]>(
  "TicketPriority",
  "The priority of a ticket.",
  {
    LOW: "Can wait (shown in grey).",
    NORMAL: "The default (shown in blue).",
    HIGH: "To be answered soon (shown in orange).",
    URGENT: "To be answered now (shown in red).",
  },
);

export const TicketChannel = describedEnum("TicketChannel", "The channel that a ticket came in through.", {
  EMAIL: "Received by e-mail.",
  API: "Created by an API key.",
  MANUAL: "Created by a member.",
});
