/** Follows the change log from a position: first what was missed, then new changes, without gap or repeat. */
import { setTimeout as delay } from "node:timers/promises";
import { requireViewer, type Viewer } from "../access/viewer.ts";
import type { Change } from "../changes/change.ts";
import { concernsRights, type TicketState } from "../changes/change.visibility.ts";
import { type Feed, readChanges } from "../changes/feed.ts";
import type { Follower } from "../changes/follower.ts";
import type { Context } from "../context.ts";
import { toDomainError } from "../db/faults.ts";
import { Prisma } from "../db/index.ts";
import { DomainError } from "../wire/errors.ts";

export interface Followed {
  change: Change;
  /** The viewer's rights when this change was read; a later change may narrow them. */
  viewer: Viewer;
  /** The ticket that the change is about, as it is now; null when there is none or it was deleted. */
  ticket: TicketState | null;
}

const readAtOnce = 100;
const retryMs = 250;

/**
 * Yields changes after the position, or from now on, in order, each once, except those that `wants` refuses.
 * Waits while the database is unavailable.
 *
 * @throws CURSOR_EXPIRED; UNAVAILABLE when it can't start
 */
export async function follow(
  context: Context,
  follower: Follower,
  after: string | null | undefined,
  wants: (change: Change) => boolean = () => true,
): Promise<AsyncGenerator<Followed, void, void>> {
  const { organizationId } = requireViewer(context);
  const from = after != null ? context.cursors.decodeChange(organizationId, after, "after") : null;
  const feed = await context.feeds.follow(organizationId, follower.signal);
  if (from !== null) {
    await requireReplayable(context, from, feed.last);
    await follower.refresh(from);
  }
  return run(context, follower, feed, from ?? follower.asOf, wants);
}

async function* run(
  context: Context,
  follower: Follower,
  feed: Feed,
  start: number,
  wants: (change: Change) => boolean,
): AsyncGenerator<Followed, void, void> {
  const { signal } = follower;
  let at = start;
  while (!signal.aborted) {
    const asOf = feed.last;
    const changes = feed.after(at) ?? (await untilThere(signal, () => readChanges(context.db, at, readAtOnce))) ?? [];
    // Pruning overtook a reader that is far behind.
    if (changes.length === 0 && asOf > at && !signal.aborted) throw expired(tooOld);
    if (changes.length === 0) await feed.waitFor(at, signal);
    for (const change of changes) {
      if (change.number !== at + 1) throw expired(tooOld);
      if (concernsRights(follower.viewer, change)) await untilThere(signal, () => follower.refresh(change.number));
      let ticket: TicketState | null | undefined = null;
      if (wants(change) && change.ticketId && !signal.aborted) {
        ticket = feed.knownState(change);
        if (ticket === undefined) ticket = await untilThere(signal, () => feed.stateOf(change, changes));
      }
      // Content erased since these changes were read must not be told from memory, so they are read again.
      if (signal.aborted || feed.erasedAt > asOf) break;
      if (wants(change)) yield { change, viewer: follower.viewer, ticket: ticket ?? null };
      at = change.number;
    }
  }
  if (signal.reason instanceof DomainError) throw signal.reason;
}

/** Retries while the database is unavailable; undefined when the follower left in the meantime. */
export async function untilThere<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T | undefined> {
  while (!signal.aborted) {
    try {
      return await run();
    } catch (error) {
      const known = error instanceof DomainError ? error : toDomainError(error);
      if (known?.code !== "UNAVAILABLE") throw error;
      await delay(retryMs, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

/**
 * Refuses a replay that would be incomplete: when changes were pruned, when a restore set the log back, and when
 * the viewer's rights changed in between, because no change tells what the viewer can no longer see.
 *
 * @throws CURSOR_EXPIRED
 */
export async function requireReplayable(context: Context, from: number, last: number): Promise<void> {
  const viewer = requireViewer(context);
  const head = await context.db.changeHead.findFirst({ select: { floorNumber: true } });
  if (from < Number(head?.floorNumber ?? 0)) throw expired(tooOld);
  if (from > last)
    throw expired("This position is ahead of the change log, which was probably restored from a backup.");
  if (from < last && (await haveRightsChanged(context, viewer, from)))
    throw expired("Your role or its grants changed since this position, so you may see other data now.");
}

export const tooOld = "This position is older than the oldest change that is kept.";

export function expired(why: string): DomainError {
  return new DomainError("CURSOR_EXPIRED", `${why} Read the lists again and continue from their asOf.`);
}

async function haveRightsChanged({ db }: Context, { organizationId, actor }: Viewer, from: number): Promise<boolean> {
  const { kind, id } = actor;
  if (id === null) return false;
  const holder =
    kind === "MEMBER"
      ? await db.member.findFirst({ where: { id }, select: { roleId: true } })
      : await db.apiKey.findFirst({ where: { id }, select: { roleId: true } });
  const subjects = [id, ...(holder ? [holder.roleId] : [])];
  const differs = (field: string) => Prisma.sql`before -> ${field} is distinct from after -> ${field}`;
  const [answer] = await db.$queryRaw<{ has_changed: boolean }[]>(Prisma.sql`
    select exists (select from changes
      where organization_id = ${organizationId}::uuid and number > ${from} and subject_id = any (${subjects}::uuid[])
        and case subject_type when 'role' then ${differs("grants")}
          else ${differs("roleId")} or ${differs("isActive")} end) as has_changed`);
  return answer?.has_changed ?? false;
}
