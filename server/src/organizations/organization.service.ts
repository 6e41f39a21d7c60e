import { z } from "zod";
import { builtInGrants, effectiveGrants } from "../access/roles.ts";
import { type SignedInUser, unauthenticated, type Viewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { Prisma } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { requireRightsOf } from "../inputs/rights.ts";
import { newUuid, uuidFromName } from "../lib/uuid.ts";
import { insertMember } from "../members/member.steps.ts";
import { declared, operation, parseInput, type Result } from "../operations/operation.ts";
import { DomainError, type ErrorCode } from "../wire/errors.ts";
import { lockOrganization } from "../writes/lock.ts";
import { saveRow } from "../writes/save-row.ts";
import { requireVersion } from "../writes/version.ts";
import { write } from "../writes/write.ts";
import { organizationEntity } from "./organization.entity.ts";
import { organizationCreateInput, organizationUpdateInput } from "./organization.input.ts";
import { insertOrganization } from "./organization.steps.ts";

export const organizationCreateErrors = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "VALIDATION",
  "ALREADY_EXISTS",
  "CONFLICT",
  "IDEMPOTENCY_MISMATCH",
  "RATE_LIMITED",
  "UNAVAILABLE",
] as const satisfies ErrorCode[];

/**
 * Limits organizations per user: each has slots and points of its own, so a user with many would get many times the
 * share. The operator's command has no limit.
 */
const organizationsADay = 10;

const createInput = z.object({ input: organizationCreateInput });

export const organizationUpdate = operation({
  permission: "organization.manage",
  errors: ["ALREADY_EXISTS"],
  input: z.object({
    input: organizationUpdateInput.describe("The changes."),
  }),
  async run(write, { input: { expectedVersion: expected, ...settings } }) {
    const { tx, viewer } = write;
    const id = viewer.organizationId;
    const ids = { organizationId: id };
    requireRightsOf(viewer, organizationUpdateInput, settings);
    await lockOrganization(write);
    const before = await tx.organization.findFirstOrThrow({ where: { id } });
    await requireVersion(write, "The organization", before, expected);
    await saveRow(write, organizationEntity, "organization.updated", before, columnsOf(organizationEntity, settings));
    return { ids };
  },
});

/** For operators; not part of the API. */
export const organizationPlanSet = operation({
  permission: "organization.manage",
  errors: [],
  input: z.object({ plan: z.string() }),
  async run(write, { plan }) {
    const { tx, viewer, now, record } = write;
    const id = viewer.organizationId;
    await lockOrganization(write);
    const before = await tx.organization.findFirstOrThrow({ where: { id } });
    if (before.plan !== plan) {
      const after = await tx.organization.update({
        where: { id },
        data: { plan, updatedAt: now, version: { increment: 1 } },
      });
      record({ kind: "organization.updated", subjectId: id, before: { ...before }, after: { ...after } });
    }
    return { ids: { organizationId: id } };
  },
});

/** Decimals are compared by value: "120" is 120.0000. */
function _isSame(stored: unknown, given: unknown): boolean {
  if (stored instanceof Prisma.Decimal && typeof given === "string") return stored.equals(given);
  return stored === given;
}

/**
 * Creates an organization with the caller as its admin. Runs before the caller is a member, and therefore outside
 * `operation()`.
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
        wake: context.wake,
        changed: context.changed,
      },
      async (transaction) => {
        const { adminRoleId } = await insertOrganization(transaction, input);
        // A call whose prefix is taken doesn't count.
        await context.organizationLimits.take(user.userId, organizationsADay, "you created too many organizations");
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
    return { ids: written.ids, once: null, changeNumber: written.changeNumber, isChanged: written.isChanged };
  } catch (error) {
    throw declared(error, organizationCreateErrors, context);
  }
}

/** The viewer that the caller becomes: admin of the organization, which a repeated call finds again. */
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
