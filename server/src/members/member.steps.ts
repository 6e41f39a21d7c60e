import { memberId } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import type { MemberModel as Member } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { DomainError, notFound } from "../errors.ts";
import { describeRef, type MemberRef } from "../inputs/references.ts";
import { toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import { memberWhere } from "./member.reference.ts";

export interface NewMember {
  userId: string;
  name: string;
  email: string;
  roleId: string;
  /** Default: a new one. Given where the writer is the member that is being made. */
  id?: string;
}

export async function insertMember({ tx, viewer, now, record }: Write, { id, ...fields }: NewMember): Promise<Member> {
  const row = await tx.member.create({
    data: {
      organizationId: viewer.organizationId,
      id: id ?? newUuid(now.getTime()),
      ...fields,
      emailKey: toKey(fields.email),
      createdAt: now,
      updatedAt: now,
    },
  });
  const { organizationId: _organization, userId: _user, emailKey: _key, ...image } = row;
  record({ kind: "member.created", subjectId: row.id, before: null, after: image });
  return row;
}

/**
 * The member that a ticket can be given to.
 *
 * @throws NOT_FOUND; VALIDATION when the member is deactivated or gone
 */
export async function getAssignableMember({ tx, viewer }: Write, ref: MemberRef): Promise<Member> {
  const member = await tx.member.findFirst({
    where: { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] },
  });
  if (!member) throw notFound(describeRef("Member", ref));
  if (member.isActive) return member;
  const message = `${member.name} is deactivated and can't be given tickets; choose an active member.`;
  throw new DomainError("VALIDATION", message, {
    issues: [{ path: ["input", "assignee"], message, code: "INACTIVE_MEMBER" }],
  });
}
