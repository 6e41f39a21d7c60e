import { z } from "zod";
import { declared, parseInput, type Result } from "../access/operation.ts";
import { builtInGrants, effectiveGrants } from "../access/roles.ts";
import type { SignedInUser, Viewer } from "../access/viewer.ts";
import { type Context, unauthenticated } from "../context.ts";
import { write } from "../db/write.ts";
import { DomainError, type ErrorCode } from "../errors.ts";
import { line, ticketPrefix } from "../inputs/fields.ts";
import { newUuid, uuidFromName } from "../lib/uuid.ts";
import { insertMember } from "../members/member.steps.ts";
import { insertOrganization } from "./organization.steps.ts";

export const organizationCreateErrors = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "VALIDATION",
  "ALREADY_EXISTS",
  "CONFLICT",
  "IDEMPOTENCY_MISMATCH",
  "UNAVAILABLE",
] as const satisfies ErrorCode[];

export const organizationFields = z.object({
  name: line(200),
  ticketPrefix,
  defaultCurrency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => Intl.supportedValuesOf("currency").includes(code), "must be an ISO 4217 code such as EUR"),
  timeZone: z.string().trim().refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin"),
});

const createInput = z.object({
  input: organizationFields.extend({
    defaultCurrency: organizationFields.shape.defaultCurrency.default("EUR"),
    timeZone: organizationFields.shape.timeZone.default("UTC"),
  }),
});

/**
 * A new organization with the caller as its admin. It happens before the caller is a member, so
 * outside of `operation()`.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN for an unverified user who belongs to one already, ALREADY_EXISTS for the prefix
 */
export async function organizationCreate(
  context: Context,
  raw: unknown,
  path = "",
): Promise<Result<{ organizationId: string; memberId: string }, never>> {
  try {
    const { user } = context;
    if (!user) throw context.viewer ? onlyUsers() : (context.refusal ?? unauthenticated());
    const { input } = parseInput(createInput, raw);
    const viewer = founder(user, context.idempotency && [path, context.idempotency.key]);
    const written = await write(
      {
        database: context.database,
        clock: context.clock,
        viewer,
        idempotency: context.idempotency && { ...context.idempotency, path },
      },
      async (transaction) => {
        const { adminRoleId } = await insertOrganization(transaction, input);
        const member = await insertMember(transaction, {
          userId: user.userId,
          name: user.name,
          email: user.email,
          roleId: adminRoleId,
          id: viewer.actor.id as string,
        });
        return { organizationId: viewer.organizationId, memberId: member.id };
      },
    );
    if (written.isReplayed) context.isReplayed = true;
    return { ids: written.ids, once: null, changeNumber: written.changeNumber };
  } catch (error) {
    throw declared(error, organizationCreateErrors, context);
  }
}

/** The viewer that the caller becomes: admin of an organization that a repeated call finds again. */
function founder(user: SignedInUser, repetition: [path: string, key: string] | null): Viewer {
  return {
    actor: { kind: "MEMBER", id: newUuid(), name: user.name },
    organizationId: repetition
      ? uuidFromName(JSON.stringify(["organizationCreate", user.userId, ...repetition]))
      : newUuid(),
    timeZone: "UTC",
    roleName: "Admin",
    grants: effectiveGrants(null, builtInGrants("ADMIN")),
    userId: user.userId,
    memberships: user.memberships,
  };
}

function onlyUsers(): DomainError {
  return new DomainError(
    "FORBIDDEN",
    "An API key belongs to its organization and can't create another; sign in as a user.",
  );
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are accepted by Intl and are no places: they know no daylight saving.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
