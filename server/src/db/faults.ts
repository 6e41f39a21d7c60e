/** Translates what the database refuses or can't do into errors that a client understands. */
import { DomainError } from "../wire/errors.ts";

interface DatabaseFault {
  /** SQLSTATE, or the driver's code for a connection that failed. */
  code: string;
  constraint: string | null;
}

/** The first database fault in the chain of causes, from Prisma's wrappers or directly from pg. */
export function findFault(error: unknown): DatabaseFault | null {
  for (let depth = 0, current = error; current && depth < 8; depth++) {
    const candidate = current as Record<string, unknown>;
    const code = candidate.originalCode ?? candidate.code;
    const message = String(candidate.originalMessage ?? candidate.message ?? "");
    if (connectionLost.test(message)) return { code: "08006", constraint: null };
    if (typeof code === "string" && (/^[0-9A-Z]{5}$/.test(code) || /^E[A-Z]+$/.test(code)) && !/^P\d{4}$/.test(code))
      return { code, constraint: nameIn(message) };
    const meta = candidate.meta as { driverAdapterError?: unknown } | undefined;
    current = meta?.driverAdapterError ?? candidate.cause;
  }
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  // P2024 and P2028: no connection became free in time; P1001 to P1017: the server can't be reached.
  if (/^P(2024|2028|10\d\d)$/.test(String(code))) return { code: "08006", constraint: null };
  return connectionLost.test(message ?? "") ? { code: "08006", constraint: null } : null;
}

const connectionLost =
  /Connection terminated|is not currently accepting connections|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/;

function nameIn(message: string): string | null {
  return /constraint "([^"]+)"/.exec(message)?.[1] ?? null;
}

/** Whether the database couldn't be reached at all, so that the same request may succeed in a moment. */
export function isOutOfReach(error: unknown): boolean {
  const { code } = findFault(error) ?? {};
  return (
    code !== undefined && code !== "53100" && (/^(08|57P|53)/.test(code) || code.startsWith("E") || isRefused(code))
  );
}

/** The role, its password or the database differs from this server's settings: the operator is changing it. */
function isRefused(code: string): boolean {
  return ["28P01", "28000", "3D000"].includes(code);
}

/** Whether the same transaction may succeed when it is run again from its start. */
export function isWorthRetrying(error: unknown): boolean {
  const fault = findFault(error);
  if (!fault) return false;
  if (fault.code === "40P01" || fault.code === "40001" || isVanished(fault)) return true;
  // Somebody else has added the same label or participant in the meantime.
  return fault.code === "23505" && ["ticket_labels_pkey", "ticket_participants_pkey"].includes(fault.constraint ?? "");
}

/** The row's target was deleted after it had been looked up; a second lookup doesn't find it. */
function isVanished({ code }: DatabaseFault): boolean {
  return code === "23503" || code === "23001";
}

/** Constraints that a client can violate, with the answer it gets. */
const constraintAnswers: Record<string, () => DomainError> = {
  contact_addresses_pkey: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another contact has this e-mail address; an address belongs to one contact only.",
    ),
  labels_organization_id_name_key_key: () =>
    new DomainError("ALREADY_EXISTS", "Another label has this name (case is ignored); use that label or another name."),
  company_domains_pkey: () =>
    new DomainError("DOMAIN_TAKEN", "Another company has this domain; a domain belongs to one company only."),
  companies_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another company has this externalId; use a different one, or update that company.",
    ),
  roles_organization_id_name_key_key: () =>
    new DomainError("ALREADY_EXISTS", "Another role has this name (case is ignored); use another name."),
  invitations_one_open: () =>
    new DomainError("ALREADY_EXISTS", "This address already has an invitation; send it again, or revoke it."),
  contacts_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another contact has this externalId; use a different one, or update that contact.",
    ),
  messages_organization_id_external_id_key: () =>
    new DomainError("ALREADY_EXISTS", "Another message has this externalId; use a different one."),
  tickets_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another ticket, possibly in the trash, has this externalId; use a different one, or update that ticket.",
    ),
  // Its id is derived from the key: see organization.service.ts.
  organizations_pkey: () =>
    new DomainError(
      "IDEMPOTENCY_MISMATCH",
      "This Idempotency-Key has already created an organization; use a new key for another one.",
    ),
  ticket_prefixes_taken: () =>
    new DomainError("ALREADY_EXISTS", "This ticket prefix is already taken on this server; choose another one."),
  members_unproven_user_holds_one: () =>
    new DomainError(
      "FORBIDDEN",
      "Your e-mail address is not verified. Until it is, you can belong to one organization only.",
    ),
  members_organization_id_user_id_key: () =>
    new DomainError("ALREADY_EXISTS", "This user is already a member of the organization."),
};

/**
 * The expected error for a database fault. Undefined for a bug of ours (a syntax error, or a violated
 * constraint that our rules should have caught): it is then logged and masked.
 */
export function toDomainError(error: unknown): DomainError | undefined {
  const fault = findFault(error);
  if (!fault) return undefined;
  const { code, constraint } = fault;
  if (constraint && constraintAnswers[constraint]) {
    const answer = constraintAnswers[constraint]();
    answer.cause = error;
    return answer;
  }
  if (code === "22021" || code === "22P05")
    return new DomainError("VALIDATION", "Text must not contain the character NUL (U+0000).", { cause: error });
  if (code === "57014")
    return unavailable(
      "The request took longer than the server allows and was cancelled; ask for less in one request.",
      error,
    );
  if (code === "55P03" || isWorthRetrying(error))
    return new DomainError("CONFLICT", "Somebody else is changing the same rows at the moment; try again.", {
      cause: error,
      isRetryable: true,
      retryAfterMs: 500,
    });
  if (code === "53100") return unavailable("The database's disk is full; nothing was written.", error);
  if (code === "25006") return unavailable("The database is read-only at the moment; nothing was written.", error);
  if (isRefused(code))
    return unavailable("The database refuses this server's role at the moment; nothing was written.", error);
  if (isOutOfReach(error))
    return unavailable("The database can't be reached at the moment; nothing was written.", error);
  return undefined;
}

function unavailable(message: string, cause: unknown): DomainError {
  return new DomainError("UNAVAILABLE", message, { cause, isRetryable: true, retryAfterMs: 1_000 });
}
