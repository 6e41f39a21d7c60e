import { describedEnum } from "../schema/enums.ts";

export const OutboundMailboxMode = describedEnum("OutboundMailboxMode", "The mailbox that sends replies.", {
  RECEIVING: "The mailbox that received the ticket.",
  DEFAULT: "Always the default mailbox.",
});

export const ClosedTicketReply = describedEnum(
  "ClosedTicketReply",
  "The effect of a customer's message to a closed ticket.",
  {
    FOLLOW_UP: "Opens a new ticket that follows up on the closed one.",
    REOPEN: "Reopens the ticket within `reopenWithinDays`, otherwise acts as FOLLOW_UP.",
  },
);
