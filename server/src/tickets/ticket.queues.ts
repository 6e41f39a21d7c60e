/** The queues that a frontend shows, each with the filter that lists it. */
export const queues = {
  OPEN: { description: "New, or being worked on.", filter: { status: { eq: "OPEN" } } },
  PENDING: { description: "Waiting for the customer or something outside.", filter: { status: { eq: "PENDING" } } },
  RESOLVED: { description: "Answered and awaiting confirmation.", filter: { status: { eq: "RESOLVED" } } },
  CLOSED: { description: "Done.", filter: { status: { eq: "CLOSED" } } },
  MINE: {
    description: "Open and pending tickets assigned to the viewer.",
    filter: { status: { in: ["OPEN", "PENDING"] }, assignee: { isMe: true } },
  },
  UNASSIGNED: {
    description: "Open and pending tickets that are unassigned.",
    filter: { status: { in: ["OPEN", "PENDING"] }, assignee: { isNull: true } },
  },
  ALL: { description: "All tickets.", filter: {} },
} as const;

export type QueueKey = keyof typeof queues;
export const queueKeys = Object.keys(queues) as QueueKey[];

/** How many tickets have a status and an assignee. */
export interface TicketGroup {
  status: string;
  assigneeId: string | null;
  count: number;
}

/** The count of a queue, from groups that were counted together. */
export function countQueue(key: QueueKey, groups: readonly TicketGroup[], memberId: string | null): number {
  const isActive = ({ status }: TicketGroup) => status === "OPEN" || status === "PENDING";
  const holds = (group: TicketGroup): boolean => {
    switch (key) {
      case "ALL":
        return true;
      case "MINE":
        return isActive(group) && memberId !== null && group.assigneeId === memberId;
      case "UNASSIGNED":
        return isActive(group) && group.assigneeId === null;
      default:
        return group.status === key;
    }
  };
  return groups.filter(holds).reduce((total, { count }) => total + count, 0);
}
