/** The only door to the database's types and client for the rest of the server. */
export { Prisma } from "./_generated/client/client.ts";
export type * from "./_generated/client/models.ts";
export type { Database, Transaction } from "./client.ts";
export type { TenantClient } from "./tenant.ts";
