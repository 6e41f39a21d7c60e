import { createHash, randomBytes } from "node:crypto";

let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562, section 5.7): sorts by the time it was made, and by a counter among those
 * that this process makes for the same millisecond (section 6.2, method 1).
 */
export function newUuid(now = Date.now()): string {
  counter = now === lastMs ? counter + 1 : 0;
  lastMs = now;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(counter & 0x0fff, 6);
  return format(bytes, 7);
}

/** The same UUIDv8 (RFC 9562, section 5.8) for the same name: ids that a repeated call finds again. */
export function uuidFromName(name: string): string {
  return format(createHash("sha256").update(name).digest().subarray(0, 16), 8);
}

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return pattern.test(text);
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
