import { requireViewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import { companyRef } from "../inputs/references.ts";
import type { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { upsertResults } from "../schema/upserts.ts";
import { companyArchive, companyCreate, companyDelete, companyUpdate } from "./company.service.ts";
import { companyMerge } from "./company-merge.service.ts";
import { companiesUpsert, companyUpsert } from "./company-upsert.service.ts";

type InputFields = PothosSchemaTypes.InputFieldBuilder<
  typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never,
  "InputObject"
>;

/** The fields for creating, updating and upserting a company, described once. */
const _companyFields = (t: InputFields) => ({
  notes: t.string({
    access: { permission: "contact.manage" },
    description: "The team's notes, at most 100,000 characters.",
  }),
  externalId: t.string({
    access: { permission: "contact.manage" },
    description: "The id in another system, unique in the organization.",
  }),
  hourlyRate: t.field({
    type: "Decimal",
    access: { permission: "time.manage", isEnforcedHere: false },
    description: "The price of an hour of work for the company.",
  }),
  currency: t.field({
    type: "CurrencyCode",
    access: { permission: "time.manage", isEnforcedHere: false },
    description: "The currency. Null means the organization's default currency.",
  }),
  ticketPrefix: t.string({
    access: { permission: "organization.manage", isEnforcedHere: false },
    description:
      "The prefix of its new tickets' codes: 2 to 10 characters of A-Z and 0-9, starting with a letter. Null means the organization's prefix.",
  }),
});

const _domains =
  "Mail domains such as acme.com, at most 50. Contacts with an address at or below one are linked automatically; the longest domain wins. Public domains such as gmail.com are refused with PUBLIC_DOMAIN.";

const _which = { type: inputTypeOf(companyRef), required: true, description: "The company." } as const;

const company = affected("Company", "companyId", "The company; null when the viewer can't see it.");

mutationField("companyCreate", companyCreate, "Creates a company and links the contacts of its domains.", {
  company,
});

mutationField(
  "companyUpdate",
  companyUpdate,
  "Changes a company. Contacts follow its domains, except those that a person linked or unlinked by hand.",
  {
    company,
  },
);

const results = upsertResults("CompanyUpsertResult", "company", "Company", (context, ids) =>
  context.db.company.findMany({
    where: { AND: [visibleCompanies(requireViewer(context)), { id: { in: ids } }] },
    select: { organizationId: true, id: true },
  }),
);

mutationField(
  "companyUpsert",
  companyUpsert,
  "Finds a company and updates it to the given values, or creates it. Repeating the call changes nothing.",
  {
    results,
  },
);

mutationField(
  "companiesUpsert",
  companiesUpsert,
  "Creates or updates up to 100 companies, each as `companyUpsert` does; all or nothing unless `mode` says otherwise.",
  {
    results,
  },
);

mutationField(
  "companyMerge",
  companyMerge,
  "Merges a company into another: moves its domains, contacts, tickets and notes to the kept company, which also takes over values that it lacks, and deletes the merged one. From then on the merged company's id and externalId find the kept one.",
  {
    company,
    deletedCompanyId: gone("Company", "deletedId", "The id of the company that was merged and deleted."),
    kept: keptFields,
  },
);

mutationField(
  "companyArchive",
  companyArchive,
  "Archives a company, or restores it. The domains of an archived company link no new contacts; its history stays.",
  {
    company,
  },
);

mutationField(
  "companyDelete",
  companyDelete,
  "Deletes a company that has no tickets and no logged time. Archive or merge any other company instead.",
  {
    deletedCompanyId: gone("Company", "companyId", "The id of the deleted company."),
  },
);
