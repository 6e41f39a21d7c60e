import { describedEnum } from "../schema/enums.ts";

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
