/**
 * TypeIDs (github.com/jetify-com/typeid, specification 0.3): a lower-case prefix, an underscore and a
 * UUID in 26 characters of Crockford's base32.
 */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

export function encodeTypeId(prefix: string, uuid: string): string {
  let value = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let suffix = "";
  for (let index = 0; index < 26; index++) {
    suffix = alphabet[Number(value & 31n)] + suffix;
    value >>= 5n;
  }
  return `${prefix}_${suffix}`;
}

/** The two halves, or null when the text is not a TypeID. */
export function decodeTypeId(text: string): { prefix: string; uuid: string } | null {
  const match = /^([a-z](?:[a-z_]{0,61}[a-z])?)_([0-7][0-9a-hjkmnp-tv-z]{25})$/.exec(text);
  if (!match) return null;
  const [, prefix, suffix] = match as unknown as [string, string, string];
  let value = 0n;
  for (const character of suffix) value = (value << 5n) | BigInt(alphabet.indexOf(character));
  const hex = value.toString(16).padStart(32, "0");
  return {
    prefix,
    uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  };
}
