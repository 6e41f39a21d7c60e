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
  /** Default: a new one. Given where the writer is the member that is being made. */
  id?: string;
}

/** A user joins; who was removed before comes back as the same member, history and all. */
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

/** @throws ALREADY_EXISTS when the address belongs to a member, with the way back for one that was deactivated */
export async function refuseMember({ tx }: Write, email: string): Promise<void> {
  const member = await tx.member.findFirst({
    where: { emailKey: addressKey(email), removedAt: null },
    select: { id: true, name: true, isActive: true },
  });
  if (!member) return;
  throw new DomainError(
    "ALREADY_EXISTS",
    member.isActive
      ? `${email} belongs to ${member.name}, who is a member of the organization; change what they may do with memberUpdate.`
      : `${email} belongs to ${member.name}, a member who was deactivated; memberUpdate with isActive: true brings them back.`,
    { details: { memberId: member.id } },
  );
}

/** A member who hasn't left, under its lock. @throws NOT_FOUND */
export async function lockMember(write: Write, ref: MemberRef): Promise<Member> {
  const { tx, viewer } = write;
  const named = { AND: [visibleMembers(viewer), memberWhere(ref, memberId(viewer))] };
  const where = { AND: [named, { removedAt: null }] };
  const found = await tx.member.findFirst({ where: named, select: { id: true, name: true, removedAt: true } });
  if (found?.removedAt)
    throw new DomainError("NOT_FOUND", `${found.name} has left the organization; invite its address to bring it back.`);
  const member = await readLocked(write, "members", found, (id) =>
    tx.member.findFirst({ where: { AND: [{ id }, where] } }),
  );
  if (!member) throw notFound(describeRef("Member", ref));
  return member;
}

/**
 * Somebody must be left who may do everything. The caller holds the organization's lock, so that two
 * admins can't demote each other.
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
    `${member.name} is the last active admin of the organization; give the role Admin to somebody else first.`,
  );
}
