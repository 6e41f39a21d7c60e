import { requireViewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { mutationField } from "../schema/mutation.ts";
import { CompanyRefInput, ContactRefInput } from "../schema/reference-inputs.ts";
import { UpsertModeEnum, upsertResults } from "../schema/upserts.ts";
import { toGlobalId } from "../wire/ids.ts";
import { companyArchive, companyCreate, companyDelete, companyUpdate } from "./company.service.ts";
import { Company } from "./company.type.ts";
import { companyMerge } from "./company-merge.service.ts";
import { companiesUpsert, companyUpsert } from "./company-upsert.service.ts";

type InputFields = PothosSchemaTypes.InputFieldBuilder<
  typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never,
  "InputObject"
>;

/** What a company is created, changed and upserted with, described once. */
const companyFields = (t: InputFields) => ({
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

const domains =
  "Mail domains such as acme.com, at most 50: contacts with an address at or below one are linked by themselves, the longest domain winning. Public ones such as gmail.com are PUBLIC_DOMAIN.";

const CompanyCreateInput = builder.inputType("CompanyCreateInput", {
  description: "A new company.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters." }),
    domains: t.field({ type: ["String"], description: domains }),
    contact: t.field({
      type: ContactRefInput,
      description: "A contact to make it from: it is linked, and the domain of its address taken where that can be.",
    }),
    ...companyFields(t as never),
  }),
});

const CompanyUpdateInput = builder.inputType("CompanyUpdateInput", {
  description: "What to change of a company: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ access: { permission: "contact.manage" }, description: "The name; can't be cleared." }),
    addDomains: t.field({ type: ["String"], access: { permission: "contact.manage" }, description: domains }),
    removeDomains: t.field({
      type: ["String"],
      access: { permission: "contact.manage" },
      description: "Domains to take away; contacts that were linked by them go to the next company that fits, or none.",
    }),
    ...companyFields(t as never),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

const CompanyUpsertInput = builder.inputType("CompanyUpsertInput", {
  description:
    "A company as it should be: found by externalId, else by any of the domains, else created. An absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ description: "The name. Default of a new company: its first domain." }),
    domains: t.field({ type: ["String"], description: `Domains that it should have; others stay. ${domains}` }),
    ...companyFields(t as never),
  }),
});

const company = {
  type: Company,
  nullable: true,
  description: "The company; null when the viewer can't see it.",
  resolve: (query: object, { ids }: { ids: { companyId: string } }, _args: object, context: Context) =>
    context.db.company.findFirst({
      ...query,
      where: { AND: [visibleCompanies(requireViewer(context)), { id: ids.companyId }] },
    }),
} as const;

const which = { type: CompanyRefInput, required: true, description: "Which one." } as const;

mutationField("companyCreate", {
  operation: companyCreate,
  description: "Creates a company and links the contacts of its domains.",
  args: (arg) => ({ input: arg({ type: CompanyCreateInput, required: true, description: "The company." }) }),
  payload: (t) => ({ company: t.prismaField(company as never) }),
});

mutationField("companyUpdate", {
  operation: companyUpdate,
  description: "Changes a company. Contacts follow its domains, but for those that a person linked or unlinked.",
  args: (arg) => ({
    company: arg(which),
    input: arg({ type: CompanyUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ company: t.prismaField(company as never) }),
});

const results = upsertResults("CompanyUpsertResult", "company", Company as never, (context, ids) =>
  context.db.company.findMany({
    where: { AND: [visibleCompanies(requireViewer(context)), { id: { in: ids } }] },
    select: { organizationId: true, id: true },
  }),
);

mutationField("companyUpsert", {
  operation: companyUpsert,
  description: "Finds a company and brings it to what is given, or creates it. Repeating changes nothing.",
  args: (arg) => ({ input: arg({ type: CompanyUpsertInput, required: true, description: "The company." }) }),
  payload: (t) => ({ results: t.field(results as never) }),
});

mutationField("companiesUpsert", {
  operation: companiesUpsert,
  description: "The same for up to 100 companies, all or nothing unless `mode` says otherwise.",
  args: (arg) => ({
    input: arg({ type: [CompanyUpsertInput], required: true, description: "The companies." }),
    mode: arg({ type: UpsertModeEnum, description: "What happens when one row is refused. Default: ALL_OR_NOTHING." }),
  }),
  payload: (t) => ({ results: t.field(results as never) }),
});

mutationField("companyMerge", {
  operation: companyMerge,
  description:
    "Moves a company's domains, contacts, tickets and notes to another, which also takes over what it lacks. The first is gone; its id and externalId find the other from then on.",
  args: (arg) => ({
    company: arg({ ...which, description: "The one that goes." }),
    into: arg({ ...which, description: "The one that stays." }),
  }),
  payload: (t) => ({
    company: t.prismaField(company as never),
    deletedCompanyId: t.id({
      description: "The id of the company that is gone.",
      resolve: ({ ids }) => toGlobalId("Company", ids.deletedId),
    }),
    kept: t.field(keptFields as never),
  }),
});

mutationField("companyArchive", {
  operation: companyArchive,
  description:
    "Puts a company away, or takes it out again: archived, its domains link no new contacts; its history stays.",
  args: (arg) => ({
    company: arg(which),
    isArchived: arg({ type: "Boolean", description: "false takes it out again. Default: true." }),
  }),
  payload: (t) => ({ company: t.prismaField(company as never) }),
});

mutationField("companyDelete", {
  operation: companyDelete,
  description: "Deletes a company without tickets; one with tickets is archived or merged.",
  args: (arg) => ({ company: arg(which) }),
  payload: (t) => ({
    deletedCompanyId: t.id({
      description: "The id of the company that is gone.",
      resolve: ({ ids }) => toGlobalId("Company", ids.companyId),
    }),
  }),
});
