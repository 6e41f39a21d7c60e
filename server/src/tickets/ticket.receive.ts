import type { Write } from "../db/write.ts";
import { parseBody } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { changeStatus } from "./ticket.status.ts";
import { type LockedTicket, updateTicket } from "./ticket.steps.ts";

/** Takes in a customer's message: somebody waits for an answer now, and what rested is OPEN again. */
export async function receiveMessage(
  write: Write,
  ticket: LockedTicket,
  contact: { id: string; email: string | null },
  bodyText: string,
): Promise<string> {
  const { now } = write;
  const message = await insertMessage(write, {
    ticketId: ticket.id,
    visibility: "PUBLIC",
    direction: "INBOUND",
    contactId: contact.id,
    fromAddress: contact.email,
    ...parseBody({ bodyText }),
  });
  const rests = ticket.status === "PENDING" || ticket.status === "RESOLVED";
  await updateTicket(write, ticket, {
    ...(rests ? changeStatus(ticket, "OPEN", now) : {}),
    lastActivityAt: now,
    waitingSince: ticket.waitingSince ?? now,
  });
  return message.id;
}
