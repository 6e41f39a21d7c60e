import type { ContactModel as Contact } from "../db/index.ts";

/** A contact as the change log keeps it: its own columns. */
export function imageOf(contact: Contact): Record<string, unknown> {
  const {
    organizationId: _organization,
    nameKey: _name,
    searchKey: _search,
    emailKey: _email,
    domainPath: _path,
    ...columns
  } = contact;
  return columns;
}
