import { can, type Viewer } from "../access/viewer.ts";

/**
 * What the viewer can do with the ticket, from the same table that the operations check. A ticket in the
 * trash can only be restored; a merged ticket can only be deleted.
 */
export function ticketAbilities(
  viewer: Viewer,
  ticket: { assigneeId: string | null; deletedAt: Date | null; mergedIntoId: string | null },
) {
  const isAtWork = ticket.deletedAt === null && ticket.mergedIntoId === null;
  return {
    reply: isAtWork && can(viewer, "ticket.reply", ticket),
    note: isAtWork && can(viewer, "note.write", ticket),
    update: isAtWork && can(viewer, "ticket.update", ticket),
    assign: isAtWork && can(viewer, "ticket.assign", ticket),
    delete: can(viewer, "ticket.delete", ticket),
    merge: isAtWork && can(viewer, "ticket.delete", ticket),
    logTime: isAtWork && can(viewer, "time.log", ticket),
  };
}
