/** Rows by reference: by what a person or partner knows, as far as the viewer sees them, also after a merge. */
import type { Viewer } from "../access/viewer.ts";
import { visibleOf } from "../access/visibility.ts";
import { delegateOf } from "../db/delegates.ts";
import type { TenantClient } from "../db/index.ts";
import { findReferred } from "../inputs/former.ts";
import { describeRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { notFound } from "../wire/errors.ts";
import type { IdType } from "../wire/ids.ts";
import { type LockedTable, readLocked } from "./lock.ts";
import type { Write } from "./write.ts";

export interface Lookup<Ref> {
  type: IdType;
  table: LockedTable;
  where(ref: Ref, viewer: Viewer): Condition;
  /** The id of the row that the referred one was merged into. */
  findKept?(db: TenantClient, ref: Ref, viewer: Viewer): Promise<string | null>;
}

export type AnyRef = { id?: string | undefined } & Record<string, unknown>;

/** @throws NOT_FOUND, naming what was given */
export async function findRow<Row extends { id: string }, Ref extends AnyRef>(
  db: TenantClient,
  viewer: Viewer,
  lookup: Lookup<Ref>,
  ref: Ref,
  query: object = {},
): Promise<Row> {
  const find = (one: Ref) =>
    delegateOf<Row>(db, lookup.type).findFirst({ ...query, where: conditionOf(lookup, one, viewer) });
  return orNotFound(lookup, ref, await findReferred(ref, find, keptBy(lookup, db, viewer)));
}

/** The same row under its lock, as it is then. @throws NOT_FOUND */
export async function lockRow<Row extends { id: string }, Ref extends AnyRef>(
  write: Write,
  lookup: Lookup<Ref>,
  ref: Ref,
  query: object = {},
): Promise<Row> {
  const { tx, viewer } = write;
  const rows = delegateOf<Row>(tx, lookup.type);
  const lock = async (one: Ref) => {
    const where = conditionOf(lookup, one, viewer);
    const found = await rows.findFirst({ where, select: { id: true } });
    return readLocked(write, lookup.table, found, (id) =>
      rows.findFirst({ ...query, where: { AND: [{ id }, where] } }),
    );
  };
  return orNotFound(lookup, ref, await findReferred(ref, lock, keptBy(lookup, tx, viewer)));
}

function conditionOf<Ref>({ type, where }: Lookup<Ref>, ref: Ref, viewer: Viewer): Condition {
  return { AND: [visibleOf[type](viewer), where(ref, viewer)] };
}

function keptBy<Ref>({ findKept }: Lookup<Ref>, db: TenantClient, viewer: Viewer) {
  return async (ref: Ref) => (findKept ? findKept(db, ref, viewer) : null);
}

function orNotFound<Row>({ type }: Lookup<never>, ref: Record<string, unknown>, row: Row | null): Row {
  if (!row) throw notFound(describeRef(type, ref));
  return row;
}
