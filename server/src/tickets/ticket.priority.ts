/** In order: the database stores the position in this list. */
export const ticketPriorities = ["LOW", "NORMAL", "HIGH", "URGENT"] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

export function priorityRank(priority: TicketPriority): number {
  return ticketPriorities.indexOf(priority);
}

export function priorityOfRank(rank: number): TicketPriority {
  return ticketPriorities[rank] as TicketPriority;
}
