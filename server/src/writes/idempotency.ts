/** Idempotency keys: what a request made is kept with its write, and a repeated one answers from it. */
import { createHash } from "node:crypto";
import type { Viewer } from "../access/viewer.ts";
import { Prisma, type Transaction } from "../db/index.ts";
import { idempotencyKeyHours } from "../lib/retention.ts";
import { DomainError } from "../wire/errors.ts";

/** What a write made or touched, by name: what a replay of it answers from. Never a secret. */
export type Ids = Record<string, string | null>;

export interface Idempotency {
  /** As the client sent it. */
  key: string;
  /** Of the operation and its variables: by the current secret, then by the one before it. */
  requestHashes: readonly Buffer[];
  /** The mutation's place in the response: one request may hold several. */
  path: string;
}

/** What is kept of a write for a replay. */
export interface Kept<I extends Ids> {
  ids: I;
  /** The position in the change log right after this write. */
  changeNumber: bigint;
  /** False when everything was so already. */
  isChanged: boolean;
}

/** Beside the ids of a kept result: that it changed nothing. */
const unchanged = "$unchanged";

interface Scopes {
  /** Of the key: whatever is sent with it must be the same request. */
  request: Uint8Array<ArrayBuffer>;
  /** Of one mutation of that request: what it made. */
  mutation: Uint8Array<ArrayBuffer>;
}

export function scopesOf({ actor, userId }: Viewer, { key, path }: Idempotency): Scopes {
  // A user who creates an organization isn't a member of it yet when the request comes in again.
  const who = userId ?? `${actor.kind} ${actor.id}`;
  const scope = (parts: string[]) => new Uint8Array(createHash("sha256").update(JSON.stringify(parts)).digest());
  return { request: scope([who, key]), mutation: scope([who, path, key]) };
}

/** What an earlier request with the key made. @throws CONFLICT while it still runs, IDEMPOTENCY_MISMATCH for another request */
export async function findEarlier<I extends Ids>(
  tx: Transaction,
  viewer: Viewer,
  scopes: Scopes,
  { key, requestHashes }: Idempotency,
): Promise<Kept<I> | null> {
  const lockName = `${viewer.organizationId} ${Buffer.from(scopes.request).toString("hex")}`;
  const [lock] = await tx.$queryRaw<{ is_mine: boolean }[]>(
    Prisma.sql`select pg_try_advisory_xact_lock(hashtextextended(${lockName}, 0)) as is_mine`,
  );
  if (!lock?.is_mine) {
    throw new DomainError(
      "CONFLICT",
      `A request with the Idempotency-Key "${key}" is still running; repeat this request in a moment to get its result.`,
      { isRetryable: true, retryAfterMs: 250 },
    );
  }
  // A few at each keyed write keep the table as small as a day's writes; another's row is left alone.
  await tx.$executeRaw(Prisma.sql`delete from idempotency_keys where (organization_id, scope) in (
    select organization_id, scope from idempotency_keys
    where organization_id = ${viewer.organizationId}::uuid and created_at < now() - make_interval(hours => ${idempotencyKeyHours}::int)
    order by scope in (${scopes.request}, ${scopes.mutation}) desc limit 50 for update skip locked)`);
  const rows = await tx.idempotencyKey.findMany({ where: { scope: { in: [scopes.request, scopes.mutation] } } });
  if (rows.some((row) => !requestHashes.some((hash) => hash.equals(row.requestHash)))) {
    throw new DomainError(
      "IDEMPOTENCY_MISMATCH",
      `The Idempotency-Key "${key}" was used with another operation or other variables; use a new key for a new request.`,
    );
  }
  const row = rows.find(({ scope }) => Buffer.from(scope).equals(scopes.mutation));
  if (!row) return null;
  const { [unchanged]: isUnchanged, ...ids } = row.result as Ids;
  return { ids: ids as I, changeNumber: row.changeNumber, isChanged: isUnchanged === undefined };
}

export async function keepResult(
  tx: Transaction,
  viewer: Viewer,
  scopes: Scopes,
  { requestHashes }: Idempotency,
  { ids, changeNumber, isChanged }: Kept<Ids>,
): Promise<void> {
  const row = {
    organizationId: viewer.organizationId,
    requestHash: new Uint8Array(requestHashes[0] as Buffer),
    changeNumber,
  };
  await tx.idempotencyKey.createMany({
    data: [
      { ...row, scope: scopes.request, result: {} },
      { ...row, scope: scopes.mutation, result: isChanged ? ids : { ...ids, [unchanged]: "true" } },
    ],
    // An earlier mutation of the same request has made the first one.
    skipDuplicates: true,
  });
}
