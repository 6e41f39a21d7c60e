import { z } from "zod";
import { moneyPermissions } from "../access/permissions.ts";
import { can, type Viewer } from "../access/viewer.ts";
import { requireRepeated } from "../inputs/former.ts";
import { bothOf, keptOf, type MergedField, mergeNotes, packMerged } from "../inputs/merged.ts";
import { companyRef } from "../inputs/references.ts";
import { requireRightsOf } from "../inputs/rights.ts";
import { domainKey } from "../lib/mail-address.ts";
import { operation } from "../operations/operation.ts";
import { lockTickets, updateTickets } from "../tickets/ticket.steps.ts";
import { invalid } from "../wire/errors.ts";
import { batchSize } from "../writes/deferred.ts";
import { lockRows } from "../writes/lock.ts";
import { moveRows } from "../writes/move-rows.ts";
import { recordDeleted, saveRow } from "../writes/save-row.ts";
import type { Write } from "../writes/write.ts";
import { companyEntity } from "./company.entity.ts";
import { moveIdentity } from "./company.former.steps.ts";
import { companyUpdateInput, maxDomains } from "./company.input.ts";
import { getCompany, type LockedCompany, lockCompany } from "./company.steps.ts";
import { link } from "./contact.link.steps.ts";

export const companyMerge = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    company: companyRef.describe("The company to merge and delete."),
    into: companyRef.describe("The company to keep."),
  }),
  async run(write, refs) {
    const { tx, viewer, now } = write;
    const ids = [(await getCompany(write, refs.company)).id, (await getCompany(write, refs.into)).id] as const;
    if (ids[0] === ids[1]) return { ids: { companyId: ids[0], ...requireRepeated("company", refs.company, ids[0]) } };
    await lockRows(write, "companies", ids);
    const other = await lockCompany(write, { id: ids[0] });
    const kept = await lockCompany(write, { id: ids[1] });
    if (other.id === kept.id)
      return { ids: { companyId: kept.id, ...requireRepeated("company", refs.company, kept.id) } };
    if (kept.archivedAt)
      throw invalid(
        ["into"],
        `Company "${kept.name}" is archived; restore it first (companyArchive with isArchived: false).`,
        "ARCHIVED",
      );
    // A property with a permission of its own neither moves nor disappears without that permission.
    const { hourlyRate, currency, ticketPrefix } = other;
    requireRightsOf(viewer, companyUpdateInput, {
      ...(hourlyRate === null ? {} : { hourlyRate: hourlyRate.toString() }),
      ...(currency === null ? {} : { currency }),
      ...(ticketPrefix === null ? {} : { ticketPrefix }),
    });
    // Two forms of one domain, stored before a release made them equal, become one row here.
    const all = [...kept.domains, ...other.domains];
    const doubled = all.filter((domain) => domainKey(domain) !== domain && all.includes(domainKey(domain)));
    await tx.companyDomain.deleteMany({ where: { domain: { in: doubled } } });
    const domains = all.filter((domain) => !doubled.includes(domain)).sort();
    if (domains.length > maxDomains)
      throw invalid(
        ["into"],
        `Together they have ${domains.length} domains, and a company can have at most ${maxDomains}; remove some first.`,
      );
    await tx.companyDomain.updateMany({ where: { companyId: other.id }, data: { companyId: kept.id } });
    await moveEverything(write, other.id, kept.id);
    await moveIdentity(write, other, kept);
    await tx.company.delete({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: other.id } },
    });
    const organization = await tx.organization.findFirstOrThrow({ select: { defaultCurrency: true } });
    const both = together(kept, other, organization.defaultCurrency, now);
    await saveRow(write, companyEntity, "company.merged", kept, both, { isChanged: true, after: { domains } });
    recordDeleted(write, companyEntity, "company.deleted", other);
    const fields = keptOfBoth(kept, other, takesRate(kept, other, organization.defaultCurrency));
    // A viewer who can't see rates must not learn that one is set.
    const seen = fields.filter((one) => !one || seesRates(viewer) || !["hourlyRate", "currency"].includes(one.field));
    return { ids: { companyId: kept.id, deletedId: other.id, kept: packMerged(seen) } };
  },
});

/** Moves contacts, which keep how they were linked, and tickets, including those in the trash. */
async function moveEverything(write: Write, from: string, to: string): Promise<void> {
  for (let more = true; more; ) {
    const contacts = await write.tx.contact.findMany({
      where: { companyId: from },
      orderBy: { id: "asc" },
      take: batchSize,
    });
    await lockRows(
      write,
      "contacts",
      contacts.map(({ id }) => id),
    );
    const bySource = Map.groupBy(contacts, ({ companySource }) => companySource);
    for (const [source, group] of bySource) await link(write, group, to, source as "DOMAIN" | "MANUAL" | null);
    more = contacts.length === batchSize;
  }
  for (let more = true; more; ) {
    const tickets = await lockTickets(write, { companyId: from });
    await updateTickets(write, tickets, { companyId: to });
    more = tickets.length === batchSize;
  }
  await moveRows(write, "TimeEntry", { companyId: from }, { companyId: to });
}

const seesRates = (viewer: Viewer) => moneyPermissions.some((permission) => can(viewer, permission));

/** The notes of both; of everything else, the kept company takes over what it lacks. */
function together(kept: LockedCompany, other: LockedCompany, defaultCurrency: string, now: Date) {
  return {
    notes: mergeNotes(kept.notes, other.notes, other.name, now),
    externalId: kept.externalId ?? other.externalId,
    ticketPrefix: kept.ticketPrefix ?? other.ticketPrefix,
    ...(takesRate(kept, other, defaultCurrency) ? { hourlyRate: other.hourlyRate, currency: other.currency } : {}),
  };
}

/** A rate moves with its currency and never changes what the kept one's own means: 100 EUR never become 100 USD. */
function takesRate(kept: LockedCompany, other: LockedCompany, defaultCurrency: string): boolean {
  if (kept.hourlyRate !== null) return false;
  return kept.currency === null || kept.currency === (other.currency ?? defaultCurrency);
}

function keptOfBoth(kept: LockedCompany, other: LockedCompany, isRateTaken: boolean): (MergedField | null)[] {
  const money = (field: "hourlyRate" | "currency") =>
    keptOf(field, isRateTaken ? null : (kept[field] ?? "none"), other[field]);
  return [
    keptOf("name", kept.name, other.name),
    bothOf("domains", kept.domains.length > 0, other.domains.length > 0),
    bothOf("notes", kept.notes !== null, other.notes !== null),
    bothOf("externalId", kept.externalId !== null, other.externalId !== null),
    keptOf("ticketPrefix", kept.ticketPrefix, other.ticketPrefix),
    ...(other.hourlyRate === null && other.currency === null && kept.hourlyRate === null && kept.currency === null
      ? []
      : [money("hourlyRate"), money("currency")]),
  ];
}
