/** The inputs of a company's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion, mailDomain } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { contactRef } from "../inputs/references.ts";
import { companyEntity } from "./company.entity.ts";

export const maxDomains = 50;

const mailDomains = z.array(mailDomain).max(maxDomains, `must have at most ${maxDomains} domains`);

const domains =
  "Mail domains such as acme.com, at most 50: contacts with an address at or below one are linked by themselves, the longest domain winning. Public ones such as gmail.com are PUBLIC_DOMAIN.";

const access = { permission: "contact.manage" } as const;

export const companyCreateInput = inputObject("CompanyCreateInput", "A new company.", {
  ...fieldsIn(companyEntity, "create"),
  domains: mailDomains.nullish().describe(domains),
  contact: contactRef
    .nullish()
    .describe("A contact to make it from: it is linked, and the domain of its address taken where that can be."),
});

export const companyUpdateInput = inputObject(
  "CompanyUpdateInput",
  "What to change of a company: an absent field stays, null clears.",
  {
    ...fieldsIn(companyEntity, "update"),
    addDomains: mailDomains.nullish().meta({ description: domains, access }),
    removeDomains: mailDomains.nullish().meta({
      description: "Domains to take away; contacts that were linked by them go to the next company that fits, or none.",
      access,
    }),
    expectedVersion,
  },
);

export const companyUpsertInput = inputObject(
  "CompanyUpsertInput",
  "A company as it should be: found by externalId, else by any of the domains, else created. An absent field stays, null clears.",
  {
    ...fieldsIn(companyEntity, "upsert"),
    domains: mailDomains.nullish().describe(`Domains that it should have; others stay. ${domains}`),
  },
).refine((input) => input.externalId || input.domains?.length, "give externalId or domains to find the company by");
