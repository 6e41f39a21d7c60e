import { permissionNames, permissions } from "../access/permissions.ts";
import { can, requireViewer } from "../access/viewer.ts";
import { visibleRoles } from "../access/visibility.ts";
import { roleRef } from "../inputs/references.ts";
import { builder } from "../schema/builder.ts";
import { Permission } from "../schema/enums.ts";
import { oneField } from "../schema/one-field.ts";
import { Role } from "./member.type.ts";
import { roles } from "./role.steps.ts";

const maxRoles = 200;

const PermissionInfo = builder.objectRef<(typeof permissionNames)[number]>("PermissionInfo").implement({
  description: "A permission, as a role editor shows it.",
  fields: (t) => ({
    name: t.field({ type: Permission, description: "The permission.", resolve: (name) => name }),
    group: t.string({ description: "The heading to show it under.", resolve: (name) => permissions[name].group }),
    description: t.string({
      description: "A description of what it allows.",
      resolve: (name) => permissions[name].description,
    }),
    takesReach: t.boolean({
      description: "Whether a grant of it has a reach.",
      resolve: (name) => permissions[name].takesReach,
    }),
    isGrantableByViewer: t.boolean({
      description:
        "Whether the viewer can add it to a role, because the viewer manages the team and holds this permission.",
      resolve: (name, _args, context) => {
        const viewer = requireViewer(context);
        return can(viewer, "team.manage") && can(viewer, name);
      },
    }),
  }),
});

builder.queryFields((t) => ({
  role: oneField(t, {
    ref: roleRef,
    by: "The role to return.",
    lookup: roles,
    description: "A role of the organization.",
  }),
  roles: t.prismaField({
    type: [Role],
    description: `The organization's roles, built-in ones first, then by name; at most ${maxRoles}.`,
    resolve: (query, _root, _args, context) =>
      context.db.role.findMany({
        ...query,
        where: visibleRoles(requireViewer(context)),
        orderBy: [{ builtIn: { sort: "asc", nulls: "last" } }, { nameKey: "asc" }, { id: "asc" }],
        take: maxRoles,
      }),
  }),
  permissions: t.field({
    type: [PermissionInfo],
    description: "All permissions, in the order of the product's table.",
    resolve: () => [...permissionNames],
  }),
}));
