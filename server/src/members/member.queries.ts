import { z } from "zod";
import { memberId, requireViewer } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import { memberWhere } from "../inputs/member-reference.ts";
import { describeRef, memberRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { rootList } from "../schema/root-lists.ts";
import { notFound } from "../wire/errors.ts";
import { Member, MemberConnection, MemberOrder } from "./member.type.ts";

builder.queryFields((t) => ({
  member: t.prismaField({
    type: Member,
    nullable: true,
    description: "A member of the organization.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(memberRef), required: true, description: "The member to return." }) },
    resolve: async (query, _root, args, context) => {
      const viewer = requireViewer(context);
      const { by } = parseInput(z.object({ by: memberRef }), args);
      const row = await context.db.member.findFirst({
        ...query,
        where: { AND: [visibleMembers(viewer), memberWhere(by, memberId(viewer))] },
      });
      if (!row) throw notFound(describeRef("Member", by));
      return row;
    },
  }),
  members: rootList(t, "Member", {
    connection: MemberConnection,
    order: MemberOrder,
    defaultOrder: "NAME ASC",
    filter: "The members to include. Default: all.",
    description: "The organization's members, including those who left (isActive: false).",
    visible: (viewer) => visibleMembers(viewer) as Condition,
  }),
}));
