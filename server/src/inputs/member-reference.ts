import type { Prisma } from "../db/index.ts";
import { toKey } from "../lib/key.ts";
import { addressKey } from "../lib/mail-address.ts";
import type { MemberRef, RoleRef } from "./references.ts";

/** The row of a reference; `self` is the viewer's member id, null for an API key. */
export function memberWhere({ id, email, isMe }: MemberRef, self: string | null): Prisma.MemberWhereInput {
  if (isMe) return self ? { id: self } : { id: { in: [] } };
  return id !== undefined ? { id } : { emailKey: addressKey(email as string), removedAt: null };
}

export function roleWhere({ id, name }: RoleRef): Prisma.RoleWhereInput {
  return id !== undefined ? { id } : { nameKey: toKey(name as string) };
}
