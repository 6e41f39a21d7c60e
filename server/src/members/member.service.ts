import { z } from "zod";
import { grantsBeyond } from "../access/roles.ts";
import { memberId, requirePermission } from "../access/viewer.ts";
import type { MemberModel as Member, Prisma } from "../db/index.ts";
import { Prisma as sql } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { type MemberRef, memberRef, type roleRef } from "../inputs/references.ts";
import { addressKey } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { operation } from "../operations/operation.ts";
import { stopTimerOfLeaver } from "../time-entries/timer.steps.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { lockOrganization } from "../writes/lock.ts";
import { saveRow } from "../writes/save-row.ts";
import { requireVersion } from "../writes/version.ts";
import type { Write } from "../writes/write.ts";
import { memberEntity } from "./member.entity.ts";
import { memberAddInput, memberRemoveInput, memberUpdateInput, viewerUpdateInput } from "./member.input.ts";
import { insertMember, lockMember, refuseMember, requireNotLastAdmin } from "./member.steps.ts";
import { getAssignableMember, reassignTickets } from "./member.tickets.steps.ts";
import { getRole, grantsOfRole, requireGrantable } from "./role.steps.ts";

export const memberAdd = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    input: memberAddInput.describe("The member to add."),
  }),
  async run(write, { input }, context) {
    const { tx, viewer, now } = write;
    if (input.hourlyRate != null) requirePermission(viewer, "time.manage");
    const role = await getRole(write, input.role);
    requireGrantable(viewer, grantsOfRole(role), input.name);
    await refuseMember(write, input.email);
    const passwordHash = await context.passwords.hash(input.password, viewer.organizationId);
    const [login] = await tx.$queryRaw<{ id: string | null }[]>(
      sql.sql`select tiketti.create_user(${newUuid(now.getTime())}::uuid, ${input.email}, ${addressKey(input.email)}, ${input.name}, ${passwordHash}, false)::text as id`,
    );
    if (!login?.id) {
      throw new DomainError(
        "ALREADY_EXISTS",
        `${input.email} already has a login on this server, and only its owner can set its password; invite the address with memberInvite.`,
      );
    }
    const member = await insertMember(write, {
      userId: login.id,
      name: input.name,
      email: input.email,
      roleId: role.id,
      hourlyRate: input.hourlyRate ?? null,
    });
    return { ids: { memberId: member.id } };
  },
});

export const memberUpdate = operation({
  permission: ["team.manage", "time.manage"],
  errors: ["NOT_FOUND", "LAST_ADMIN"],
  input: z.object({
    member: memberRef.describe("The member to change."),
    input: memberUpdateInput.describe("The changes."),
  }),
  async run(write, { member: ref, input }) {
    const { viewer } = write;
    const { hourlyRate: rate, expectedVersion: expected, ...team } = input;
    if (Object.values(team).some((value) => value !== undefined)) requirePermission(viewer, "team.manage");
    if (rate !== undefined) requirePermission(viewer, "time.manage");
    if (input.role || input.isActive !== undefined) await lockOrganization(write);
    const member = await lockMember(write, ref);
    await requireVersion(write, member.name, member, expected);
    if (input.role || input.isActive === false) await requireNotAbove(write, member);
    const { isActive: _state, ...columns } = input;
    const data: Prisma.MemberUncheckedUpdateInput = columnsOf(memberEntity, columns);
    if (input.role) data.roleId = await newRoleOf(write, member, input.role);
    if (input.isActive !== undefined) Object.assign(data, await newStateOf(write, member, input.isActive, input));
    else if (input.reassignTicketsTo !== undefined)
      throw invalid(
        ["input", "reassignTicketsTo"],
        "reassignTicketsTo is only allowed with isActive: false.",
        "NOT_LEAVING",
      );
    await saveRow(write, memberEntity, "member.updated", member, data);
    if (data.isActive === false) await stopTimerOfLeaver(write, member.id);
    if (data.isActive === false) await reassignTickets(write, member.id, (data.successorId as string) ?? null);
    return { ids: { memberId: member.id } };
  },
});

