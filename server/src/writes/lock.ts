import { Prisma } from "../db/index.ts";
import type { Write } from "./write.ts";

export type LockedTable =
  | "companies"
  | "contacts"
  | "invitations"
  | "labels"
  | "members"
  | "roles"
  | "tickets"
  | "time_entries";

/**
 * Keeps others from changing or deleting the rows until the commit; readers and foreign keys go on, and
 * with "for share" those who only rely on the rows too. In
 * the order of ids, so that two who want the same rows wait for each other and never in a circle.
 */
export async function lockRows(
  { tx, viewer }: Write,
  table: LockedTable,
  ids: readonly string[],
  mode: "for no key update" | "for share" = "for no key update",
): Promise<void> {
  if (ids.length === 0) return;
  // The table's name is one of a closed list; everything else is a bound value.
  const statement = [
    `select 1 from ${table} where organization_id = `,
    "::uuid and id = any(",
    `::uuid[]) order by id ${mode}`,
  ];
  await tx.$queryRaw(Prisma.sql(statement, viewer.organizationId, [...ids]));
}

/** Makes those who change something that only one may at a time, such as who is admin, wait for each other. */
export async function lockOrganization({ tx, viewer }: Write): Promise<void> {
  await tx.$queryRaw(
    Prisma.sql`select 1 from organizations where id = ${viewer.organizationId}::uuid for no key update`,
  );
}

/**
 * Whoever takes the same names waits until the commit, for values that no row stands for yet. Those who
 * take them shared wait only for who takes them alone.
 */
export async function lockNames(
  { tx, viewer }: Write,
  names: readonly string[],
  { isShared = false }: { isShared?: boolean } = {},
): Promise<void> {
  const own = [...new Set(names)].sort().map((name) => `${viewer.organizationId} ${name}`);
  if (own.length === 0) return;
  const lock = isShared ? Prisma.sql`pg_advisory_xact_lock_shared` : Prisma.sql`pg_advisory_xact_lock`;
  await tx.$queryRaw(
    Prisma.sql`select count(${lock}(hashtextextended(name, 0))) from unnest(${own}::text[]) with ordinality as names (name, place)`,
  );
}

/**
 * Finds a row, locks it, and reads it under its lock: what was waited for may have changed the row, or
 * moved it out of what `read` may see. Null when it isn't there (any more).
 */
export async function readLocked<Row>(
  write: Write,
  table: LockedTable,
  found: { id: string } | null,
  read: (id: string) => Promise<Row | null>,
): Promise<Row | null> {
  if (!found) return null;
  await lockRows(write, table, [found.id]);
  return read(found.id);
}
