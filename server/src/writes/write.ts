import { createHash } from "node:crypto";
import type { Viewer } from "../access/viewer.ts";
import { appendChanges, type ChangeDraft, ChangeRecorder } from "../changes/change-log.ts";
import { isWorthRetrying } from "../db/faults.ts";
import { type Database, Prisma, type Transaction } from "../db/index.ts";
import type { Clock } from "../lib/clock.ts";
import { idempotencyKeyHours } from "../lib/retention.ts";
import { Turns } from "../lib/turns.ts";
import { newUuid } from "../lib/uuid.ts";
import { DomainError, inTurn } from "../wire/errors.ts";

/** What a write made or touched, by name: what a replay of it answers from. Never a secret. */
export type Ids = Record<string, string | null>;

export interface Write {
  viewer: Viewer;
  tx: Transaction;
  /** The same instant for everything that this write stamps. */
  now: Date;
  record(change: ChangeDraft): void;
  /** Tells the jobs after the commit that they have work; without it they find it within a minute. */
  wakeJobs(): void;
  /** Leaves the rest of a large write to a job: kept with this transaction, begun after its commit. */
  defer(task: DeferredTask): Promise<void>;
}

/** What jobs/tasks.ts carries on, in batches. */
export type DeferredTask = { kind: "LABEL_ROWS_REMOVE"; labelId: string } | { kind: "CONTACTS_LINK"; domain: string };

/** How many rows one transaction changes at most; the rest is deferred. */
export const batchSize = 500;

export interface Written<I extends Ids> {
  ids: I;
  /** The position in the change log right after this write. */
  changeNumber: bigint;
  /** False when everything was so already. */
  isChanged: boolean;
  /** True when the key was used before: nothing was done now, and the rest is as it was then. */
  isReplayed: boolean;
}

export interface Idempotency {
  /** As the client sent it. */
  key: string;
  /** Of the operation and its variables: by the current secret, then by the one before it. */
  requestHashes: readonly Buffer[];
  /** The mutation's place in the response: one request may hold several. */
  path: string;
}

interface WriteOptions {
  database: Database;
  clock: Clock;
  viewer: Viewer;
  idempotency: Idempotency | null;
  /** Tells the jobs that the organization has work for them; a hint, given after the commit. */
  wake?: (organizationId: string) => void;
  /** Tells who follows the change log that there is more of it; a hint too, given after the commit. */
  changed?: (organizationId: string) => void;
}

const attempts = 3;
/**
 * In this process, four at once of one organization; the rest wait here and not in the pool. A write without a turn in
 * time is refused before it does any work: its caller would have given up by the time it is done.
 */
const turns = new Turns({ atOnce: 10, perGroup: 4, waitMs: 15_000, mostWaiting: 1_000, lateMs: 3_000, rest: 2 });
/** Places of what the server does by itself: nobody waits for it, so it rests while others want turns. */
const placesOfAJob = 2;

/**
 * The one way to write: one READ COMMITTED transaction that holds the effects, their changes and the
 * idempotency key, or nothing of them. Locks are taken in this order: the idempotency key, rows by
 * type and then id, the ticket counter, the change counter last. A deadlock runs it again from the
 * start, three times in all.
 */
export async function write<I extends Ids>(
  options: WriteOptions,
  run: (write: Write) => Promise<I>,
): Promise<Written<I>> {
  const { database, viewer } = options;
  const isJob = viewer.actor.kind === "SYSTEM";
  const whose = { group: viewer.organizationId, weight: isJob ? placesOfAJob : 1, isPatient: isJob };
  return inTurn(turns, whose, "writes of your organization", async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        const { hasDeferred, ...written } = await database.transaction(viewer.organizationId, (tx) =>
          writeOnce(options, tx, run),
        );
        if (hasDeferred) options.wake?.(viewer.organizationId);
        if (written.isChanged && !written.isReplayed) options.changed?.(viewer.organizationId);
        return written;
      } catch (error) {
        if (attempt === attempts || !isWorthRetrying(error)) throw error;
      }
    }
  });
}

async function writeOnce<I extends Ids>(
  { clock, viewer, idempotency }: WriteOptions,
  tx: Transaction,
  run: (write: Write) => Promise<I>,
): Promise<Written<I> & { hasDeferred: boolean }> {
  const scopes = idempotency && scopesOf(viewer, idempotency);
  if (idempotency && scopes) {
    const earlier = await findEarlier<I>(tx, viewer, scopes, idempotency);
    if (earlier) return { ...earlier, hasDeferred: false };
  }
  const now = clock.now();
  const recorder = new ChangeRecorder();
  let hasDeferred = false;
  const wakeJobs = () => {
    hasDeferred = true;
  };
  const defer = async ({ kind, ...payload }: DeferredTask) => {
    await tx.task.create({
      data: { organizationId: viewer.organizationId, id: newUuid(now.getTime()), kind, payload, createdAt: now },
    });
    wakeJobs();
  };
  const record = (change: ChangeDraft) => recorder.record(change);
  const ids = await run({ viewer, tx, now, record, wakeJobs, defer });
  const changeNumber = await appendChanges(tx, viewer.organizationId, viewer.actor, now, recorder.changes);
  const isChanged = recorder.changes.length > 0;
  if (idempotency && scopes) {
    const row = {
      organizationId: viewer.organizationId,
      requestHash: new Uint8Array(idempotency.requestHashes[0] as Buffer),
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
  return { ids, changeNumber, isChanged, isReplayed: false, hasDeferred };
}

/** Beside the ids of a kept result: that it changed nothing. */
const unchanged = "$unchanged";

interface Scopes {
  /** Of the key: whatever is sent with it must be the same request. */
  request: Uint8Array<ArrayBuffer>;
  /** Of one mutation of that request: what it made. */
  mutation: Uint8Array<ArrayBuffer>;
}

function scopesOf({ actor, userId }: Viewer, { key, path }: Idempotency): Scopes {
  // A user who creates an organization isn't a member of it yet when the request comes in again.
  const who = userId ?? `${actor.kind} ${actor.id}`;
  const scope = (parts: string[]) => new Uint8Array(createHash("sha256").update(JSON.stringify(parts)).digest());
  return { request: scope([who, key]), mutation: scope([who, path, key]) };
}

async function findEarlier<I extends Ids>(
  tx: Transaction,
  viewer: Viewer,
  scopes: Scopes,
  { key, requestHashes }: Idempotency,
): Promise<Written<I> | null> {
  const lockName = `${viewer.organizationId} ${Buffer.from(scopes.request).toString("hex")}`;
  const [lock] = await tx.$queryRaw<{ is_mine: boolean }[]>(
    Prisma.sql`select pg_try_advisory_xact_lock(hashtextextended(${lockName}, 0)) as is_mine`,
  );
  if (!lock?.is_mine) {
    throw new DomainError(
      "CONFLICT",
      `A request with the Idempotency-Key "${key}" is still running; send this one again in a moment to get its result.`,
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
  return { ids: ids as I, changeNumber: row.changeNumber, isChanged: isUnchanged === undefined, isReplayed: true };
}
