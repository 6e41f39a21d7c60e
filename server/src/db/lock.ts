import { Prisma } from "./index.ts";
import type { Write } from "./write.ts";

/** Keeps others from changing or deleting the row until the commit; readers and foreign keys go on. */
const lockStatements = {
  contacts: (organizationId: string, id: string) =>
    Prisma.sql`select 1 from contacts where organization_id = ${organizationId}::uuid and id = ${id}::uuid for no key update`,
  labels: (organizationId: string, id: string) =>
    Prisma.sql`select 1 from labels where organization_id = ${organizationId}::uuid and id = ${id}::uuid for no key update`,
  tickets: (organizationId: string, id: string) =>
    Prisma.sql`select 1 from tickets where organization_id = ${organizationId}::uuid and id = ${id}::uuid for no key update`,
};

/**
 * Finds a row, locks it, and reads it under its lock: what was waited for may have changed the row, or
 * moved it out of what `read` may see. Null when it isn't there (any more).
 */
export async function readLocked<Row>(
  { tx, viewer }: Write,
  table: keyof typeof lockStatements,
  found: { id: string } | null,
  read: (id: string) => Promise<Row | null>,
): Promise<Row | null> {
  if (!found) return null;
  await tx.$queryRaw(lockStatements[table](viewer.organizationId, found.id));
  return read(found.id);
}
