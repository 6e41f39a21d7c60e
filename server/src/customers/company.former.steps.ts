/** The ids and externalIds of companies from before they were merged into another. */
import { can, type Viewer } from "../access/viewer.ts";
import type { CompanyModel as Company, TenantClient } from "../db/index.ts";
import { formerValue, formerValues } from "../inputs/former.ts";
import type { CompanyRef } from "../inputs/references.ts";
import type { Write } from "../writes/write.ts";

type Reader = Pick<TenantClient, "companyFormer">;

/** The company that the referenced one was merged into; without contact.view by id only, as in `companyWhere`. */
export async function findKeptCompany(db: Reader, ref: CompanyRef, viewer: Viewer): Promise<string | null> {
  const former = formerValue(ref);
  if (!former || (former.kind === "EXTERNAL_ID" && !can(viewer, "contact.view"))) return null;
  const row = await db.companyFormer.findFirst({ where: { ...former }, select: { companyId: true } });
  return row?.companyId ?? null;
}

/** The company that the one with this externalId was merged into. No permission is checked here. */
export async function findCompanyOnceCalled(db: Reader, externalId: string): Promise<string | null> {
  const where = { kind: "EXTERNAL_ID", value: externalId };
  const row = await db.companyFormer.findFirst({ where, select: { companyId: true } });
  return row?.companyId ?? null;
}

/** From here on, every id and externalId that the one company has or had finds the other. */
export async function moveIdentity({ tx, viewer, now }: Write, other: Company, kept: Company): Promise<void> {
  await tx.companyFormer.updateMany({ where: { companyId: other.id }, data: { companyId: kept.id } });
  await tx.companyFormer.createMany({
    data: formerValues(other, kept).map((one) => ({
      organizationId: viewer.organizationId,
      companyId: kept.id,
      ...one,
      createdAt: now,
    })),
  });
}

/** Drops a former externalId that becomes the company's own again. */
export async function dropFormerExternalId({ tx }: Write, companyId: string, value: string): Promise<void> {
  await tx.companyFormer.deleteMany({ where: { companyId, kind: "EXTERNAL_ID", value } });
}
