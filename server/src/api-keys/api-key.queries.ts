import { requireViewer } from "../access/viewer.ts";
import { visibleApiKeys } from "../access/visibility.ts";
import { builder } from "../schema/builder.ts";
import { ApiKey } from "./api-key.type.ts";

const maxApiKeys = 500;

builder.queryFields((t) => ({
  apiKeys: t.prismaField({
    type: [ApiKey],
    description: `The organization's API keys, including revoked ones, newest first; at most ${maxApiKeys}.`,
    access: { permission: "integration.manage" },
    resolve: (query, _root, _args, context) =>
      context.db.apiKey.findMany({
        ...query,
        where: visibleApiKeys(requireViewer(context)),
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: maxApiKeys,
      }),
  }),
}));
