import { requireViewer } from "../access/viewer.ts";
import { Organization } from "../organizations/organization.type.ts";
import { builder } from "../schema/builder.ts";
import { Viewer } from "./viewer.type.ts";

builder.queryFields((t) => ({
  viewer: t.field({
    type: Viewer,
    description: "The signed-in actor, its organization and what it can do.",
    resolve: (_root, _args, context) => requireViewer(context),
  }),
  organization: t.prismaField({
    type: Organization,
    description: "The organization of this request.",
    resolve: (query, _root, _args, context) =>
      context.db.organization.findFirstOrThrow({ ...query, where: { id: requireViewer(context).organizationId } }),
  }),
}));
