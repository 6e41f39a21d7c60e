import { requireViewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { upsertResults } from "../schema/upserts.ts";
import { companyArchive, companyCreate, companyDelete, companyUpdate } from "./company.service.ts";
import { companyMerge } from "./company-merge.service.ts";
import { companiesUpsert, companyUpsert } from "./company-upsert.service.ts";

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
