import { describedEnum } from "../schema/enums.ts";

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
