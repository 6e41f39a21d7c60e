/**
 * Mail addresses and domains: one form to compare and one to show.
 *
 * A domain's key is what DNS looks up: NFC, then UTS 46 to ASCII (`domainToASCII` of node:url, which is non-transitional as
 * browsers are: `straße.de` isn't `strasse.de`). It is shown in Unicode. A local part is compared without case and
 * otherwise as typed: only its mail server knows more, and two customers must never become one.
 */
import { domainToASCII, domainToUnicode } from "node:url";
import { toSearchKey } from "./key.ts";
import { firstIgnorable } from "./visible.ts";

export interface Named {
  /** What is compared and unique. */
  key: string;
  /** What people see. */
  shown: string;
}

/** Letters, marks and digits of any script, with hyphens inside (RFC 5890, section 2.3.1, before it is encoded). */
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** A domain with at least one dot, without the one at its end; null when it is none. */
export function parseDomain(text: string): Named | null {
  // Before anything is made of it: normalizing takes more than a text's length.
  if (text.length > 300 || firstIgnorable(text) !== null) return null;
  // Other dots than the usual one stand for it (UTS 46, section 2.3).
  const parts = text
    .normalize("NFC")
    .replace(/[。．｡]/g, ".")
    .replace(/\.$/, "")
    .split(".");
  if (parts.length < 2 || !parts.every(isLabel)) return null;
  // No top-level domain has one character, and a number at the end makes an IPv4 address of it (WHATWG URL, section 3.5).
  const last = parts.at(-1) as string;
  if (last.length < 2 || /^(?:\d+|0x[\da-f]*)$/i.test(last)) return null;
  const key = domainToASCII(parts.join("."));
  const shown = domainToUnicode(key);
  const isWhole = key !== "" && key.length <= 253 && key.split(".").every((part) => part !== "" && part.length <= 63);
  return isWhole && shown.split(".").every(isLabel) && domainToASCII(shown) === key ? { key, shown } : null;
}

const isLabel = (part: string) => label.test(part);

/** One plain address (RFC 5321 without quoted local parts and literals, RFC 6531 with Unicode); null when it is none. */
export function parseAddress(text: string): Named | null {
  if (text.length > 600) return null;
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at)).normalize("NFC");
  const isLocal = /^[^\s@"<>()[\]\\,;:\p{C}]{1,64}$/u.test(local) && !local.includes("..");
  const domain = isLocal && firstIgnorable(local) === null ? parseDomain(text.slice(at + 1)) : null;
  if (!domain || local.length + 1 + domain.key.length > 254) return null;
  return { key: `${localKey(local)}@${domain.key}`, shown: `${local}@${domain.shown}` };
}

/** The form in which an address is compared; of what is no address something that no address has. */
export function addressKey(text: string): string {
  return parseAddress(text.trim())?.key ?? localKey(text.trim());
}

/** The form in which a domain is compared; of what is no domain something that no domain has. */
export function domainKey(text: string): string {
  return parseDomain(hostIn(text))?.key ?? text.trim().normalize("NFC").toLowerCase();
}

export function shownDomain(key: string): string {
  return domainToUnicode(key) || key;
}

/** The form of an address in which `contains` and `startsWith` look for a part of it. */
export function addressSearchKey(text: string): string {
  return toSearchKey(text.replace(/\bxn--[a-z\d-]{1,59}/gi, (encoded) => domainToUnicode(encoded) || encoded));
}

/** The same of a domain. */
export const domainSearchKey = addressSearchKey;

/** A part of an address as a part of its key: a domain that is whole in it is encoded as there. */
export function addressPartKey(text: string): string {
  const [local = "", domain] = text.split("@", 2);
  return domain === undefined ? localKey(local) : `${localKey(local)}@${parseDomain(domain)?.key ?? localKey(domain)}`;
}

/** The domain that somebody means who pastes a URL, an address bar's `www.` or `@acme.com`. */
export function hostIn(text: string): string {
  const pasted = text.trim();
  const scheme = pasted.indexOf("://");
  const [authority = ""] = (scheme < 0 ? pasted.replace(/^@/, "") : pasted.slice(scheme + 3)).split(/[/?#]/, 1);
  const host = scheme < 0 ? authority : authority.slice(authority.lastIndexOf("@") + 1);
  const bare = host.replace(/:\d{0,5}$/, "").replace(/[.。．｡]$/, "");
  const rest = bare.replace(/^www[.。．｡]/i, "");
  // www.com is a domain of its own.
  return /[.。．｡]/.test(rest) ? rest : bare;
}

function localKey(local: string): string {
  return local.normalize("NFC").toLowerCase().replaceAll("ς", "σ");
}
