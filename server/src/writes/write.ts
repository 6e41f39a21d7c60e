import type { Viewer } from "../access/viewer.ts";
import { appendChanges, type ChangeDraft, ChangeRecorder } from "../changes/change-log.ts";
import { isWorthRetrying } from "../db/faults.ts";
import type { Database, Transaction } from "../db/index.ts";
import type { Clock } from "../lib/clock.ts";
import { Turns } from "../lib/turns.ts";
import { newUuid } from "../lib/uuid.ts";
import { inTurn } from "../wire/errors.ts";
import type { DeferredTask } from "./deferred.ts";
import { findEarlier, type Idempotency, type Ids, type Kept, keepResult, scopesOf } from "./idempotency.ts";

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

export interface Written<I extends Ids> extends Kept<I> {
  /** True when the key was used before: nothing was done now, and the rest is as it was then. */
  isReplayed: boolean;
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
    if (earlier) return { ...earlier, isReplayed: true, hasDeferred: false };
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
  if (idempotency && scopes) await keepResult(tx, viewer, scopes, idempotency, { ids, changeNumber, isChanged });
  return { ids, changeNumber, isChanged, isReplayed: false, hasDeferred };
}
