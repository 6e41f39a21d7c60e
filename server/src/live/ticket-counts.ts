/** Follows the counts of the queues as they change. */
import { setTimeout as delay } from "node:timers/promises";
import { requireViewer, type Viewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import { concernsRights } from "../changes/change.visibility.ts";
import type { Follower } from "../changes/follower.ts";
import type { Context } from "../context.ts";
import { startShared } from "../lib/shared-work.ts";
import type { TicketGroup } from "../tickets/ticket.queues.ts";
import { countQueues, type QueueCount, readTicketGroups } from "../tickets/ticket-counts.read.ts";
import { DomainError } from "../wire/errors.ts";
import { untilThere } from "./follow.ts";

export interface CountsShape {
  queues: QueueCount[];
  organizationId: string;
  /** The number of the last change before the count. */
  number: number;
}

const atMostEveryMs = 1_000;

/** Yields the counts immediately and then when they change, at most once a second; the latest state always comes. */
export async function watchCounts(context: Context, follower: Follower): Promise<AsyncGenerator<CountsShape>> {
  const { organizationId } = requireViewer(context);
  const { signal } = follower;
  const feed = await context.feeds.follow(organizationId, signal);
  return (async function* () {
    let told = "";
    let heard = follower.asOf;
    while (!signal.aborted) {
      const number = feed.last;
      const changes = feed.after(heard);
      if (!changes || changes.some((change) => concernsRights(follower.viewer, change)))
        await untilThere(signal, () => follower.refresh(number));
      heard = number;
      const groups = await untilThere(signal, () => sharedGroups(context, follower.viewer, number));
      if (!groups) break;
      const queues = countQueues(follower.viewer, groups);
      const state = JSON.stringify(queues);
      if (state !== told) yield { queues, organizationId, number };
      told = state;
      await delay(atMostEveryMs, undefined, { signal }).catch(() => {});
      await feed.waitFor(number, signal);
    }
    if (signal.reason instanceof DomainError) throw signal.reason;
  })();
}

const shared = new Map<string, Promise<TicketGroup[]>>();

/** Viewers who see the same tickets share the statement, which runs once for each state of the change log. */
function sharedGroups(context: Context, viewer: Viewer, number: number): Promise<TicketGroup[]> {
  const key = JSON.stringify([number, visibleTickets(viewer), viewer.organizationId]);
  let groups = shared.get(key);
  if (!groups) {
    groups = startShared(() => readTicketGroups(context.db, viewer));
    shared.set(key, groups);
    const forget = () => shared.delete(key);
    startShared(() => groups?.then(() => setTimeout(forget, atMostEveryMs).unref(), forget));
  }
  return groups;
}
