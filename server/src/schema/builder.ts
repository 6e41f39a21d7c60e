import SchemaBuilder from "@pothos/core";
import PrismaPlugin from "@pothos/plugin-prisma";
import type { Context } from "../context.ts";
import type { PrismaClient } from "../db/_generated/client/client.ts";
import type PrismaTypes from "../db/_generated/pothos-types.ts";
import { getDatamodel } from "../db/_generated/pothos-types.ts";
import "./access-plugin.ts";
import type { Viewer } from "../access/viewer.ts";
import { idempotencyKeyHours } from "../lib/retention.ts";
import type { IdType } from "../wire/ids.ts";
import type { ActorRow, RowKey, TypedRow } from "./rows.ts";

/** The schema builder, with its plugins in order. It defines no type of the API. */
export const builder = new SchemaBuilder<{
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    DateFilterValue: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    Duration: { Input: string | number; Output: never };
    Decimal: { Input: string; Output: string };
    CurrencyCode: { Input: string; Output: string };
    EmailAddress: { Input: string; Output: string };
    URL: { Input: string; Output: string };
    HexColor: { Input: string; Output: string };
    TimeZone: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
    ChangeCursor: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
  Interfaces: { Node: TypedRow; Actor: ActorRow };
  /** The values that resolvers return for types referenced by name. */
  Objects: Record<IdType, RowKey> & { Viewer: Viewer };
}>({
  // The first wraps the others, so that permissions are checked before anything is loaded again.
  plugins: ["access", PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: (context) => context.db as unknown as PrismaClient,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
  },
});

export type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer All> ? All : never;

builder.queryType({ description: "The queries. Each needs a signed-in viewer unless its description says otherwise." });
builder.mutationType({
  description: `The mutations. All but those that say otherwise take the header \`Idempotency-Key\` (or \`idempotencyKey\` in the request's \`extensions\`): a repetition with the same key within ${idempotencyKeyHours} hours changes nothing, and answers with the same objects as they are now, without secrets that are shown once.`,
});
