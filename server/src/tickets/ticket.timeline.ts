/** The contents of a ticket's timeline: its messages, and the events that its changes produce. */

/** The items that a change of a ticket can produce, each with the image field that reveals it. */
export const timelineParts = {
  CREATED: { type: "TicketCreatedEvent", description: "The ticket was opened." },
  STATUS: { type: "StatusChange", description: "The ticket's status changed.", field: "status" },
  ASSIGNEE: { type: "AssigneeChange", description: "The ticket was assigned or unassigned.", field: "assigneeId" },
  LABELS: { type: "LabelsChange", description: "Labels were added or removed.", field: "labelIds" },
  PRIORITY: { type: "PriorityChange", description: "The ticket's priority changed.", field: "priority" },
  SUBJECT: { type: "SubjectChange", description: "The ticket's subject changed.", field: "subject" },
  CONTACT: { type: "ContactChange", description: "The ticket's contact changed.", field: "contactId" },
  COMPANY: { type: "CompanyChange", description: "The ticket's company changed or was removed.", field: "companyId" },
  PARTICIPANTS: {
    type: "ParticipantsChange",
    description: "Participants were added or removed.",
    field: "participantIds",
  },
  MERGE: {
    type: "TicketMergeEvent",
    description: "Another ticket was merged into this one, or this one into another.",
  },
  TRASH: { type: "TrashChange", description: "The ticket was moved to the trash or restored.", field: "deletedAt" },
} as const satisfies Record<string, { type: string; description: string; field?: string }>;

export type TimelinePart = keyof typeof timelineParts;
export const timelinePartNames = Object.keys(timelineParts) as TimelinePart[];

/** MESSAGE, and the parts that changes produce. */
export const timelineKinds = ["MESSAGE", ...timelinePartNames] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export type Images = { before: Record<string, unknown> | null; after: Record<string, unknown> | null };

/** The ids added to and removed from a list field. */
export function listDifference({ before, after }: Images, field: string): { added: string[]; removed: string[] } {
  const [from, to] = [before?.[field], after?.[field]].map((list) => (Array.isArray(list) ? (list as string[]) : []));
  return {
    added: (to as string[]).filter((id) => !from?.includes(id)),
    removed: (from as string[]).filter((id) => !to?.includes(id)),
  };
}
