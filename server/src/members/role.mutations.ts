import { requireViewer } from "../access/viewer.ts";
import { visibleRoles } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { Permission, ReachEnum } from "../schema/enums.ts";
import { mutationField } from "../schema/mutation.ts";
import { RoleRefInput } from "../schema/reference-inputs.ts";
import { toGlobalId } from "../wire/ids.ts";
import { Role } from "./member.type.ts";
import { roleCreate, roleDelete, roleUpdate } from "./role.service.ts";

const GrantInput = builder.inputType("GrantInput", {
  description: "A permission to grant and, on ticket permissions, how far it goes.",
  fields: (t) => ({
    permission: t.field({
      type: Permission,
      required: true,
      description: "The permission; you must hold it yourself.",
    }),
    reach: t.field({
      type: ReachEnum,
      description:
        "How far it goes: required on permissions that take a reach (`permissions { takesReach }`), left out on others; never wider than that of TICKET_VIEW.",
    }),
  }),
});

const RoleCreateInput = builder.inputType("RoleCreateInput", {
  description: "A new custom role.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters, unique without case." }),
    description: t.string({ description: "What it is for, at most 1,000 characters." }),
    grants: t.field({
      type: [GrantInput],
      required: true,
      description: "What it allows; nobody grants more than they hold.",
    }),
  }),
});

const RoleUpdateInput = builder.inputType("RoleUpdateInput", {
  description: "What to change of a custom role: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ description: "The name; can't be cleared." }),
    description: t.string({ description: "What it is for." }),
    grants: t.field({
      type: [GrantInput],
      description: "All that it allows from now on. What it allowed before may stay, also where you don't hold it.",
    }),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

const RoleDeleteInput = builder.inputType("RoleDeleteInput", {
  description: "What becomes of those who have the role.",
  fields: (t) => ({
    reassignTo: t.field({
      type: RoleRefInput,
      description:
        "The role that its members, API keys and waiting invitations get; required while there are any. API keys get the Viewer role instead where this one is wider than theirs.",
    }),
  }),
});

const role = {
  type: Role,
  nullable: true,
  description: "The role; null in a repeated answer when it is gone since.",
  resolve: (query: object, { ids }: { ids: { roleId: string } }, _args: object, context: Context) =>
    context.db.role.findFirst({
      ...query,
      where: { AND: [visibleRoles(requireViewer(context)), { id: ids.roleId }] },
    }),
} as const;

mutationField("roleCreate", {
  operation: roleCreate,
  description: "Makes a custom role.",
  args: (arg) => ({ input: arg({ type: RoleCreateInput, required: true, description: "The role." }) }),
  payload: (t) => ({ role: t.prismaField(role as never) }),
});

mutationField("roleUpdate", {
  operation: roleUpdate,
  description: "Changes a custom role; it holds for its members and API keys from their next request on.",
  args: (arg) => ({
    role: arg({ type: RoleRefInput, required: true, description: "Which one; a built-in one is BUILT_IN_ROLE." }),
    input: arg({ type: RoleUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ role: t.prismaField(role as never) }),
});

mutationField("roleDelete", {
  operation: roleDelete,
  description: "Deletes a custom role and gives those who have it another one.",
  args: (arg) => ({
    role: arg({ type: RoleRefInput, required: true, description: "Which one; a built-in one is BUILT_IN_ROLE." }),
    input: arg({ type: RoleDeleteInput, description: "What becomes of those who have it." }),
  }),
  payload: (t) => ({
    deletedRoleId: t.id({
      description: "The id of the role that is gone.",
      resolve: ({ ids }) => toGlobalId("Role", ids.roleId),
    }),
  }),
});
