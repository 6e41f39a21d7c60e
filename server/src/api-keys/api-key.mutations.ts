import { requireViewer } from "../access/viewer.ts";
import { visibleApiKeys } from "../access/visibility.ts";
import { builder } from "../schema/builder.ts";
import { mutationField } from "../schema/mutation.ts";
import { RoleRefInput } from "../schema/reference-inputs.ts";
import { apiKeyCreate, apiKeyRevoke } from "./api-key.service.ts";
import { ApiKey } from "./api-key.type.ts";

const ApiKeyCreateInput = builder.inputType("ApiKeyCreateInput", {
  description: "A new API key.",
  fields: (t) => ({
    name: t.string({ required: true, description: "What it is for, at most 200 characters." }),
    role: t.field({
      type: RoleRefInput,
      required: true,
      description: "What it may do: a role that grants nothing the viewer doesn't hold.",
    }),
    expiresAt: t.field({ type: "DateTime", description: "When it stops working. Default: never." }),
    pointsPerMinute: t.int({
      description:
        "The most points that it may use a minute, at least 1; the limit of the organization's plan holds beside it. Default: that limit alone.",
    }),
  }),
});

mutationField("apiKeyCreate", {
  operation: apiKeyCreate,
  description:
    "Creates an API key. The secret is in this answer only: a repeated request (Idempotency-Key) gets the key without it.",
  args: (arg) => ({ input: arg({ type: ApiKeyCreateInput, required: true, description: "The key." }) }),
  payload: (t) => ({
    apiKey: t.prismaField({
      type: ApiKey,
      nullable: true,
      description: "The key's record.",
      resolve: (query, { ids }, _args, context) =>
        context.db.apiKey.findFirst({
          ...query,
          where: { AND: [visibleApiKeys(requireViewer(context)), { id: ids.apiKeyId }] },
        }),
    }),
    secret: t.string({
      nullable: true,
      description:
        "The key itself, for `Authorization: Bearer`; keep it safe, it is never shown again. Null in a replay.",
      resolve: ({ once }) => once?.secret ?? null,
    }),
  }),
});

mutationField("apiKeyRevoke", {
  operation: apiKeyRevoke,
  description: "Revokes an API key: it opens nothing from the next request on, and can't be revived.",
  args: (arg) => ({ id: arg({ type: "ID", required: true, description: "The key's id." }) }),
  payload: (t) => ({
    apiKey: t.prismaField({
      type: ApiKey,
      nullable: true,
      description: "The key's record.",
      resolve: (query, { ids }, _args, context) =>
        context.db.apiKey.findFirst({
          ...query,
          where: { AND: [visibleApiKeys(requireViewer(context)), { id: ids.apiKeyId }] },
        }),
    }),
  }),
});
