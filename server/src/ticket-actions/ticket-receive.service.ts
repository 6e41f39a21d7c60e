import { z } from "zod";
import { getNamedContact, keepTyped } from "../customers/contact.named.steps.ts";
import { ticketRef } from "../inputs/references.ts";
import { parseBody } from "../messages/message.body.ts";
import { operation } from "../operations/operation.ts";
import { getTicket } from "../tickets/ticket.find.steps.ts";
import { invalid } from "../wire/errors.ts";
import { messageReceiveInput } from "./ticket.input.ts";
import { receiveMessage } from "./ticket.receive.steps.ts";

export const messageReceive = operation({
  permission: "ticket.create",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef.describe("The ticket that the message belongs to."),
    input: messageReceiveInput.describe("The message."),
  }),
  async run(write, { ticket: ref, input }) {
    const parsed = parseBody(input);
    const ticket = await getTicket(write, ref);
    const named = await getNamedContact(write, input.from ?? { id: ticket.contactId });
    const { contact, email } = named;
    if (contact.isBlocked)
      throw invalid(
        ["input", "from"],
        `Contact "${named.typed?.name ?? contact.name}" is blocked, so its messages are refused; unblock the contact first (contactUpdate).`,
        "BLOCKED",
      );
    const ids = await receiveMessage(
      write,
      ticket,
      { id: contact.id, email },
      { ...parsed, externalId: input.externalId },
    );
    await keepTyped(write, ids.ticketId, [named]);
    return { ids };
  },
});
