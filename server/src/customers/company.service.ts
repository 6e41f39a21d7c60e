import { z } from "zod";
import { can, type Viewer } from "../access/viewer.ts";
import { requireOwnIdentity } from "../inputs/former.ts";
import { companyRef } from "../inputs/references.ts";
import { requireRightsOf } from "../inputs/rights.ts";
import { operation } from "../operations/operation.ts";
import { DomainError } from "../wire/errors.ts";
import { batchSize } from "../writes/deferred.ts";
import { recordDeleted, saveRow } from "../writes/save-row.ts";
import { requireVersion } from "../writes/version.ts";
import { domainCandidates } from "./company.domain.ts";
import { companyEntity } from "./company.entity.ts";
import { companyCreateInput, companyUpdateInput } from "./company.input.ts";
import { insertCompany, lockCompany, updateCompany } from "./company.steps.ts";
import { link, linkContacts } from "./contact.link.steps.ts";
import { lockContact } from "./contact.steps.ts";
import { isPublicDomain } from "./public-domains.ts";

export const companyCreate = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS", "DOMAIN_TAKEN", "PUBLIC_DOMAIN"],
  input: z.object({
    input: companyCreateInput.describe("The company to create."),
  }),
  async run(write, { input: { contact: ref, domains, ...fields } }) {
    requireRightsOf(write.viewer, companyUpdateInput, fields);
    const contact = ref ? await lockContact(write, ref) : null;
    // The longest candidate is the address's whole domain.
    const [own] = contact?.email ? domainCandidates(contact.email) : [];
    const taken = own && (await write.tx.companyDomain.count({ where: { domain: own } })) > 0;
    const fromContact = own && !taken && !isPublicDomain(own) ? [own] : [];
    const companyId = await insertCompany(write, { ...fields, domains: [...(domains ?? []), ...fromContact] });
    if (contact) {
      // The contact may be linked by its domain already; still, a person decided that it belongs here.
      const current = await write.tx.contact.findFirstOrThrow({ where: { id: contact.id } });
      await link(write, [current], companyId, "MANUAL");
    }
    return { ids: { companyId } };
  },
});

export const companyUpdate = operation({
  permission: ["contact.manage", "time.manage", "organization.manage"],
  errors: ["NOT_FOUND", "ALREADY_EXISTS", "DOMAIN_TAKEN", "PUBLIC_DOMAIN"],
  input: z.object({
    company: companyRef.describe("The company."),
    input: companyUpdateInput.describe("The changes."),
  }),
  async run(write, { company: ref, input: { expectedVersion: expected, ...patch } }) {
    requireRightsOf(write.viewer, companyUpdateInput, patch);
    const company = await lockCompany(write, ref);
    await requireVersion(write, `Company "${company.name}"`, company, expected);
    await updateCompany(write, company, patch);
    return { ids: { companyId: company.id } };
  },
});

export const companyArchive = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND"],
  input: z.object({
    company: companyRef.describe("The company."),
    isArchived: z.boolean().nullish().describe("Whether to archive it (true) or restore it (false). Default: true."),
  }),
  async run(write, { company: ref, isArchived }) {
    const company = await lockCompany(write, ref);
    const archivedAt = (isArchived ?? true) ? write.now : null;
    if ((company.archivedAt === null) === (archivedAt === null)) return { ids: { companyId: company.id } };
    await saveRow(write, companyEntity, "company.archived", company, { archivedAt });
    // Links contacts that appeared at its domains in the meantime.
    if (!archivedAt) for (const domain of company.domains) await linkContacts(write, domain);
    return { ids: { companyId: company.id } };
  },
});

export const companyDelete = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "COMPANY_HAS_TICKETS"],
  input: z.object({
    company: companyRef.describe("The company."),
  }),
  async run(write, { company: ref }) {
    const { tx, viewer } = write;
    const company = await lockCompany(write, ref);
    requireOwnIdentity("company", ref, company);
    if ((await tx.ticket.count({ where: { companyId: company.id } })) > 0)
      throw new DomainError(
        "COMPANY_HAS_TICKETS",
        `Company "${company.name}" has tickets (those in the trash count), so it can't be deleted; archive it, or merge it into another.`,
      );
    if ((await tx.timeEntry.count({ where: { companyId: company.id } })) > 0)
      throw new DomainError(
        "COMPANY_HAS_TICKETS",
        `Time was logged for company "${company.name}", so it can't be deleted; archive it, or merge it into another.`,
      );
    for (let more = true; more; ) {
      const where = { companyId: company.id };
      const contacts = await tx.contact.findMany({ where, orderBy: { id: "asc" }, take: batchSize });
      await link(write, contacts, null, null);
      more = contacts.length === batchSize;
    }
    await tx.company.delete({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: company.id } },
    });
    recordDeleted(write, companyEntity, "company.deleted", company);
    for (const domain of company.domains) await linkContacts(write, domain);
    return { ids: { companyId: company.id } };
  },
});

/** What the viewer can do with a company. */
export function companyAbilities(viewer: Viewer) {
  const isManager = can(viewer, "contact.manage");
  return { update: isManager, archive: isManager, delete: isManager, merge: isManager };
}