export const memberRemove = operation({
  permission: "team.manage",
  errors: ["NOT_FOUND", "LAST_ADMIN"],
  input: z.object({
    member: memberRef.describe("The member to remove."),
    input: memberRemoveInput
      .nullish()
      .describe("The options of the removal, such as the new assignee of the member's tickets."),
  }),
  async run(write, { member: ref, input }) {
    await lockOrganization(write);
    const member = await lockMember(write, ref);
    await requireNotAbove(write, member);
    await requireNotLastAdmin(write, member);
    const successorId = await successorOf(write, member, input?.reassignTicketsTo);
    const left = { isActive: false, removedAt: write.now, successorId };
    await saveRow(write, memberEntity, "member.removed", member, left);
    await stopTimerOfLeaver(write, member.id);
    await reassignTickets(write, member.id, successorId);
    return { ids: { memberId: member.id } };
  },
});

export const viewerUpdate = operation({
  permission: null,
  errors: ["FORBIDDEN"],
  input: z.object({
    input: viewerUpdateInput.describe("The changes."),
  }),
  async run(write, { input }) {
    const id = memberId(write.viewer);
    if (!id)
      throw new DomainError(
        "FORBIDDEN",
        "An API key is not a member and has no profile; sign in as a user to change one.",
      );
    const member = await lockMember(write, { isMe: true });
    await saveRow(write, memberEntity, "member.updated", member, columnsOf(memberEntity, input));
    return { ids: { memberId: id } };
  },
});

/**
 * Protects members who hold more than the viewer; otherwise a role that manages the team could lock out its admins.
 *
 * @throws FORBIDDEN
 */
async function requireNotAbove(write: Write, member: Member): Promise<void> {
  const held = grantsOfRole(await getRole(write, { id: member.roleId }));
  if (grantsBeyond(held, write.viewer.grants).length === 0) return;
  throw new DomainError(
    "FORBIDDEN",
    `${member.name} has permissions that you don't hold, so you can't change their role or end their access; ask someone who holds them.`,
  );
}

async function newRoleOf(write: Write, member: Member, ref: z.output<typeof roleRef>): Promise<string> {
  const role = await getRole(write, ref);
  if (role.id === member.roleId) return role.id;
  requireGrantable(write.viewer, grantsOfRole(role), member.name);
  if (role.builtIn !== "ADMIN") await requireNotLastAdmin(write, member);
  return role.id;
}

/**
 * Deactivating can name a successor. Activating grants the member's role again, which the viewer must be allowed to
 * grant.
 */
async function newStateOf(
  write: Write,
  member: Member,
  isActive: boolean,
  input: { reassignTicketsTo?: MemberRef | null | undefined },
): Promise<{ isActive: boolean; successorId: string | null }> {
  if (!isActive) {
    if (member.isActive) await requireNotLastAdmin(write, member);
    return { isActive, successorId: await successorOf(write, member, input.reassignTicketsTo) };
  }
  if (input.reassignTicketsTo !== undefined)
    throw invalid(
      ["input", "reassignTicketsTo"],
      "reassignTicketsTo is only allowed with isActive: false.",
      "NOT_LEAVING",
    );
  if (!member.isActive)
    requireGrantable(write.viewer, grantsOfRole(await getRole(write, { id: member.roleId })), member.name);
  return { isActive, successorId: null };
}

async function successorOf(write: Write, member: Member, ref: MemberRef | null | undefined): Promise<string | null> {
  if (!ref) return null;
  const successor = await getAssignableMember(write, ref, "reassignTicketsTo");
  if (successor.id !== member.id) return successor.id;
  throw invalid(
    ["input", "reassignTicketsTo"],
    "A member who leaves can't keep the tickets; give another member in reassignTicketsTo.",
    "SAME",
  );
}
