/** What members have to do with tickets: who may be given one, and who gets those of a leaver. */

import { memberId } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import type { MemberModel as Member } from "../db/index.ts";
import { memberWhere } from "../inputs/member-reference.ts";
import { describeRef, type MemberRef } from "../inputs/references.ts";
import { lockTickets, updateTickets } from "../tickets/ticket.steps.ts";
import { invalid, notFound } from "../wire/errors.ts";
import { batchSize } from "../writes/deferred.ts";
import type { Write } from "../writes/write.ts";

/**
 * The member that a ticket can be given to.
 *
 * @throws NOT_FOUND; VALIDATION when the member is deactivated or gone
 */
export async function getAssignableMember({ tx, viewer }: Write, ref: MemberRef, field = "assignee"): Promise<Member> {
  const member = await tx.member.findFirst({
    where: { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] },
  });
  if (!member) throw notFound(describeRef("Member", ref));
  if (member.isActive) return member;
  const message = `${member.name} is deactivated and can't be given tickets; choose an active member.`;
  throw invalid(["input", field], message, "INACTIVE_MEMBER");
}

/**
 * Gives a batch of the OPEN and PENDING tickets of somebody who isn't active to the successor, or to
 * nobody; what is left, and what comes back to OPEN later, the jobs find. True when nothing was left.
 */
export async function reassignTickets(write: Write, leaverId: string, successorId: string | null): Promise<boolean> {
  const tickets = await lockTickets(write, {
    assigneeId: leaverId,
    status: { in: ["OPEN", "PENDING"] },
    deletedAt: null,
  });
  await updateTickets(write, tickets, { assigneeId: successorId });
  if (tickets.length < batchSize) return true;
  write.wakeJobs();
  return false;
}
