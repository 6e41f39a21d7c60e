import { decodeTypeId, encodeTypeId } from "../lib/typeid.ts";
import { invalid } from "./errors.ts";

/** The type in front of every id; one codec at the border, plain UUIDs inside. */
export const idPrefixes = {
  Organization: "organization",
  Member: "member",
  Role: "role",
  ApiKey: "apikey",
  Contact: "contact",
  Company: "company",
  Label: "label",
  Ticket: "ticket",
  Message: "message",
  Invitation: "invitation",
  TimeEntry: "timeentry",
} as const;

export type IdType = keyof typeof idPrefixes;

const typesByPrefix = new Map(Object.entries(idPrefixes).map(([type, prefix]) => [prefix, type as IdType]));

export function toGlobalId(type: IdType, uuid: string): string {
  return encodeTypeId(idPrefixes[type], uuid);
}

/** @throws VALIDATION that names the type expected and the type got */
export function parseGlobalId(type: IdType, id: string, path: (string | number)[] = ["id"]): string {
  const decoded = parseAnyId(id, path, type);
  if (decoded.type === type) return decoded.uuid;
  throw invalid(
    path,
    `${article(type)} id is expected here (${idPrefixes[type]}_…), and "${id}" is ${article(decoded.type).toLowerCase()} id.`,
    "WRONG_ID_TYPE",
  );
}

/** @throws VALIDATION when the text is not an id of ours */
export function parseAnyId(
  id: string,
  path: (string | number)[] = ["id"],
  expected: IdType = "Ticket",
): { type: IdType; uuid: string } {
  const decoded = decodeTypeId(id);
  const type = decoded && typesByPrefix.get(decoded.prefix as (typeof idPrefixes)[IdType]);
  if (decoded && type) return { type, uuid: decoded.uuid };
  throw invalid(
    path,
    `"${shorten(id)}" is not an id. Ids look like ${idPrefixes[expected]}_01h455vb4pex5vsknk084sn02q.`,
    "INVALID_ID",
  );
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function article(type: IdType): string {
  return `${/^[AIO]/.test(type) ? "An" : "A"} ${type}`;
}
