import { affected, mutationField } from "../schema/mutation.ts";
import { apiKeyCreate, apiKeyRevoke } from "./api-key.service.ts";

const apiKey = affected("ApiKey", "apiKeyId", "The key's record.");

mutationField(
  "apiKeyCreate",
  apiKeyCreate,
  "Creates an API key. Only this answer has the secret: a repeated request (Idempotency-Key) gets the key without it.",
  {
    apiKey,
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
    apiKey,
  },
);
