/** Members and their tickets: who can be assigned one, and who gets those of a member who leaves. */

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
 * The member to assign a ticket to.
 *
 * @throws NOT_FOUND; VALIDATION when the member is deactivated or has left
 */
export async function getAssignableMember({ tx, viewer }: Write, ref: MemberRef, field = "assignee"): Promise<Member> {
  const member = await tx.member.findFirst({
    where: { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] },
  });
  if (!member) throw notFound(describeRef("Member", ref));
  if (member.isActive) return member;
  const message = `${member.name} is deactivated and can't be assigned tickets; choose an active member.`;
  throw invalid(["input", field], message, "INACTIVE_MEMBER");
}

/**
 * Assigns a batch of an inactive member's OPEN and PENDING tickets to the successor, or unassigns them. Jobs handle the
 * rest, and tickets reopened later. Returns true if none are left.
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
