import { DomainError } from "../wire/errors.ts";

interface Clash {
  /** What may have each value once: "ticket", "contact". */
  what: string;
  /** The field as the API names it. */
  field: string;
  value: string;
  /** Who has it, as a person names it; null when the caller can't see it. */
  owner: { name: string; details: Record<string, unknown> } | null;
}

/** ALREADY_EXISTS that names what has the value, with its ids in `details`, where the caller may see that. */
export function alreadyExists({ what, field, value, owner }: Clash): DomainError {
  const rule = `each ${field} belongs to one ${what}`;
  const message = owner
    ? `${owner.name} has the ${field} "${value}" already, and ${rule}. Go on with that ${what}, or use another ${field}.`
    : `Another ${what}, one that you can't see, has the ${field} "${value}" already, and ${rule}; use another ${field}.`;
  return new DomainError("ALREADY_EXISTS", message, owner ? { details: owner.details } : {});
}
