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
  "ticket.participants_changed": "Contacts were added to a ticket's replies or taken out",
  "ticket.merged": "A ticket's messages moved to another ticket",
  "ticket.deleted": "A ticket was moved to the trash",
  "ticket.restored": "A ticket was taken out of the trash",
  "ticket.purged": "A ticket was erased with its messages, its time in the trash being over",
  "message.created": "A reply or a note was written, or a customer's message came in",
  "contact.created": "A contact was created or found by its first message",
  "contact.updated": "A contact's own fields or addresses changed",
  "contact.merged": "Another contact's tickets, messages and addresses moved to a contact",
  "contact.deleted": "A contact was deleted, or went up in another",
  "contact.anonymized": "A contact's name, addresses and phone were erased",
  "company.created": "A company was created",
  "company.updated": "A company's own fields or domains changed",
  "company.archived": "A company was put away, or taken out again",
  "company.merged": "Another company's domains, contacts and tickets moved to a company",
  "company.deleted": "A company was deleted, or went up in another",
  "label.created": "A label was created",
  "label.updated": "A label's name, colour or description changed",
  "label.merged": "Another label's tickets moved to a label",
  "label.deleted": "A label was deleted, or went up in another",
  "member.created": "A member joined the organization",
  "member.updated": "A member's name, role, rate or state changed",
  "member.removed": "A member left the organization",
  "invitation.created": "Somebody was invited",
  "invitation.resent": "An invitation got a new token and new time",
  "invitation.revoked": "An invitation was taken back",
  "invitation.accepted": "An invitation was accepted",
  "role.created": "A custom role was created",
  "role.updated": "A custom role's name, description or grants changed",
  "role.deleted": "A custom role was deleted",
  "time_entry.created": "Time was logged",
  "time_entry.started": "A timer was started",
  "time_entry.stopped": "A timer was stopped and its time saved",
  "time_entry.updated": "A time entry's own fields changed",
  "time_entry.repriced": "A time entry's rate and amount were set by the rates of now",
  "time_entry.invoiced": "A time entry was put on an invoice",
  "time_entry.uninvoiced": "A time entry was taken off its invoice",
  "time_entry.deleted": "A time entry was deleted, or a timer discarded",
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
