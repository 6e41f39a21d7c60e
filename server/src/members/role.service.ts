import { z } from "zod";
import type { Grant } from "../access/permissions.ts";
import { effectiveGrants, grantsBeyond } from "../access/roles.ts";
import { imageOf } from "../entities/image.ts";
import { columnsOf } from "../entities/inputs.ts";
import { roleRef } from "../inputs/references.ts";
import { nameColumns } from "../lib/key.ts";
import { newUuid } from "../lib/uuid.ts";
import { operation } from "../operations/operation.ts";
import { invalid } from "../wire/errors.ts";
import { saveRow } from "../writes/save-row.ts";
import { requireVersion } from "../writes/version.ts";
import type { Write } from "../writes/write.ts";
import { memberEntity } from "./member.entity.ts";
import { roleEntity } from "./role.entity.ts";
import { roleCreateInput, roleDeleteInput, roleUpdateInput } from "./role.input.ts";
import { getRole, grantsOfRole, lockRole, type RoleWithGrants, requireCustom, requireGrantable } from "./role.steps.ts";

export const maxRoles = 200;

export const roleCreate = operation({
  permission: "team.manage",
  errors: ["ALREADY_EXISTS"],
  input: z.object({
    input: roleCreateInput.describe("The role."),
  }),
  async run(write, { input }) {
    const { tx, viewer, now, record } = write;
    const { organizationId } = viewer;
    requireGrantable(viewer, effectiveGrants(null, input.grants), `The role ${input.name}`);
    if ((await tx.role.count()) >= maxRoles)
      throw invalid(
        ["input"],
        `An organization can have ${maxRoles} roles; delete one that is no longer needed.`,
        "TOO_MANY",
      );
    const role = await tx.role.create({
      data: {
        organizationId,
        id: newUuid(now.getTime()),
        ...nameColumns(input.name),
        ...columnsOf(roleEntity, input),
        createdAt: now,
        updatedAt: now,
      },
    });
    await writeGrants(write, role.id, input.grants);
    record({
      kind: "role.created",
      subjectId: role.id,
      before: null,
      after: imageOf(roleEntity, { ...role, grants: sorted(input.grants) }),
    });
    return { ids: { roleId: role.id } };
  },
});

export const roleUpdate = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS", "BUILT_IN_ROLE"],
  input: z.object({
    role: roleRef.describe("The role; a built-in one fails with BUILT_IN_ROLE."),
    input: roleUpdateInput.describe("The changes."),
  }),
  async run(write, { role: ref, input }) {
    const { viewer } = write;
    const role = await lockRole(write, ref);
    requireCustom(role);
    await requireVersion(write, `The role ${role.name}`, role, input.expectedVersion);
    const before = sorted(role.grants);
    const after = input.grants ? sorted(input.grants) : before;
    requireGrantable(viewer, effectiveGrants(null, after), `The role ${role.name}`, grantsOfRole(role));
    const isRegranted = JSON.stringify(before) !== JSON.stringify(after);
    if (isRegranted) await writeGrants(write, role.id, after);
    const columns = columnsOf(roleEntity, input);
    await saveRow(write, roleEntity, "role.updated", { ...role, grants: before }, columns, {
      isChanged: isRegranted,
      after: { grants: after },
    });
    return { ids: { roleId: role.id } };
  },
});

export const roleDelete = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "BUILT_IN_ROLE"],
  input: z.object({
    role: roleRef.describe("The role; a built-in one fails with BUILT_IN_ROLE."),
    input: roleDeleteInput.nullish().describe("The role that its members, API keys and waiting invitations get."),
  }),
  async run(write, { role: ref, input }) {
    const { tx, viewer, record } = write;
    const role = await lockRole(write, ref);
    requireCustom(role);
    const target = input?.reassignTo ? await getRole(write, input.reassignTo) : null;
    if (target?.id === role.id)
      throw invalid(
        ["input", "reassignTo"],
        "A role can't be replaced by itself; give another role in reassignTo.",
        "SAME",
      );
    if (target) requireGrantable(viewer, grantsOfRole(target), `Those with the role ${role.name}`, grantsOfRole(role));
    await moveHolders(write, role, target);
    await tx.role.delete({
      where: { organizationId_id: { organizationId: viewer.organizationId, id: role.id } },
    });
    record({
      kind: "role.deleted",
      subjectId: role.id,
      before: imageOf(roleEntity, { ...role, grants: sorted(role.grants) }),
      after: null,
    });
    return { ids: { roleId: role.id } };
  },
});

