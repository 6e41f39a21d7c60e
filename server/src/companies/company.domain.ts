/**
 * The domains that could make an address belong to a company, longest first: an address at
 * mail.eu.acme.test belongs to the company of mail.eu.acme.test, else eu.acme.test, else acme.test.
 * A top-level domain alone is nobody's.
 */
export function domainCandidates(address: string): string[] {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const parts = domain.split(".");
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
}
