import { DomainError } from "../wire/errors.ts";

interface Clash {
  /** The kind of object that can have each value once: "ticket", "contact". */
  what: string;
  /** The field's name in the API. */
  field: string;
  value: string;
  /** The owner of the value, by name; null if the caller can't see it. */
  owner: { name: string; details: Record<string, unknown> } | null;
}

/** ALREADY_EXISTS that names the owner of the value, with its ids in `details`, if the caller can see it. */
export function alreadyExists({ what, field, value, owner }: Clash): DomainError {
  const rule = `each ${field} belongs to one ${what}`;
  const message = owner
    ? `${owner.name} has the ${field} "${value}" already, and ${rule}. Use that ${what}, or give another ${field}.`
    : `Another ${what}, one that you can't see, has the ${field} "${value}" already, and ${rule}; use another ${field}.`;
  return new DomainError("ALREADY_EXISTS", message, owner ? { details: owner.details } : {});
}