/**
 * Gives another role to everyone who has this one. Members who left, revoked keys and ended invitations always get the
 * Viewer role: it opens nothing to them.
 */
async function moveHolders(write: Write, role: RoleWithGrants, target: RoleWithGrants | null): Promise<void> {
  const { tx, now, record } = write;
  const members = await tx.member.findMany({ where: { roleId: role.id, removedAt: null } });
  const keys = await tx.apiKey.count({ where: { roleId: role.id, revokedAt: null } });
  const invitations = await tx.invitation.count({ where: { roleId: role.id, acceptedAt: null, revokedAt: null } });
  if (!target && members.length + keys + invitations > 0) {
    const holders = [
      [members.length, "member"],
      [keys, "API key"],
      [invitations, "invitation"],
    ].flatMap(([count, what]) => (count ? [`${count} ${what}${count === 1 ? "" : "s"}`] : []));
    const message = `The role ${role.name} is still in use (${holders.join(", ")}); give the role that they get in reassignTo.`;
    throw invalid(["input", "reassignTo"], message, "REQUIRED");
  }
  const viewerRole = await tx.role.findFirstOrThrow({ where: { builtIn: "VIEWER" } });
  const roleId = target?.id ?? viewerRole.id;
  const data = { roleId, updatedAt: now, version: { increment: 1 } };
  for (const member of members) {
    const after = { ...member, roleId, updatedAt: now, version: member.version + 1 };
    record({
      kind: "member.updated",
      subjectId: member.id,
      before: imageOf(memberEntity, member),
      after: imageOf(memberEntity, after),
    });
  }
  await tx.member.updateMany({ where: { roleId: role.id, removedAt: null }, data });
  // A key never gets more than it had: its creator might not hold the rest.
  const isWider = target !== null && grantsBeyond(grantsOfRole(target), grantsOfRole(role)).length > 0;
  await tx.apiKey.updateMany({
    where: { roleId: role.id, revokedAt: null },
    data: { ...data, roleId: isWider ? viewerRole.id : roleId },
  });
  await tx.invitation.updateMany({ where: { roleId: role.id, acceptedAt: null, revokedAt: null }, data });
  // Only ended ones: if someone was given the role a moment ago, it can't be deleted yet and this runs again.
  const history = { roleId: viewerRole.id };
  await tx.member.updateMany({ where: { roleId: role.id, removedAt: { not: null } }, data: history });
  await tx.apiKey.updateMany({ where: { roleId: role.id, revokedAt: { not: null } }, data: history });
  await tx.invitation.updateMany({
    where: { roleId: role.id, OR: [{ acceptedAt: { not: null } }, { revokedAt: { not: null } }] },
    data: history,
  });
}

async function writeGrants({ tx, viewer }: Write, roleId: string, grants: readonly StoredGrant[]): Promise<void> {
  await tx.roleGrant.deleteMany({ where: { roleId } });
  await tx.roleGrant.createMany({
    data: grants.map(({ permission, reach }) => ({
      organizationId: viewer.organizationId,
      roleId,
      permission,
      reach,
    })),
  });
}

type StoredGrant = Grant | { permission: string; reach: string | null };

function sorted(grants: readonly StoredGrant[]): { permission: string; reach: string | null }[] {
  return grants
    .map(({ permission, reach }) => ({ permission, reach }))
    .toSorted((a, b) => (a.permission < b.permission ? -1 : 1));
}
