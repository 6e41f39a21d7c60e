import { builtInRoles } from "../access/permissions.ts";
import { builtInRoleTexts } from "../access/roles.ts";
import { nameColumns } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import type { Write } from "../writes/write.ts";

export interface NewOrganization {
  name: string;
  ticketPrefix: string;
  defaultCurrency: string;
  timeZone: string;
}

/** Creates the organization that the transaction is bound to, with its four built-in roles. */
export async function insertOrganization(
  { tx, viewer, now, record }: Write,
  fields: NewOrganization,
): Promise<{ adminRoleId: string }> {
  const { organizationId } = viewer;
  const stamps = { createdAt: now, updatedAt: now };
  await tx.organization.create({ data: { id: organizationId, ...fields, ...stamps } });
  await tx.changeHead.create({ data: { organizationId } });
  const roles = builtInRoles.map((builtIn) => ({
    organizationId,
    id: newUuid(now.getTime()),
    builtIn,
    ...builtInRoleTexts[builtIn],
    ...nameColumns(builtInRoleTexts[builtIn].name),
    ...stamps,
  }));
  await tx.role.createMany({ data: roles });
  record({ kind: "organization.created", subjectId: organizationId, before: null, after: { ...fields } });
  return { adminRoleId: (roles.find(({ builtIn }) => builtIn === "ADMIN") as { id: string }).id };
}
