import { requireViewer } from "../access/viewer.ts";
import { visibleApiKeys } from "../access/visibility.ts";
import { mutationField } from "../schema/mutation.ts";
import { apiKeyCreate, apiKeyRevoke } from "./api-key.service.ts";
import { ApiKey } from "./api-key.type.ts";

mutationField(
  "apiKeyCreate",
  apiKeyCreate,
  "Creates an API key. Only this answer has the secret: a repeated request (Idempotency-Key) gets the key without it.",
  {
    apiKey: (t) =>
      t.prismaField({
        type: ApiKey,
        nullable: true,
        description: "The key's record.",
        resolve: (query, { ids }, _args, context) =>
          context.db.apiKey.findFirst({
            ...query,
            where: { AND: [visibleApiKeys(requireViewer(context)), { id: ids.apiKeyId }] },
          }),
      }),
    secret: (t) =>
      t.string({
        nullable: true,
        description:
          "The key itself, for `Authorization: Bearer`. Keep it safe: it is never shown again. Null in a repeated answer.",
        resolve: ({ once }) => once?.secret ?? null,
      }),
  },
);

mutationField(
  "apiKeyRevoke",
  apiKeyRevoke,
  "Revokes an API key: it stops working from the next request on and can't be restored.",
  {
    apiKey: (t) =>
      t.prismaField({
        type: ApiKey,
        nullable: true,
        description: "The key's record.",
        resolve: (query, { ids }, _args, context) =>
          context.db.apiKey.findFirst({
            ...query,
            where: { AND: [visibleApiKeys(requireViewer(context)), { id: ids.apiKeyId }] },
          }),
      }),
  },
);
