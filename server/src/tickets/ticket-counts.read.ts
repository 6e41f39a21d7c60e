/** The counts of the queues, all in one statement. */
import { memberId, type Viewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { TenantClient } from "../db/index.ts";
import { countQueue, type QueueKey, queueKeys, type TicketGroup } from "./ticket.queues.ts";

export interface QueueCount {
  key: QueueKey;
  ticketCount: number;
}

export async function readTicketGroups(db: TenantClient, viewer: Viewer): Promise<TicketGroup[]> {
  const groups = await db.ticket.groupBy({
    by: ["status", "assigneeId"],
    where: visibleTickets(viewer),
    _count: { id: true },
  });
  return groups.map(({ status, assigneeId, _count }) => ({ status, assigneeId, count: _count.id }));
}

export function countQueues(viewer: Viewer, groups: readonly TicketGroup[]): QueueCount[] {
  return queueKeys.map((key) => ({ key, ticketCount: countQueue(key, groups, memberId(viewer)) }));
}
