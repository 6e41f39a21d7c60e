/** Contacts follow the domains of companies, except where a person linked or unlinked them by hand. */

import type { ContactModel as Contact } from "../db/index.ts";
import { lockTickets, updateTickets } from "../tickets/ticket.steps.ts";
import { batchSize } from "../writes/deferred.ts";
import { lockNames, lockRows } from "../writes/lock.ts";
import { saveRows } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { domainCandidates, domainPathRange } from "./company.domain.ts";
import { contactEntity } from "./contact.entity.ts";

/**
 * The active company with the longest domain that the address is at or below. These domains are locked until the
 * commit: a call that adds or moves one looks for contacts and would miss this one.
 */
export async function findCompanyOfAddress(write: Write, address: string): Promise<string | null> {
  const names = domainCandidates(address).map((domain) => `domain ${domain}`);
  await lockNames(write, names, { isShared: true });
  return (await companiesOf(write, [address]))(address);
}

/**
 * Relinks the contacts at or below a domain after it was added, removed or moved: one batch immediately, the
 * rest by a job.
 */
export async function linkContacts(write: Write, domain: string): Promise<void> {
  const last = await linkBatch(write, domain, null);
  if (last) await write.defer({ kind: "CONTACTS_LINK", domain });
}

/** Links one batch past an id. Returns the last id when there may be more, else null. */
export async function linkBatch(write: Write, domain: string, after: string | null): Promise<string | null> {
  const { tx } = write;
  const where = {
    domainPath: domainPathRange(domain),
    OR: [{ companySource: null }, { companySource: "DOMAIN" }],
    ...(after ? { id: { gt: after } } : {}),
  };
  const found = await tx.contact.findMany({ where, select: { id: true }, orderBy: { id: "asc" }, take: batchSize });
  const ids = found.map(({ id }) => id);
  await lockRows(write, "contacts", ids);
  const contacts = await tx.contact.findMany({ where: { AND: [where, { id: { in: ids } }] }, orderBy: { id: "asc" } });
  const companyOf = await companiesOf(
    write,
    contacts.map(({ emailKey }) => emailKey as string),
  );
  const byCompany = Map.groupBy(contacts, ({ emailKey }) => companyOf(emailKey as string));
  for (const [companyId, group] of byCompany) await link(write, group, companyId, companyId ? "DOMAIN" : null);
  return found.length < batchSize ? null : (ids.at(-1) as string);
}

/** Gives contacts their company. When it is a contact's first, its tickets without a company get it too. */
export async function link(
  write: Write,
  contacts: Contact[],
  companyId: string | null,
  companySource: "DOMAIN" | "MANUAL" | null,
): Promise<void> {
  const changing = contacts.filter(
    (contact) => contact.companyId !== companyId || (companySource === "MANUAL" && contact.companySource !== "MANUAL"),
  );
  if (changing.length === 0) return;
  await saveRows(write, contactEntity, "contact.updated", changing, { companyId, companySource });
  const first = changing.filter((contact) => contact.companyId === null && companyId !== null).map(({ id }) => id);
  if (companyId === null || first.length === 0) return;
  await giveFirstCompany(write, first, companyId);
}

/** Gives tickets without a company their contact's first one. */
export async function giveFirstCompany(write: Write, contactIds: string[], companyId: string): Promise<void> {
  // The tickets that a round changes no longer match in the next one.
  for (let more = true; more; ) {
    const tickets = await lockTickets(write, { contactId: { in: contactIds }, companyId: null });
    await updateTickets(write, tickets, { companyId });
    more = tickets.length === batchSize;
  }
}

/** Finds the active company with the longest domain for each address, in one statement for all. */
async function companiesOf({ tx }: Write, addresses: string[]): Promise<(address: string) => string | null> {
  const candidates = [...new Set(addresses.flatMap(domainCandidates))];
  const domains = await tx.companyDomain.findMany({
    where: { domain: { in: candidates }, company: { archivedAt: null } },
    select: { domain: true, companyId: true },
  });
  const byDomain = new Map(domains.map(({ domain, companyId }) => [domain, companyId]));
  return (address) => {
    const longest = domainCandidates(address).find((domain) => byDomain.has(domain));
    return (longest && byDomain.get(longest)) ?? null;
  };
}
