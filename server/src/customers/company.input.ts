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
  "Mail domains such as acme.com, at most 50. Contacts with an address at or below one are linked automatically; the longest domain wins. Public domains such as gmail.com are refused with PUBLIC_DOMAIN.";

const access = { permission: "contact.manage" } as const;

export const companyCreateInput = inputObject("CompanyCreateInput", "A new company.", {
  ...fieldsIn(companyEntity, "create"),
  domains: mailDomains.nullish().describe(domains),
  contact: contactRef
    .nullish()
    .describe(
      "A contact to create the company from. The contact is linked, and its address's domain is added unless it is public or taken.",
    ),
});

export const companyUpdateInput = inputObject(
  "CompanyUpdateInput",
  "The changes to a company. A field that is left out stays as it is; null clears it.",
  {
    ...fieldsIn(companyEntity, "update"),
    addDomains: mailDomains.nullish().meta({ description: domains, access }),
    removeDomains: mailDomains.nullish().meta({
      description:
        "The domains to remove. Contacts that were linked by them move to the next company that matches, or to none.",
      access,
    }),
    expectedVersion,
  },
);

export const companyUpsertInput = inputObject(
  "CompanyUpsertInput",
  "A company as it should be: found by externalId, else by any of the domains, else created. A field that is left out stays as it is; null clears it.",
  {
    ...fieldsIn(companyEntity, "upsert"),
    domains: mailDomains
      .nullish()
      .describe(`The domains that the company should have; its other domains stay. ${domains}`),
  },
).refine((input) => input.externalId || input.domains?.length, "give externalId or domains to find the company by");
