/** What a ticket's timeline shows: its messages, and what one change of it was about. */

/** The items that a change of a ticket can make, and the fields of its images that tell. */
export const timelineParts = {
  CREATED: { type: "TicketCreatedEvent", description: "The ticket was opened." },
  STATUS: { type: "StatusChange", description: "Its status changed.", field: "status" },
  ASSIGNEE: { type: "AssigneeChange", description: "It was given to a member, or to nobody.", field: "assigneeId" },
  LABELS: { type: "LabelsChange", description: "Labels were put on or taken off.", field: "labelIds" },
  PRIORITY: { type: "PriorityChange", description: "Its priority changed.", field: "priority" },
  SUBJECT: { type: "SubjectChange", description: "Its subject changed.", field: "subject" },
  CONTACT: { type: "ContactChange", description: "It became another contact's.", field: "contactId" },
  COMPANY: { type: "CompanyChange", description: "It became another company's, or none's.", field: "companyId" },
  PARTICIPANTS: {
    type: "ParticipantsChange",
    description: "Contacts were added to its replies or taken out.",
    field: "participantIds",
  },
  MERGE: { type: "TicketMergeEvent", description: "It took over another ticket's messages, or went up in one." },
  TRASH: { type: "TrashChange", description: "It was moved to the trash, or taken out of it.", field: "deletedAt" },
} as const satisfies Record<string, { type: string; description: string; field?: string }>;

export type TimelinePart = keyof typeof timelineParts;
export const timelinePartNames = Object.keys(timelineParts) as TimelinePart[];

/** MESSAGE and what changes make. */
export const timelineKinds = ["MESSAGE", ...timelinePartNames] as const;
export type TimelineKind = (typeof timelineKinds)[number];

export type Images = { before: Record<string, unknown> | null; after: Record<string, unknown> | null };

/** The ids that came and went in a list field. */
export function listDifference({ before, after }: Images, field: string): { added: string[]; removed: string[] } {
  const [from, to] = [before?.[field], after?.[field]].map((list) => (Array.isArray(list) ? (list as string[]) : []));
  return {
    added: (to as string[]).filter((id) => !from?.includes(id)),
    removed: (from as string[]).filter((id) => !to?.includes(id)),
  };
}
