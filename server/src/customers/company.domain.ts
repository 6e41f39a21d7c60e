import { domainKey } from "../lib/mail-address.ts";

/**
 * The domains that could make an address belong to a company, longest first: an address at
 * mail.eu.acme.test belongs to the company of mail.eu.acme.test, else eu.acme.test, else acme.test.
 * A top-level domain alone belongs to no company.
 */
export function domainCandidates(address: string): string[] {
  const domain = domainKey(address.slice(address.lastIndexOf("@") + 1));
  const parts = domain.split(".");
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
}

/**
 * The range of contacts.domain_path at or below a domain. Paths are reversed domains that end with a dot, so
 * that xacme.test is not below acme.test. "/" is the character after ".".
 */
export function domainPathRange(domain: string): { gte: string; lt: string } {
  const path = [...domain].reverse().join("");
  return { gte: `${path}.`, lt: `${path}/` };
}
