import { describedEnum } from "../schema/enums.ts";

export const MessageVisibility = describedEnum("MessageVisibility", "The visibility of a message.", {
  PUBLIC: "A message that the customer sees.",
  INTERNAL: "A note: only members see it, and it is never sent.",
});

export const MessageDirection = describedEnum("MessageDirection", "The direction of a public message.", {
  INBOUND: "From the customer.",
  OUTBOUND: "To the customer.",
});

export const DeliveryState = describedEnum("DeliveryState", "The state of a message's delivery by e-mail.", {
  NONE: "Nothing is to be sent.",
  QUEUED: "Waiting to be sent.",
});
