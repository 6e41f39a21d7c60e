import type { Write } from "../writes/write.ts";

/** The prefix of a new ticket's code: its company's own, else the organization's. */
export async function prefixFor({ tx, viewer }: Write, companyId: string | null): Promise<string> {
  const company = companyId
    ? await tx.company.findFirst({ where: { id: companyId }, select: { ticketPrefix: true } })
    : null;
  if (company?.ticketPrefix) return company.ticketPrefix;
  const organization = await tx.organization.findFirstOrThrow({
    where: { id: viewer.organizationId },
    select: { ticketPrefix: true },
  });
  return organization.ticketPrefix;
}
