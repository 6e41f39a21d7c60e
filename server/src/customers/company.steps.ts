/** Writes companies inside a transaction. The operation's permission is not checked here. */

import { can, type Viewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import type { CompanyModel as Company, Prisma } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { alreadyExists } from "../inputs/clash.ts";
import type { CompanyRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { nameColumns } from "../lib/key.ts";
import { domainKey, domainSearchKey, shownDomain } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { lockNames } from "../writes/lock.ts";
import { findRow, type Lookup, lockRow } from "../writes/lookup.ts";
import { differing, recordCreated, saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { companyEntity } from "./company.entity.ts";
import { dropFormerExternalId, findCompanyOnceCalled, findKeptCompany } from "./company.former.steps.ts";
import { maxDomains } from "./company.input.ts";
import { linkContacts } from "./contact.link.steps.ts";
import { isPublicDomain } from "./public-domains.ts";

/** Without contact.view only the id finds a company, because the viewer sees neither domains nor externalId. */
export function companyWhere({ id, domain, externalId }: CompanyRef, viewer: Viewer): Prisma.CompanyWhereInput {
  if (id !== undefined) return { id };
  if (!can(viewer, "contact.view")) return { id: { in: [] } };
  return domain !== undefined
    ? { domains: { some: { domain: domainKey(domain) } } }
    : { externalId: externalId as string };
}

export const companies: Lookup<CompanyRef> = {
  type: "Company",
  table: "companies",
  where: (ref, viewer) => companyWhere(ref, viewer) as Condition,
  findKept: findKeptCompany,
};

/** @throws NOT_FOUND */
export const getCompany = ({ tx, viewer }: Write, ref: CompanyRef): Promise<Company> =>
  findRow(tx, viewer, companies, ref);

/** @throws ALREADY_EXISTS when another company has the externalId */
async function refuseTaken(write: Write, externalId: string | null | undefined, ownId?: string): Promise<void> {
  if (!externalId) return;
  const { tx, viewer } = write;
  await lockNames(write, [`company ${externalId}`]);
  const others = { externalId, ...(ownId ? { NOT: { id: ownId } } : {}) };
  const taken =
    (await tx.company.findFirst({ where: others, select: { id: true } })) ??
    (await findFormer(write, externalId, ownId));
  if (!taken) return;
  const seen = await tx.company.findFirst({
    where: { AND: [visibleCompanies(viewer), { id: taken.id }] },
    select: { id: true, name: true },
  });
  const owner = seen && { name: `Company "${seen.name}"`, details: { companyId: seen.id } };
  throw alreadyExists({ what: "company", field: "externalId", value: externalId, owner });
}

/** The other company that the externalId still finds after a merge. A company can take its own former one back. */
async function findFormer(write: Write, externalId: string, ownId?: string): Promise<{ id: string } | null> {
  const id = await findCompanyOnceCalled(write.tx, externalId);
  if (id === null) return null;
  if (id !== ownId) return { id };
  await dropFormerExternalId(write, ownId, externalId);
  return null;
}

export type LockedCompany = Company & { domains: string[] };

/** The company under its lock, with its domains, sorted. @throws NOT_FOUND */
export async function lockCompany(write: Write, ref: CompanyRef): Promise<LockedCompany> {
  const include = { domains: { select: { domain: true } } };
  const row = await lockRow<Company & { domains: { domain: string }[] }, CompanyRef>(write, companies, ref, {
    include,
  });
  return { ...row, domains: row.domains.map(({ domain }) => domain).sort() };
}

export interface CompanyFields {
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  hourlyRate?: string | null | undefined;
  currency?: string | null | undefined;
  ticketPrefix?: string | null | undefined;
}

/** Creates a company and links the contacts of its domains. */
export async function insertCompany(
  write: Write,
  { domains, name, ...fields }: CompanyFields & { name: string; domains: string[] },
): Promise<string> {
  const { tx, viewer, now } = write;
  await refuseTaken(write, fields.externalId);
  const row = await tx.company.create({
    data: {
      organizationId: viewer.organizationId,
      id: newUuid(now.getTime()),
      ...nameColumns(name),
      ...columnsOf(companyEntity, fields),
      createdAt: now,
      updatedAt: now,
    },
  });
  const own = [...new Set(domains)].sort();
  await addDomains(write, row, own, ["input", "domains"]);
  recordCreated(write, companyEntity, "company.created", { ...row, domains: own });
  for (const domain of own) await linkContacts(write, domain);
  return row.id;
}

interface CompanyPatch extends CompanyFields {
  name?: string | undefined;
  addDomains?: readonly string[] | null | undefined;
  removeDomains?: readonly string[] | null | undefined;
}

/** Changes what differs; contacts follow the domains. Returns false when nothing differed. */
export async function updateCompany(write: Write, company: LockedCompany, patch: CompanyPatch): Promise<boolean> {
  const { tx } = write;
  const { name, addDomains: wanted, removeDomains, ...fields } = patch;
  const removed = (removeDomains ?? []).filter((domain) => company.domains.includes(domain));
  const added = [...new Set(wanted ?? [])].filter((domain) => !company.domains.includes(domain));
  const both = (wanted ?? []).find((domain) => removeDomains?.includes(domain));
  if (both)
    throw invalid(
      ["input", "removeDomains"],
      `${shownDomain(both)} can't be both added and removed; name it in one list only.`,
      "CONTRADICTION",
    );
  if (fields.externalId !== company.externalId) await refuseTaken(write, fields.externalId, company.id);
  const columns = differing(company, columnsOf(companyEntity, { ...fields, ...(name === undefined ? {} : { name }) }));
  if (Object.keys(columns).length + removed.length + added.length === 0) return false;
  if (removed.length > 0) await tx.companyDomain.deleteMany({ where: { domain: { in: removed } } });
  const domains = [...company.domains.filter((domain) => !removed.includes(domain)), ...added].sort();
  if (domains.length > maxDomains)
    throw invalid(
      ["input", "addDomains"],
      `A company can have at most ${maxDomains} domains; remove some first.`,
      "TOO_MANY",
    );
  await addDomains(write, company, added, ["input", "addDomains"]);
  await saveRow(write, companyEntity, "company.updated", company, columns, { isChanged: true, after: { domains } });
  for (const domain of [...removed, ...added]) await linkContacts(write, domain);
  return true;
}

/** Whether the company has the given values already. */
export function hasFields(company: Company, fields: CompanyFields): boolean {
  return Object.keys(differing(company, columnsOf(companyEntity, fields))).length === 0;
}

/** @throws PUBLIC_DOMAIN, DOMAIN_TAKEN */
async function addDomains(write: Write, company: Company, domains: string[], path: string[]): Promise<void> {
  const { tx, viewer, now } = write;
  const issue = (message: string, code: string) => ({ issues: [{ path, message, code }] });
  for (const domain of domains) {
    if (!isPublicDomain(domain)) continue;
    const message = `Anybody can have an address at ${shownDomain(domain)}, so it can't be a company's domain; link the contacts by hand.`;
    throw new DomainError("PUBLIC_DOMAIN", message, {
      ...issue(message, "PUBLIC_DOMAIN"),
      details: { domain: shownDomain(domain) },
    });
  }
  await lockNames(
    write,
    domains.map((domain) => `domain ${domain}`),
  );
  const taken = await tx.companyDomain.findFirst({
    where: { domain: { in: domains } },
    select: { domain: true, company: { select: { id: true, name: true } } },
  });
  if (taken) {
    const { domain, company: other } = taken;
    const isSeen = can(viewer, "contact.view");
    const owner = isSeen ? other.name : "another company";
    const message = `The domain ${shownDomain(domain)} belongs to ${owner}; use that company, or remove the domain there first. If both are the same company, merge them.`;
    const details = { domain: shownDomain(domain), ...(isSeen ? { companyId: other.id } : {}) };
    throw new DomainError("DOMAIN_TAKEN", message, { ...issue(message, "DOMAIN_TAKEN"), details });
  }
  await tx.companyDomain.createMany({
    data: domains.map((domain) => ({
      organizationId: viewer.organizationId,
      companyId: company.id,
      domain,
      searchKey: domainSearchKey(domain),
      createdAt: now,
    })),
  });
}
