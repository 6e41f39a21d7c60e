import { z } from "zod";
import { can, type Viewer } from "../access/viewer.ts";
import { link, linkContacts } from "../contacts/contact.link.steps.ts";
import { lockContact } from "../contacts/contact.steps.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { requireOwnIdentity } from "../inputs/former.ts";
import { companyRef, contactRef } from "../inputs/references.ts";
import { operation } from "../operations/operation.ts";
import { DomainError } from "../wire/errors.ts";
import { requireVersion } from "../writes/version.ts";
import { batchSize } from "../writes/write.ts";
import { domainCandidates } from "./company.domain.ts";
import { companyFields, companyName, mailDomains } from "./company.fields.ts";
import { imageOf, insertCompany, lockCompany, requireFieldRights, updateCompany } from "./company.steps.ts";
import { isPublicDomain } from "./public-domains.ts";

export const companyCreate = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS", "DOMAIN_TAKEN", "PUBLIC_DOMAIN"],
  input: z.object({
    input: companyFields.extend({ name: companyName, domains: mailDomains.nullish(), contact: contactRef.nullish() }),
  }),
  async run(write, { input: { contact: ref, domains, ...fields } }) {
    requireFieldRights(write.viewer, fields);
    const contact = ref ? await lockContact(write, ref) : null;
    // The longest candidate is the address's whole domain.
    const [own] = contact?.email ? domainCandidates(contact.email) : [];
    const taken = own && (await write.tx.companyDomain.count({ where: { domain: own } })) > 0;
    const fromContact = own && !taken && !isPublicDomain(own) ? [own] : [];
    const companyId = await insertCompany(write, { ...fields, domains: [...(domains ?? []), ...fromContact] });
    if (contact) {
      // By its domain it may be linked already; that it belongs here is a person's word all the same.
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
    company: companyRef,
    input: companyFields.extend({
      name: companyName.optional(),
      addDomains: mailDomains.nullish(),
      removeDomains: mailDomains.nullish(),
      expectedVersion,
    }),
  }),
  async run(write, { company: ref, input: { expectedVersion: expected, ...patch } }) {
    requireFieldRights(write.viewer, patch);
    const company = await lockCompany(write, ref);
    await requireVersion(write, `Company "${company.name}"`, company, expected);
    await updateCompany(write, company, patch);
    return { ids: { companyId: company.id } };
  },
});

export const companyArchive = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND"],
  input: z.object({ company: companyRef, isArchived: z.boolean().nullish() }),
  async run(write, { company: ref, isArchived }) {
    const { tx, viewer, now, record } = write;
    const company = await lockCompany(write, ref);
    const archivedAt = (isArchived ?? true) ? now : null;
    if ((company.archivedAt === null) === (archivedAt === null)) return { ids: { companyId: company.id } };
    const row = await tx.company.update({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: company.id } },
      data: { archivedAt, updatedAt: now, version: { increment: 1 } },
    });
    const after = imageOf({ ...row, domains: company.domains });
    record({ kind: "company.archived", subjectId: company.id, before: imageOf(company), after });
    // Those who came meanwhile at its domains.
    if (!archivedAt) for (const domain of company.domains) await linkContacts(write, domain);
    return { ids: { companyId: company.id } };
  },
});

export const companyDelete = operation({
  permission: "contact.manage",
  errors: ["NOT_FOUND", "COMPANY_HAS_TICKETS"],
  input: z.object({ company: companyRef }),
  async run(write, { company: ref }) {
    const { tx, viewer, record } = write;
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
    record({ kind: "company.deleted", subjectId: company.id, before: imageOf(company), after: null });
    for (const domain of company.domains) await linkContacts(write, domain);
    return { ids: { companyId: company.id } };
  },
});

/** What the viewer may do with a company. */
export function companyAbilities(viewer: Viewer) {
  const isManager = can(viewer, "contact.manage");
  return { update: isManager, archive: isManager, delete: isManager, merge: isManager };
}
