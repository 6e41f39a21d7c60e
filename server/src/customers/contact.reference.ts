import { can, type Viewer } from "../access/viewer.ts";
import type { Prisma } from "../db/index.ts";
import type { ContactRef } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";

/**
 * The row that a reference means. Any of a contact's addresses finds it, ignoring case. Without contact.view,
 * only what the viewer sees of a contact finds it: its id and its primary address.
 */
export function contactWhere({ id, email, externalId }: ContactRef, viewer: Viewer): Prisma.ContactWhereInput {
  const seesAll = can(viewer, "contact.view");
  if (id !== undefined) return { id };
  if (email === undefined) return seesAll ? { externalId: externalId as string } : { id: { in: [] } };
  return seesAll ? { addresses: { some: { addressKey: addressKey(email) } } } : { emailKey: addressKey(email) };
}
