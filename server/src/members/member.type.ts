import { type BuiltInRole, moneyPermissions, type Reach } from "../access/permissions.ts";
import { effectiveGrants } from "../access/roles.ts";
import { can, requireViewer } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import { listOf } from "../entities/lists.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { Permission, ReachEnum } from "../schema/enums.ts";
import { countFor } from "../schema/loaders.ts";
import { currencyOf, Money, toMoney } from "../schema/money.ts";
import { memberEntity } from "./member.entity.ts";
import { roleEntity } from "./role.entity.ts";

export const MemberOrder = orderInput(listOf("Member"));

export const Grant = builder.objectRef<{ permission: string; reach: Reach | null }>("Grant").implement({
  description: "A permission and, for ticket permissions, its reach.",
  fields: (t) => ({
    permission: t.field({ type: Permission, description: "The permission.", resolve: ({ permission }) => permission }),
    reach: t.field({
      type: ReachEnum,
      nullable: true,
      description: "The reach; null for permissions that take none.",
      resolve: ({ reach }) => reach,
    }),
  }),
});

export const Role = builder.prismaObject("Role", {
  ...objectOf(roleEntity),
  fields: (t) => ({
    ...fieldsOf(t, roleEntity),
    grants: t.field({
      type: [Grant],
      nullable: true,
      access: { permission: "team.manage" },
      select: { builtIn: true, grants: { select: { permission: true, reach: true } } },
      description: "The permissions that it grants; null without the permission.",
      resolve: ({ builtIn, grants }) =>
        [...effectiveGrants(builtIn as BuiltInRole | null, grants)].map(([permission, reach]) => ({
          permission,
          reach,
        })),
    }),
    memberCount: t.int({
      description: "The number of members who have it, not counting those who left.",
      resolve: ({ id }, _args, context) =>
        countFor(context, "members by role", id, async (ids) => {
          const groups = await context.db.member.groupBy({
            by: ["roleId"],
            where: { AND: [visibleMembers(requireViewer(context)), { roleId: { in: ids }, removedAt: null }] },
            _count: { id: true },
          });
          return groups.map(({ roleId, _count }) => ({ parentId: roleId, count: _count.id }));
        }),
    }),
  }),
});

const MemberAbilities = builder
  .objectRef<{ update: boolean; setRate: boolean; remove: boolean }>("MemberAbilities")
  .implement({
    description: "What the viewer can do with a member.",
    fields: (t) => ({
      update: t.exposeBoolean("update", {
        description: "Whether the viewer can change the member's name, role and access.",
      }),
      setRate: t.exposeBoolean("setRate", { description: "Whether the viewer can change the member's hourly rate." }),
      remove: t.exposeBoolean("remove", { description: "Whether the viewer can end the membership." }),
    }),
  });

export const Member = builder.prismaObject("Member", {
  ...objectOf(memberEntity),
  fields: (t) => ({
    ...fieldsOf(t, memberEntity),
    role: t.relation("role", { description: "The member's role, which says what they can do." }),
    hourlyRate: t.field({
      type: Money,
      nullable: true,
      access: { permission: moneyPermissions },
      select: { hourlyRate: true },
      description:
        "The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.",
      resolve: async ({ hourlyRate }, _args, context) =>
        hourlyRate === null ? null : toMoney(hourlyRate, await currencyOf(context)),
    }),
    viewerCan: t.field({
      isViewersOwn: true,
      type: MemberAbilities,
      select: { removedAt: true },
      description:
        "What the viewer can do with the member. Even where this allows it, the last active admin can't be demoted or removed.",
      resolve: ({ removedAt }, _args, context) => {
        const viewer = requireViewer(context);
        const isHere = removedAt === null;
        const isManager = isHere && can(viewer, "team.manage");
        return { update: isManager, remove: isManager, setRate: isHere && can(viewer, "time.manage") };
      },
    }),
  }),
});

export const MemberConnection = connectionType("Member", Member, true);
