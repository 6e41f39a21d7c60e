/** What the database refuses or can't do, as errors that a client understands. */
import { DomainError } from "../wire/errors.ts";

interface DatabaseFault {
  /** SQLSTATE, or the driver's code for a connection that failed. */
  code: string;
  constraint: string | null;
}

/** The first database fault in the chain of causes, from Prisma's wrappers or straight from pg. */
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
  // P2024 and P2028: no connection came free in time; P1001 to P1017: the server can't be reached.
  if (/^P(2024|2028|10\d\d)$/.test(String(code))) return { code: "08006", constraint: null };
  return connectionLost.test(message ?? "") ? { code: "08006", constraint: null } : null;
}

const connectionLost =
  /Connection terminated|is not currently accepting connections|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/;

function nameIn(message: string): string | null {
  return /constraint "([^"]+)"/.exec(message)?.[1] ?? null;
}

/** Whether the database couldn't be asked at all, so that the same may well be answered in a moment. */
export function isOutOfReach(error: unknown): boolean {
  const { code } = findFault(error) ?? {};
  return (
    code !== undefined && code !== "53100" && (/^(08|57P|53)/.test(code) || code.startsWith("E") || isRefused(code))
  );
}

/** The role, its password or the database isn't what this server was set up with: while the operator changes it. */
function isRefused(code: string): boolean {
  return ["28P01", "28000", "3D000"].includes(code);
}

/** Whether the same transaction, run again from its start, may well succeed. */
export function isWorthRetrying(error: unknown): boolean {
  const fault = findFault(error);
  if (!fault) return false;
  if (fault.code === "40P01" || fault.code === "40001" || isVanished(fault)) return true;
  // Somebody else put the same label or participant there in the meantime.
  return fault.code === "23505" && ["ticket_labels_pkey", "ticket_participants_pkey"].includes(fault.constraint ?? "");
}

/** What the row points to was there when it was looked for, and is gone: looked for again it isn't found. */
function isVanished({ code }: DatabaseFault): boolean {
  return code === "23503" || code === "23001";
}

/** Constraints that a client can run into, with the answer it gets. */
const constraintAnswers: Record<string, () => DomainError> = {
  contact_addresses_pkey: () =>
    new DomainError("ALREADY_EXISTS", "Another contact has this e-mail address; each address belongs to one contact."),
  labels_organization_id_name_key_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another label has this name (upper and lower case count as one); use that label, or another name.",
    ),
  company_domains_pkey: () =>
    new DomainError("DOMAIN_TAKEN", "Another company has this domain; each domain belongs to one company."),
  companies_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another company has this externalId; use one of its own, or update that company.",
    ),
  roles_organization_id_name_key_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another role has this name (upper and lower case count as one); use another name.",
    ),
  invitations_one_open: () =>
    new DomainError("ALREADY_EXISTS", "This address is invited already; send that invitation again, or revoke it."),
  contacts_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another contact has this externalId; use one of its own, or update that contact.",
    ),
  messages_organization_id_external_id_key: () =>
    new DomainError("ALREADY_EXISTS", "Another message has this externalId; use one of its own."),
  tickets_organization_id_external_id_key: () =>
    new DomainError(
      "ALREADY_EXISTS",
      "Another ticket, perhaps one in the trash, has this externalId; use one of its own, or update that ticket.",
    ),
  // Its id comes of the key: see organization.service.ts.
  organizations_pkey: () =>
    new DomainError(
      "IDEMPOTENCY_MISMATCH",
      "This Idempotency-Key made an organization before; use a new key for another one.",
    ),
  ticket_prefixes_taken: () =>
    new DomainError("ALREADY_EXISTS", "This ticket prefix is taken on this server; choose another one."),
  members_unproven_user_holds_one: () =>
    new DomainError(
      "FORBIDDEN",
      "Your e-mail address is not verified, and until then you can belong to one organization only.",
    ),
  members_organization_id_user_id_key: () =>
    new DomainError("ALREADY_EXISTS", "This user is a member of the organization already."),
};

/**
 * The expected error behind a database fault; undefined when it is a bug of ours (a syntax error, a
 * constraint that our rules should have caught), which is then logged and masked.
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
      "The request took longer than the server allows and was cancelled; ask for less at once.",
      error,
    );
  if (code === "55P03" || isWorthRetrying(error))
    return new DomainError("CONFLICT", "Somebody else is changing the same rows right now; try again.", {
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
