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

/** What a company is created, changed and upserted with, described once. */
const _companyFields = (t: InputFields) => ({
  notes: t.string({
    access: { permission: "contact.manage" },
    description: "What the team wants to remember, at most 100,000 characters.",
  }),
  externalId: t.string({
    access: { permission: "contact.manage" },
    description: "Its id in another system, unique in the organization.",
  }),
  hourlyRate: t.field({
    type: "Decimal",
    access: { permission: "time.manage", isEnforcedHere: false },
    description: "What an hour of work for it costs.",
  }),
  currency: t.field({
    type: "CurrencyCode",
    access: { permission: "time.manage", isEnforcedHere: false },
    description: "Its currency; null: the organization's.",
  }),
  ticketPrefix: t.string({
    access: { permission: "organization.manage", isEnforcedHere: false },
    description:
      "The prefix of its new tickets' codes: 2 to 10 of A-Z and 0-9, a letter first; null: the organization's.",
  }),
});

const _domains =
  "Mail domains such as acme.com, at most 50: contacts with an address at or below one are linked by themselves, the longest domain winning. Public ones such as gmail.com are PUBLIC_DOMAIN.";

const _which = { type: inputTypeOf(companyRef), required: true, description: "Which one." } as const;

const company = affected("Company", "companyId", "The company; null when the viewer can't see it.");

mutationField("companyCreate", companyCreate, "Creates a company and links the contacts of its domains.", {
  company,
});

mutationField(
  "companyUpdate",
  companyUpdate,
  "Changes a company. Contacts follow its domains, but for those that a person linked or unlinked.",
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
  "Finds a company and brings it to what is given, or creates it. Repeating changes nothing.",
  {
    results,
  },
);

mutationField(
  "companiesUpsert",
  companiesUpsert,
  "The same for up to 100 companies, all or nothing unless `mode` says otherwise.",
  {
    results,
  },
);

mutationField(
  "companyMerge",
  companyMerge,
  "Moves a company's domains, contacts, tickets and notes to another, which also takes over what it lacks. The first is gone; its id and externalId find the other from then on.",
  {
    company,
    deletedCompanyId: gone("Company", "deletedId", "The id of the company that is gone."),
    kept: keptFields,
  },
);

mutationField(
  "companyArchive",
  companyArchive,
  "Puts a company away, or takes it out again: archived, its domains link no new contacts; its history stays.",
  {
    company,
  },
);

mutationField(
  "companyDelete",
  companyDelete,
  "Deletes a company without tickets; one with tickets is archived or merged.",
  {
    deletedCompanyId: gone("Company", "companyId", "The id of the company that is gone."),
  },
);
