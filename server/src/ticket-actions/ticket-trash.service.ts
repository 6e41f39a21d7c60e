import { z } from "zod";
import { requireReach } from "../access/viewer.ts";
import { visibleTrash } from "../access/visibility.ts";
import { ticketRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { getOwnTicket } from "../tickets/ticket.find.steps.ts";
import { updateTicket } from "../tickets/ticket.steps.ts";

export const ticketDelete = operation({
  permission: "ticket.delete",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket to delete."),
  }),
  async run(write, { ticket: ref }) {
    const ticket = await getOwnTicket(write, ref);
    requireReach(write.viewer, "ticket.delete", ticket);
    await updateTicket(write, ticket, { deletedAt: write.now });
    return { ids: { ticketId: ticket.id } };
  },
});

export const ticketRestore = operation({
  permission: "ticket.delete",
  errors: ["NOT_FOUND"],
  input: z.object({
    ticket: ticketRef.describe("The ticket to restore; `tickets(filter: {isDeleted: true})` lists the trash."),
  }),
  async run(write, { ticket: ref }) {
    const ticket = await getOwnTicket(write, ref, visibleTrash(write.viewer), "in the trash");
    await updateTicket(write, ticket, { deletedAt: null });
    return { ids: { ticketId: ticket.id } };
  },
});
