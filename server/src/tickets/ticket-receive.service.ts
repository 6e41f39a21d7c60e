import { z } from "zod";
import { operation } from "../access/operation.ts";
import { findOrInsertContact, getContact } from "../contacts/contact.steps.ts";
import { invalid } from "../errors.ts";
import { externalId } from "../inputs/fields.ts";
import { ticketRef } from "../inputs/references.ts";
import { parseBody } from "../messages/message.body.ts";
import { body, customer } from "./ticket.fields.ts";
import { getTicket } from "./ticket.find.steps.ts";
import { receiveMessage } from "./ticket.receive.ts";

export const messageReceive = operation({
  permission: "ticket.create",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    ticket: ticketRef,
    input: z.object({ ...body, externalId: externalId.nullish(), from: customer.nullish() }),
  }),
  async run(write, { ticket: ref, input }) {
    const parsed = parseBody(input);
    const ticket = await getTicket(write, ref);
    const { person, ...from } = input.from ?? { id: ticket.contactId };
    const sender = person
      ? await findOrInsertContact(write, { name: person.name ?? null, email: person.email })
      : await getContact(write, from);
    if (sender.isBlocked)
      throw invalid(
        ["input", "from"],
        `Contact "${sender.name}" is blocked, so its messages are refused; unblock it first (contactUpdate).`,
        "BLOCKED",
      );
    return { ids: { ...(await receiveMessage(write, ticket, sender, { ...parsed, externalId: input.externalId })) } };
  },
});
