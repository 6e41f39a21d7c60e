import { memberId } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import type { MemberModel as Member } from "../db/index.ts";
import { imageOf } from "../entities/image.ts";
import { memberWhere } from "../inputs/member-reference.ts";
import { describeRef, type MemberRef } from "../inputs/references.ts";
import { nameColumns } from "../lib/key.ts";
import { addressKey } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { DomainError, notFound } from "../wire/errors.ts";
import { readLocked } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { memberEntity } from "./member.entity.ts";

export interface NewMember {
  userId: string;
  name: string;
  email: string;
  roleId: string;
  hourlyRate?: string | null;
  /** Default: a new id. Given when the actor is the member being created. */
  id?: string;
}

/** Makes a user a member; a user who was removed before returns as the same member, with their history. */
export async function insertMember(
  { tx, viewer, now, record }: Write,
  { id, userId, hourlyRate = null, ...fields }: NewMember,
): Promise<Member> {
  const { organizationId } = viewer;
  const earlier = await tx.member.findFirst({ where: { userId, removedAt: { not: null } } });
  const keys = { emailKey: addressKey(fields.email), ...nameColumns(fields.name) };
  const data = { ...fields, ...keys, hourlyRate, updatedAt: now };
  const row = earlier
    ? await tx.member.update({
        where: { organizationId_id: { organizationId, id: earlier.id } },
        data: { ...data, isActive: true, removedAt: null, successorId: null, version: { increment: 1 } },
      })
    : await tx.member.create({
        data: { organizationId, id: id ?? newUuid(now.getTime()), userId, ...data, createdAt: now },
      });
  record({ kind: "member.created", subjectId: row.id, before: null, after: imageOf(memberEntity, row) });
  return row;
}

/**
 * @throws ALREADY_EXISTS when the address belongs to a member; for a deactivated one the message tells how to
 * reactivate it
 */
export async function refuseMember({ tx }: Write, email: string): Promise<void> {
  const member = await tx.member.findFirst({
    where: { emailKey: addressKey(email), removedAt: null },
    select: { id: true, name: true, isActive: true },
  });
  if (!member) return;
  throw new DomainError(
    "ALREADY_EXISTS",
    member.isActive
      ? `${email} belongs to ${member.name}, who is already a member of the organization; change their role with memberUpdate.`
      : `${email} belongs to ${member.name}, a deactivated member; reactivate them with memberUpdate and isActive: true.`,
    { details: { memberId: member.id } },
  );
}

/** A member who hasn't left, locked. @throws NOT_FOUND */
export async function lockMember(write: Write, ref: MemberRef): Promise<Member> {
  const { tx, viewer } = write;
  const named = { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] };
  const where = { AND: [named, { removedAt: null }] };
  const found = await tx.member.findFirst({ where: named, select: { id: true, name: true, removedAt: true } });
  if (found?.removedAt)
    throw new DomainError(
      "NOT_FOUND",
      `${found.name} has left the organization; invite their address to bring them back.`,
    );
  const member = await readLocked(write, "members", found, (id) =>
    tx.member.findFirst({ where: { AND: [{ id }, where] } }),
  );
  if (!member) throw notFound(describeRef("Member", ref));
  return member;
}

/**
 * Keeps at least one active admin. The caller holds the organization's lock, so that two admins can't demote each
 * other.
 *
 * @throws LAST_ADMIN
 */
export async function requireNotLastAdmin({ tx }: Write, member: Member): Promise<void> {
  const admins = { isActive: true, role: { is: { builtIn: "ADMIN" } } };
  const isAdmin = await tx.member.count({ where: { AND: [{ id: member.id }, admins] } });
  if (isAdmin === 0) return;
  const others = await tx.member.count({ where: { AND: [{ id: { not: member.id } }, admins] } });
  if (others > 0) return;
  throw new DomainError(
    "LAST_ADMIN",
    `${member.name} is the last active admin of the organization; give another member the role Admin first.`,
  );
}
