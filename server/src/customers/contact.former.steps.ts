/** The ids, externalIds and addresses that contacts had before a merge, or before an address was removed. */
import { can, type Viewer } from "../access/viewer.ts";
import type { ContactModel as Contact, TenantClient } from "../db/index.ts";
import { formerValue, formerValues } from "../inputs/former.ts";
import type { ContactRef } from "../inputs/references.ts";
import type { Write } from "../writes/write.ts";

type Reader = Pick<TenantClient, "contactFormer">;

/** The contact that the referenced one was merged into; without contact.view by id only, as in `contactWhere`. */
export async function findKeptContact(db: Reader, ref: ContactRef, viewer: Viewer): Promise<string | null> {
  const former = formerValue(ref);
  if (!former || (former.kind === "EXTERNAL_ID" && !can(viewer, "contact.view"))) return null;
  const row = await db.contactFormer.findFirst({ where: { ...former }, select: { contactId: true } });
  return row?.contactId ?? null;
}

/** The contact that the one with this externalId was merged into. No permission is checked here. */
export async function findContactOnceCalled(db: Reader, externalId: string): Promise<string | null> {
  const where = { kind: "EXTERNAL_ID", value: externalId };
  const row = await db.contactFormer.findFirst({ where, select: { contactId: true } });
  return row?.contactId ?? null;
}

/** Keeps addresses that a contact no longer has, so that erasing the contact finds them. */
export async function keepFormerAddresses(
  { tx, viewer, now }: Write,
  contactId: string,
  keys: string[],
): Promise<void> {
  const { organizationId } = viewer;
  if (keys.length === 0) return;
  await tx.contactFormer.createMany({
    data: keys.map((value) => ({ organizationId, contactId, kind: "ADDRESS", value, createdAt: now })),
    skipDuplicates: true,
  });
}

/** From here on, every id and externalId that the one contact has or had finds the other. */
export async function moveIdentity({ tx, viewer, now }: Write, other: Contact, kept: Contact): Promise<void> {
  const { organizationId } = viewer;
  // An address that both once had becomes one row of the kept contact.
  await tx.$executeRaw`
    insert into contact_former (organization_id, contact_id, kind, value, created_at)
    select organization_id, ${kept.id}::uuid, kind, value, created_at from contact_former
    where organization_id = ${organizationId}::uuid and contact_id = ${other.id}::uuid and kind = 'ADDRESS'
    on conflict do nothing`;
  await tx.contactFormer.deleteMany({ where: { contactId: other.id, kind: "ADDRESS" } });
  await tx.contactFormer.updateMany({ where: { contactId: other.id }, data: { contactId: kept.id } });
  await tx.contactFormer.createMany({
    data: formerValues(other, kept).map((one) => ({ organizationId, contactId: kept.id, ...one, createdAt: now })),
  });
}

/** Drops a former externalId that becomes the contact's own again. */
export async function dropFormerExternalId({ tx }: Write, contactId: string, value: string): Promise<void> {
  await tx.contactFormer.deleteMany({ where: { contactId, kind: "EXTERNAL_ID", value } });
}
