/**
 * Every kind of change, once: what happened and to what. The enum ChangeKind derives from it, and so
 * will webhooks and subscriptions.
 */
export const changeKinds = {
  "ticket.created": "A ticket was opened",
  "ticket.updated": "A ticket's own fields changed",
  "ticket.assigned": "A ticket was assigned to a member, or to nobody",
  "ticket.status_changed": "A ticket's status changed",
  "ticket.labels_changed": "Labels were put on a ticket or taken off",
  "message.created": "A reply or a note was written, or a customer's message came in",
  "contact.created": "A contact was created or found by its first message",
  "contact.updated": "A contact's own fields or addresses changed",
  "company.created": "A company was created",
  "company.updated": "A company's own fields or domains changed",
  "label.created": "A label was created",
  "label.updated": "A label's name, colour or description changed",
  "member.created": "A member joined the organization",
  "member.updated": "A member's name, role, rate or state changed",
  "role.created": "A custom role was created",
  "role.updated": "A custom role's grants changed",
  "organization.created": "The organization was created",
  "organization.updated": "The organization's settings changed",
  "api_key.created": "An API key was created",
  "api_key.revoked": "An API key was revoked",
} as const;

export type ChangeKind = keyof typeof changeKinds;

/** The subject of a change, as the part of the kind before the dot. */
export type SubjectType = ChangeKind extends infer Kind
  ? Kind extends `${infer Subject}.${string}`
    ? Subject
    : never
  : never;
