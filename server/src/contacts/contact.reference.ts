import type { Prisma } from "../db/index.ts";
import type { ContactRef } from "../inputs/references.ts";

/** The row that a reference means; any of a contact's addresses finds it, without case. */
export function contactWhere({ id, email, externalId }: ContactRef): Prisma.ContactWhereInput {
  if (id !== undefined) return { id };
  return email !== undefined
    ? { addresses: { some: { addressKey: email.toLowerCase() } } }
    : { externalId: externalId as string };
}
