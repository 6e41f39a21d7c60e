import { can, type Viewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import type { CompanyModel as Company, Prisma } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { notFound } from "../errors.ts";
import { type CompanyRef, describeRef } from "../inputs/references.ts";
import { toKey } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";

/** Without contact.view only the id finds a company: the viewer sees neither domains nor externalId. */
export function companyWhere({ id, domain, externalId }: CompanyRef, viewer: Viewer): Prisma.CompanyWhereInput {
  if (id !== undefined) return { id };
  if (!can(viewer, "contact.view")) return { id: { in: [] } };
  return domain !== undefined ? { domains: { some: { domain: toKey(domain) } } } : { externalId: externalId as string };
}

/** @throws NOT_FOUND */
export async function getCompany({ tx, viewer }: Write, ref: CompanyRef): Promise<Company> {
  const row = await tx.company.findFirst({ where: { AND: [visibleCompanies(viewer), companyWhere(ref, viewer)] } });
  if (!row) throw notFound(describeRef("Company", ref));
  return row;
}

export async function insertCompany(
  { tx, viewer, now, record }: Write,
  { domains, ...fields }: { name: string; domains: string[]; ticketPrefix: string | null; notes: string | null },
): Promise<string> {
  const { organizationId } = viewer;
  const row = await tx.company.create({
    data: {
      organizationId,
      id: newUuid(now.getTime()),
      ...fields,
      nameKey: toKey(fields.name),
      createdAt: now,
      updatedAt: now,
    },
  });
  await tx.companyDomain.createMany({
    data: domains.map((domain) => ({
      organizationId,
      companyId: row.id,
      domain: toKey(domain),
      createdAt: now,
    })),
  });
  const { organizationId: _organization, nameKey: _key, ...image } = row;
  record({ kind: "company.created", subjectId: row.id, before: null, after: { ...image, domains } });
  return row.id;
}
